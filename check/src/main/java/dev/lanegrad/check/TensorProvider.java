package dev.lanegrad.check;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/// Gives tensors, and pairs of them that broadcast, to properties, as their [Tensors] annotation
/// asks.
public final class TensorProvider implements ArbitraryProvider {
    @Tensors
    private static final class Defaults {}

    /// For the service loader.
    public TensorProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage type) {
        return type.isOfType(Tensor.class) || type.isOfType(BroadcastPair.class);
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
        Tensors wish = type.findAnnotation(Tensors.class).orElseGet(TensorProvider::defaults);
        return Set.of(type.isOfType(Tensor.class) ? tensors(wish) : pairs(wish));
    }

    private static Tensors defaults() {
        return Defaults.class.getAnnotation(Tensors.class);
    }

    private static Arbitrary<List<Integer>> sizes(Tensors wish) {
        boolean fixed = wish.rank() >= 0;
        return TensorArbitraries.sizes(
                fixed ? wish.rank() : wish.minRank(),
                fixed ? wish.rank() : wish.maxRank(),
                wish.minSize(),
                wish.maxSize());
    }

    private static Arbitrary<Tensor> tensors(Tensors wish) {
        TensorArbitraries tensors = TensorArbitraries.of(wish);
        return sizes(wish).flatMap(tensors::sized).map(x -> x.requiresGrad(wish.requiresGrad()));
    }

    private static Arbitrary<BroadcastPair> pairs(Tensors wish) {
        TensorArbitraries tensors = TensorArbitraries.of(wish);
        return sizes(wish)
                .flatMap(whole ->
                        Combinators.combine(
                                        TensorArbitraries.broadcasting(whole),
                                        TensorArbitraries.broadcasting(whole),
                                        Arbitraries.integers().between(0, 2))
                                .flatAs((a, b, full) ->
                                        Combinators.combine(
                                                        tensors.sized(full == 0 ? whole : a),
                                                        tensors.sized(full == 1 ? whole : b))
                                                .as(BroadcastPair::new)))
                .map(pair -> {
                    pair.a().requiresGrad(wish.requiresGrad());
                    pair.b().requiresGrad(wish.requiresGrad());
                    return pair;
                });
    }
}
