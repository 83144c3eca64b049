package dev.lanegrad.kernels.scalar;

/// The only order of one lane.
public record VectorShuffle<E>(VectorSpecies<E> vectorSpecies) {
    public static <E> VectorShuffle<E> iota(
            VectorSpecies<E> species, int start, int step, boolean wrap) {
        return new VectorShuffle<>(species);
    }
}
