package dev.lanegrad.check;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/// Gives tensors to properties, as their [Tensors] annotation asks.
public final class TensorProvider implements ArbitraryProvider {
    @Tensors
    private static final class Defaults {}

    /// For the service loader.
    public TensorProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage type) {
        return type.isOfType(Tensor.class);
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
        return Set.of(
                tensors(type.findAnnotation(Tensors.class).orElseGet(TensorProvider::defaults)));
    }

    /// Tensors that `wish` allows: first the rank shrinks, then the sizes, then the layout.
    static Arbitrary<Tensor> tensors(Tensors wish) {
        Arbitrary<List<Integer>> sizes =
                Arbitraries.integers()
                        .between(1, wish.maxSize())
                        .list()
                        .ofMinSize(wish.minRank())
                        .ofMaxSize(wish.maxRank());
        return Combinators.combine(
                        sizes,
                        Arbitraries.longs().between(0, 1 << 20),
                        Arbitraries.of(wish.memory()))
                .as((s, seed, memory) -> memory.copyOf(values(wish, s, new Random(seed))));
    }

    private static Tensor values(Tensors wish, List<Integer> sizes, Random random) {
        Shape shape = Shape.of(sizes.stream().mapToLong(n -> n).toArray());
        double[] values = new double[shape.numel()];
        for (int i = 0; i < values.length; i++) {
            double v = wish.min() + (wish.max() - wish.min()) * random.nextDouble();
            while (Math.abs(v - wish.kink()) < wish.clearance()) {
                v = wish.min() + (wish.max() - wish.min()) * random.nextDouble();
            }
            values[i] = v;
        }
        return Tensor.of(values, shape);
    }

    private static Tensors defaults() {
        return Defaults.class.getAnnotation(Tensors.class);
    }
}
