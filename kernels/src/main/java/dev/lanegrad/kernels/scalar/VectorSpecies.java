package dev.lanegrad.kernels.scalar;

/// The shape of a one-lane vector.
public final class VectorSpecies<E> {
    static final VectorSpecies<Float> FLOAT = new VectorSpecies<>(Float.SIZE);
    static final VectorSpecies<Double> DOUBLE = new VectorSpecies<>(Double.SIZE);
    static final VectorSpecies<Integer> INT = new VectorSpecies<>(Integer.SIZE);
    static final VectorSpecies<Long> LONG = new VectorSpecies<>(Long.SIZE);

    private final int bits;
    private final VectorMask<E> set = new VectorMask<>(true);
    private final VectorMask<E> unset = new VectorMask<>(false);

    private VectorSpecies(int bits) {
        this.bits = bits;
    }

    public int length() {
        return 1;
    }

    public int vectorBitSize() {
        return bits;
    }

    public int loopBound(int n) {
        return n;
    }

    public VectorMask<E> maskAll(boolean bit) {
        return bit ? set : unset;
    }

    public VectorMask<E> indexInRange(int i, int n) {
        return maskAll(i >= 0 && i < n);
    }
}
