package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random chains of views beside a model that lists which element each of theirs is.
class ViewChainProperties {
    private static final List<int[]> SHAPES =
            List.of(
                    new int[] {2, 3, 4},
                    new int[] {5, 4},
                    new int[] {7},
                    new int[] {},
                    new int[] {3, 1, 2, 2},
                    new int[] {3, 0, 2});
    private static final List<DType> TYPES =
            List.of(DType.FLOAT32, DType.INT64, DType.FLOAT64, DType.INT16, DType.INT8);

    @Provide
    Arbitrary<List<ViewStep>> chains() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 11);
        return Combinators.combine(Arbitraries.of(ViewStep.Kind.values()), number, number, number)
                .as(ViewStep::new)
                .list()
                .ofMaxSize(7);
    }

    @Provide
    Arbitrary<int[]> shapes() {
        return Arbitraries.of(SHAPES);
    }

    @Provide
    Arbitrary<DType> types() {
        return Arbitraries.of(TYPES);
    }

    private static ViewStep.Both chain(Tensor base, int[] shape, List<ViewStep> steps) {
        ViewStep.Both both = new ViewStep.Both(base, NaiveView.ofAll(shape));
        for (ViewStep step : steps) {
            both = step.of(both.view(), both.naive());
        }
        return both;
    }

    private static Tensor base(int[] shape) {
        int n = NaiveView.ofAll(shape).places().length;
        return Tensor.arange(n).reshape(Arrays.stream(shape).asLongStream().toArray());
    }

    @Property(tries = 100_000)
    void aChainReadsAndWritesTheElementsThatItsModelLists(
            @ForAll("chains") List<ViewStep> steps,
            @ForAll("shapes") int[] shape,
            @ForAll("types") DType dtype) {
        Tensor base = base(shape).to(dtype);
        ViewStep.Both both = chain(base, shape, steps);
        Tensor view = both.view();
        int[] places = both.naive().places();
        assertArrayEquals(
                Arrays.stream(both.naive().shape()).asLongStream().toArray(),
                view.shape().toArray());
        double[] expected = Arrays.stream(places).asDoubleStream().toArray();
        assertArrayEquals(expected, view.toDoubleArray());
        assertArrayEquals(expected, view.contiguous().add(0).toDoubleArray());
        assertEquals(Arrays.stream(expected).sum(), view.to(DType.FLOAT64).sum().item());
        double[] counts = both.naive().counts(base.numel());
        if (repeats(view)) {
            assertThrows(IllegalStateException.class, () -> view.add_(1));
        } else if (Arrays.stream(counts).allMatch(c -> c <= 1)) {
            view.add_(1);
            double[] after = new double[counts.length];
            Arrays.setAll(after, i -> i + counts[i]);
            assertArrayEquals(after, base.toDoubleArray());
        }
    }

    private static boolean repeats(Tensor view) {
        for (int axis = 0; axis < view.dim(); axis++) {
            if (view.strides()[axis] == 0 && view.size(axis) > 1) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 10_000)
    void theGradientOfAChainCountsHowOftenAnElementIsSeen(
            @ForAll("chains") List<ViewStep> steps, @ForAll("shapes") int[] shape) {
        Tensor base = base(shape).to(DType.FLOAT64).requiresGrad(true);
        ViewStep.Both both = chain(base, shape, steps);
        both.view().sum().backward();
        Tensor gradient = base.grad();
        double[] counts = both.naive().counts(base.numel());
        assertArrayEquals(counts, gradient == null ? null : gradient.toDoubleArray());
    }
}
