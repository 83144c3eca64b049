package dev.lanegrad.kernels.scalar;

/// A one-lane mask.
public record VectorMask<E>(boolean bit) {
    public boolean laneIsSet(int lane) {
        return bit;
    }

    public boolean anyTrue() {
        return bit;
    }

    public boolean allTrue() {
        return bit;
    }

    public int trueCount() {
        return bit ? 1 : 0;
    }

    public VectorMask<E> and(VectorMask<E> other) {
        return new VectorMask<>(bit && other.bit);
    }

    public VectorMask<E> or(VectorMask<E> other) {
        return new VectorMask<>(bit || other.bit);
    }

    public VectorMask<E> andNot(VectorMask<E> other) {
        return new VectorMask<>(bit && !other.bit);
    }

    public VectorMask<E> not() {
        return new VectorMask<>(!bit);
    }

    public void intoArray(boolean[] y, int yo) {
        y[yo] = bit;
    }

    /// The same bit for lanes of another type.
    public <F> VectorMask<F> cast(VectorSpecies<F> species) {
        return species.maskAll(bit);
    }

    public static <E> VectorMask<E> fromArray(VectorSpecies<E> species, boolean[] x, int xo) {
        return species.maskAll(x[xo]);
    }
}
