package dev.lanegrad.kernels.scalar;

/// One integer lane as wide as a single-precision one.
public record IntVector(int v) {
    public static final VectorSpecies<Integer> SPECIES_PREFERRED = VectorSpecies.INT;

    public static IntVector broadcast(VectorSpecies<Integer> species, int x) {
        return new IntVector(x);
    }

    public IntVector add(IntVector x) {
        return new IntVector(v + x.v);
    }

    public IntVector add(int x) {
        return new IntVector(v + x);
    }

    public IntVector sub(IntVector x) {
        return new IntVector(v - x.v);
    }

    public IntVector sub(int x) {
        return new IntVector(v - x);
    }

    public IntVector and(IntVector x) {
        return new IntVector(v & x.v);
    }

    public IntVector or(IntVector x) {
        return new IntVector(v | x.v);
    }

    public IntVector and(int x) {
        return new IntVector(v & x);
    }

    public IntVector or(int x) {
        return new IntVector(v | x);
    }

    /// Shifts by `n` bits.
    public IntVector lanewise(VectorOperators.Shift op, /* index */ int n) {
        return new IntVector(
                switch (op) {
                    case LSHL -> v << n;
                    case ASHR -> v >> n;
                    case LSHR -> v >>> n;
                });
    }

    public FloatVector reinterpretAsFloats() {
        return new FloatVector(Float.intBitsToFloat(v));
    }
}
