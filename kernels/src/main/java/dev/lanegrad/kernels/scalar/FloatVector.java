package dev.lanegrad.kernels.scalar;

import dev.lanegrad.kernels.Simd;

/// One single-precision lane.
public record FloatVector(float v) {
    public static final VectorSpecies<Float> SPECIES_PREFERRED = VectorSpecies.FLOAT;

    public static FloatVector zero(VectorSpecies<Float> species) {
        return new FloatVector(0);
    }

    public static FloatVector broadcast(VectorSpecies<Float> species, float x) {
        return new FloatVector(x);
    }

    public static FloatVector fromArray(
            VectorSpecies<Float> species, float[] x, /* index */ int xo) {
        return new FloatVector(x[xo]);
    }

    public static FloatVector fromArray(
            VectorSpecies<Float> species, float[] x, /* index */ int xo, VectorMask<Float> m) {
        return new FloatVector(m.bit() ? x[xo] : 0);
    }

    public static FloatVector fromArray(
            VectorSpecies<Float> species,
            float[] x,
            /* index */ int xo,
            /* index */ int[] places,
            /* index */ int first) {
        return new FloatVector(x[xo + places[first]]);
    }

    public void intoArray(float[] y, /* index */ int yo) {
        y[yo] = v;
    }

    public void intoArray(float[] y, /* index */ int yo, VectorMask<Float> m) {
        if (m.bit()) {
            y[yo] = v;
        }
    }

    public float lane(/* index */ int lane) {
        return v;
    }

    public FloatVector neg() {
        return new FloatVector(-v);
    }

    public FloatVector abs() {
        return new FloatVector(Math.abs(v));
    }

    public FloatVector sqrt() {
        return new FloatVector((float) Math.sqrt(v));
    }

    public FloatVector add(FloatVector x) {
        return new FloatVector(v + x.v);
    }

    public FloatVector add(float x) {
        return new FloatVector(v + x);
    }

    public FloatVector sub(FloatVector x) {
        return new FloatVector(v - x.v);
    }

    public FloatVector sub(float x) {
        return new FloatVector(v - x);
    }

    public FloatVector mul(FloatVector x) {
        return new FloatVector(v * x.v);
    }

    public FloatVector mul(float x) {
        return new FloatVector(v * x);
    }

    public FloatVector div(FloatVector x) {
        return new FloatVector(v / x.v);
    }

    public FloatVector div(float x) {
        return new FloatVector(v / x);
    }

    public FloatVector min(FloatVector x) {
        return new FloatVector(Math.min(v, x.v));
    }

    public FloatVector max(FloatVector x) {
        return new FloatVector(Math.max(v, x.v));
    }

    public FloatVector max(float x) {
        return new FloatVector(Math.max(v, x));
    }

    /// `this·x + y`, rounded once where the hardware does.
    public FloatVector fma(FloatVector x, FloatVector y) {
        return new FloatVector(Simd.FMA ? Math.fma(v, x.v, y.v) : v * x.v + y.v);
    }

    public FloatVector blend(FloatVector x, VectorMask<Float> m) {
        return m.bit() ? x : this;
    }

    public FloatVector blend(float x, VectorMask<Float> m) {
        return m.bit() ? new FloatVector(x) : this;
    }

    public VectorMask<Float> compare(VectorOperators.Comparison op, float x) {
        return SPECIES_PREFERRED.maskAll(
                switch (op) {
                    case EQ -> v == x;
                    case NE -> v != x;
                    case LT -> v < x;
                    case LE -> v <= x;
                    case GT -> v > x;
                    case GE -> v >= x;
                });
    }

    public VectorMask<Float> compare(VectorOperators.Comparison op, FloatVector x) {
        return compare(op, x.v);
    }

    public FloatVector lanewise(VectorOperators.Unary op) {
        return new FloatVector(
                (float)
                        switch (op) {
                            case EXP -> StrictMath.exp(v);
                            case EXPM1 -> StrictMath.expm1(v);
                            case LOG -> StrictMath.log(v);
                            case LOG10 -> StrictMath.log10(v);
                            case LOG1P -> StrictMath.log1p(v);
                            case SIN -> StrictMath.sin(v);
                            case COS -> StrictMath.cos(v);
                            case TAN -> StrictMath.tan(v);
                            case ASIN -> StrictMath.asin(v);
                            case ACOS -> StrictMath.acos(v);
                            case ATAN -> StrictMath.atan(v);
                            case SINH -> StrictMath.sinh(v);
                            case COSH -> StrictMath.cosh(v);
                            case TANH -> StrictMath.tanh(v);
                        });
    }

    public FloatVector lanewise(VectorOperators.Binary op, FloatVector x) {
        return new FloatVector(
                (float)
                        switch (op) {
                            case POW -> StrictMath.pow(v, x.v);
                            case ATAN2 -> StrictMath.atan2(v, x.v);
                            case HYPOT -> StrictMath.hypot(v, x.v);
                        });
    }

    public FloatVector rearrange(VectorShuffle<Float> order) {
        return this;
    }

    public float reduceLanes(VectorOperators.Associative op) {
        return v;
    }

    public IntVector reinterpretAsInts() {
        return new IntVector(Float.floatToRawIntBits(v));
    }
}
