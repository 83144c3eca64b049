package dev.lanegrad.check;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Tensors at random. A failing case shrinks to few axes, short axes, small round values and a
/// plain layout.
///
/// @param dtype the type of the elements
/// @param domain which values
/// @param min the least value
/// @param max the largest value
/// @param layouts how they may lie in memory
record TensorArbitraries(DType dtype, Domain domain, double min, double max, List<Layout> layouts) {
    /// Number of steps from the least value to the largest.
    private static final int STEPS = 80;

    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        -2.5,
        3,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.MIN_VALUE,
        1e-300,
        -1e-40,
        1e300,
        -3e38
    };

    static TensorArbitraries of(Domain domain) {
        return new TensorArbitraries(
                DType.FLOAT64, domain, domain.min, domain.max, List.of(Layout.values()));
    }

    static TensorArbitraries of(Tensors wish) {
        Domain domain = wish.domain();
        return new TensorArbitraries(
                wish.dtype(),
                domain,
                Double.isNaN(wish.min()) ? domain.min : wish.min(),
                Double.isNaN(wish.max()) ? domain.max : wish.max(),
                List.of(wish.layout()));
    }

    TensorArbitraries within(double least, double largest) {
        return new TensorArbitraries(dtype, domain, least, largest, layouts);
    }

    TensorArbitraries laid(Layout... as) {
        return new TensorArbitraries(dtype, domain, min, max, List.of(as));
    }

    /// Sizes at random.
    static Arbitrary<List<Integer>> sizes(int minRank, int maxRank, int minSize, int maxSize) {
        return Arbitraries.integers()
                .between(minSize, maxSize)
                .shrinkTowards(Math.max(1, minSize))
                .list()
                .ofMinSize(minRank)
                .ofMaxSize(maxRank);
    }

    /// Sizes that broadcast with `sizes`: leading axes may be missing, others may be 1.
    static Arbitrary<List<Integer>> broadcasting(List<Integer> sizes) {
        Arbitrary<List<Boolean>> ones =
                Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true))
                        .list()
                        .ofSize(sizes.size());
        Arbitrary<Integer> missing = Arbitraries.integers().between(0, sizes.size());
        return Combinators.combine(ones, missing)
                .as((one, from) ->
                        IntStream.range(from, sizes.size())
                                .mapToObj(i -> one.get(i) ? 1 : sizes.get(i))
                                .toList());
    }

    /// Tensors of these sizes.
    Arbitrary<Tensor> sized(List<Integer> sizes) {
        Shape shape = Shape.of(sizes.stream().mapToLong(n -> n).toArray());
        return Combinators.combine(values(shape.numel()), Arbitraries.of(allowed()))
                .as((values, layout) -> layout.copyOf(Tensor.of(values, shape).to(dtype)));
    }

    /// One dense tensor of these sizes.
    Tensor draw(List<Integer> sizes, Random random) {
        Shape shape = Shape.of(sizes.stream().mapToLong(n -> n).toArray());
        double[] values = new double[shape.numel()];
        if (domain == Domain.DISTINCT) {
            List<Integer> places =
                    new java.util.ArrayList<>(IntStream.range(0, values.length).boxed().toList());
            java.util.Collections.shuffle(places, random);
            values = distinct(places);
        } else {
            Arrays.setAll(values, i -> onGrid(random.nextInt(last() + 1)));
        }
        return Tensor.of(values, shape).to(dtype);
    }

    /// One tensor of these sizes in one of the layouts.
    Tensor drawLaid(List<Integer> sizes, Random random) {
        List<Layout> some = allowed();
        return some.get(random.nextInt(some.size())).copyOf(draw(sizes, random));
    }

    /// Equal elements are not distinct.
    private List<Layout> allowed() {
        List<Layout> some =
                domain == Domain.DISTINCT
                        ? layouts.stream().filter(l -> l != Layout.EXPANDED).toList()
                        : layouts;
        return some.isEmpty() ? List.of(Layout.CONTIGUOUS) : some;
    }

    private Arbitrary<double[]> values(int n) {
        if (domain == Domain.DISTINCT) {
            List<Integer> places = IntStream.range(0, n).boxed().toList();
            return Arbitraries.shuffle(places).map(this::distinct);
        }
        boolean special = domain == Domain.SPECIAL;
        Arbitrary<Integer> step =
                Arbitraries.integers()
                        .between(0, special ? SPECIAL.length - 1 : last())
                        .shrinkTowards(special ? 0 : plainest());
        return step.array(Integer[].class)
                .ofSize(n)
                .map(steps ->
                        Arrays.stream(steps)
                                .mapToDouble(s -> special ? SPECIAL[s] : onGrid(s))
                                .toArray());
    }

    private int last() {
        return domain == Domain.AWAY_FROM_KINKS ? STEPS - 1 : STEPS;
    }

    /// The step nearest to the value 1.
    private int plainest() {
        double step = Math.rint((1 - min) / (max - min) * STEPS);
        return (int) Math.max(0, Math.min(last(), step));
    }

    private double onGrid(int step) {
        double at = domain == Domain.AWAY_FROM_KINKS ? step + 0.5 : step;
        return rounded(min + (max - min) * at / STEPS);
    }

    private double[] distinct(List<Integer> places) {
        double gap = Math.max(0.06, (max - min) / Math.max(1, places.size()));
        double middle = (max + min) / 2 - gap * places.size() / 2;
        return places.stream().mapToDouble(p -> rounded(middle + gap * (p + 0.75))).toArray();
    }

    /// To six decimals, which print short.
    private static double rounded(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }
}
