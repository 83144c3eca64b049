package dev.lanegrad.check;

import dev.lanegrad.Tensor;
import dev.lanegrad.ValuesAndIndices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// A line of the catalogue: an operation of [Tensor] and what it is tested with.
///
/// @param method the method's name
/// @param function the operation, made of that method
/// @param inputs what its inputs are
/// @param bilinear whether it is linear in each input, so that central differences are exact
/// @param tolerance by how much float32 may differ from float64, as a share of the largest element
record Operation(
        String method,
        Function<Tensor[], Tensor[]> function,
        List<Input> inputs,
        boolean bilinear,
        double tolerance) {
    private static final int SMALLEST_PLANE = 5;

    /// More elements than two threads' shares of any kernel.
    private static final int MANY = 140_000;

    /// An input: its values, and its sizes by a pattern. Lower-case letters are sizes from 1 to 4,
    /// upper-case ones from 5 to 7, the same letter being the same size in all inputs of a case;
    /// numbers are themselves; `*` is any shape, and if it comes twice, shapes that broadcast; `=`
    /// is the shape that `*` became.
    record Input(String pattern, TensorArbitraries values) {}

    // ------------------------------------------------------------ inputs

    /// Values from −2 to 2.
    static Input in(String pattern) {
        return new Input(pattern, TensorArbitraries.of(Domain.REAL));
    }

    static Input within(double min, double max, String pattern) {
        return new Input(pattern, TensorArbitraries.of(Domain.REAL).within(min, max));
    }

    static Input within(double min, double max) {
        return within(min, max, "*");
    }

    /// Values from −2 to 2 clear of kinks.
    static Input clear(String pattern) {
        return clear(-2, 2, pattern);
    }

    static Input clear(double min, double max, String pattern) {
        TensorArbitraries values = TensorArbitraries.of(Domain.AWAY_FROM_KINKS);
        return new Input(pattern, values.within(min, max));
    }

    /// Values of which no two are near each other, for operations that choose among them or divide
    /// by their spread.
    static Input apart(String pattern) {
        return new Input(pattern, TensorArbitraries.of(Domain.DISTINCT));
    }

    // ------------------------------------------------------------ lines

    /// A smooth function of one tensor of any shape.
    static Operation of(String method, UnaryOperator<Tensor> f) {
        return of(method, f, in("*"));
    }

    static Operation of(String method, UnaryOperator<Tensor> f, Input x) {
        return ofAll(method, t -> f.apply(t[0]), x);
    }

    static Operation of(String method, BinaryOperator<Tensor> f, Input a, Input b) {
        return ofAll(method, t -> f.apply(t[0], t[1]), a, b);
    }

    static Operation ofAll(String method, Function<Tensor[], Tensor> f, Input... inputs) {
        return ofMany(method, t -> new Tensor[] {f.apply(t)}, inputs);
    }

    /// An operation with several results.
    static Operation ofParts(String method, Function<Tensor, Tensor[]> f, Input x) {
        return ofMany(method, t -> f.apply(t[0]), x);
    }

    /// An operation that chooses among elements.
    static Operation ofChoice(String method, Function<Tensor, ValuesAndIndices> f, Input x) {
        return ofMany(
                method,
                t -> {
                    ValuesAndIndices chosen = f.apply(t[0]);
                    return new Tensor[] {chosen.values(), chosen.indices()};
                },
                x);
    }

    private static Operation ofMany(
            String method, Function<Tensor[], Tensor[]> f, Input... inputs) {
        return new Operation(method, f, List.of(inputs), false, 1e-5);
    }

    /// This line of an operation that is linear in each of its inputs.
    Operation linear() {
        return new Operation(method, function, inputs, true, tolerance);
    }

    /// This line with another tolerance of float32.
    Operation single(double share) {
        return new Operation(method, function, inputs, bilinear, share);
    }

    // ------------------------------------------------------------ cases

    /// Inputs at random: sizes, values, layouts.
    Arbitrary<Tensor[]> cases() {
        return shapes().flatMap(shapes -> {
            List<Arbitrary<Tensor>> tensors = new ArrayList<>();
            for (int i = 0; i < shapes.size(); i++) {
                tensors.add(inputs.get(i).values().sized(shapes.get(i)));
            }
            return Combinators.combine(tensors).as(list -> list.toArray(new Tensor[0]));
        });
    }

    private Arbitrary<List<List<Integer>>> shapes() {
        List<Character> names = List.copyOf(sizesOf(_ -> 0).keySet());
        List<Arbitrary<Integer>> sizes = new ArrayList<>();
        for (char name : names) {
            boolean large = Character.isUpperCase(name);
            sizes.add(Arbitraries.integers().between(large ? SMALLEST_PLANE : 1, large ? 7 : 4));
        }
        Arbitrary<List<Integer>> any = TensorArbitraries.sizes(0, 3, 0, 3);
        return Combinators.combine(Combinators.combine(sizes).as(List::copyOf), any)
                .flatAs((drawn, whole) -> {
                    Map<Character, Integer> byName =
                            sizesOf(name -> drawn.get(names.indexOf(name)));
                    boolean pair = inputs.stream().filter(i -> i.pattern().equals("*")).count() > 1;
                    List<Arbitrary<List<Integer>>> all = new ArrayList<>();
                    for (Input input : inputs) {
                        boolean free = pair && input.pattern().equals("*");
                        all.add(
                                free
                                        ? TensorArbitraries.broadcasting(whole)
                                        : Arbitraries.just(resolve(input, byName, whole)));
                    }
                    return Combinators.combine(all).as(List::copyOf);
                });
    }

    /// Inputs drawn outside of jqwik: small sizes, any layout.
    Tensor[] draw(Random random) {
        Map<Character, Integer> byName =
                sizesOf(name ->
                        Character.isUpperCase(name)
                                ? SMALLEST_PLANE + random.nextInt(3)
                                : 1 + random.nextInt(4));
        List<Integer> whole =
                Stream.generate(() -> 1 + random.nextInt(3)).limit(random.nextInt(4)).toList();
        boolean pair = inputs.stream().filter(i -> i.pattern().equals("*")).count() > 1;
        return inputs.stream()
                .map(i -> {
                    List<Integer> sizes = resolve(i, byName, whole);
                    boolean repeats = pair && i.pattern().equals("*") && random.nextBoolean();
                    List<Integer> some =
                            repeats
                                    ? sizes.stream().map(n -> random.nextBoolean() ? 1 : n).toList()
                                    : sizes;
                    return i.values().drawLaid(some, random);
                })
                .toArray(Tensor[]::new);
    }

    /// Inputs with so many elements that several threads share the work.
    Tensor[] large(long seed) {
        long most = inputs.stream().mapToLong(i -> letters(i.pattern())).max().orElse(0);
        int size = (int) Math.round(Math.pow(MANY, 1.0 / Math.max(1, most)));
        Map<Character, Integer> byName = sizesOf(_ -> Math.max(SMALLEST_PLANE, size));
        Random random = new Random(seed);
        return inputs.stream()
                .map(i -> i.values().draw(resolve(i, byName, List.of(311, 461)), random))
                .toArray(Tensor[]::new);
    }

    private static long letters(String pattern) {
        return pattern.chars().filter(Character::isLetter).count();
    }

    private Map<Character, Integer> sizesOf(Function<Character, Integer> size) {
        Map<Character, Integer> byName = new LinkedHashMap<>();
        for (Input input : inputs) {
            for (char c : input.pattern().toCharArray()) {
                if (Character.isLetter(c)) {
                    byName.computeIfAbsent(c, size);
                }
            }
        }
        return byName;
    }

    private static List<Integer> resolve(
            Input input, Map<Character, Integer> byName, List<Integer> whole) {
        if (input.pattern().equals("*") || input.pattern().equals("=")) {
            return whole;
        }
        List<Integer> sizes = new ArrayList<>();
        for (String part : input.pattern().split(",", -1)) {
            Integer named = byName.get(part.charAt(0));
            sizes.add(named == null ? Integer.valueOf(part) : named);
        }
        return sizes;
    }

    @Override
    public String toString() {
        return method + inputs.stream().map(i -> "[" + i.pattern() + "]").toList();
    }
}
