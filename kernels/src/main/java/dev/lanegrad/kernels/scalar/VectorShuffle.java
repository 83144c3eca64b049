package dev.lanegrad.kernels.scalar;

import java.util.function.IntUnaryOperator;

/// The only order of one lane.
public record VectorShuffle<E>(VectorSpecies<E> vectorSpecies) {
    public static <E> VectorShuffle<E> iota(
            VectorSpecies<E> species, int start, int step, boolean wrap) {
        return new VectorShuffle<>(species);
    }

    public static <E> VectorShuffle<E> fromOp(VectorSpecies<E> species, IntUnaryOperator source) {
        return new VectorShuffle<>(species);
    }
}
