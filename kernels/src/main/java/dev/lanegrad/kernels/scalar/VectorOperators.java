package dev.lanegrad.kernels.scalar;

/// Names of lane-wise operations.
public final class VectorOperators {
    public static final Comparison EQ = Comparison.EQ;
    public static final Comparison NE = Comparison.NE;
    public static final Comparison LT = Comparison.LT;
    public static final Comparison LE = Comparison.LE;
    public static final Comparison GT = Comparison.GT;
    public static final Comparison GE = Comparison.GE;
    public static final Associative ADD = Associative.ADD;
    public static final Associative MUL = Associative.MUL;
    public static final Associative MIN = Associative.MIN;
    public static final Associative MAX = Associative.MAX;
    public static final Shift LSHL = Shift.LSHL;
    public static final Shift ASHR = Shift.ASHR;
    public static final Shift LSHR = Shift.LSHR;
    public static final Unary EXP = Unary.EXP;
    public static final Unary EXPM1 = Unary.EXPM1;
    public static final Unary LOG = Unary.LOG;
    public static final Unary LOG10 = Unary.LOG10;
    public static final Unary LOG1P = Unary.LOG1P;
    public static final Unary SIN = Unary.SIN;
    public static final Unary COS = Unary.COS;
    public static final Unary TAN = Unary.TAN;
    public static final Unary ASIN = Unary.ASIN;
    public static final Unary ACOS = Unary.ACOS;
    public static final Unary ATAN = Unary.ATAN;
    public static final Unary SINH = Unary.SINH;
    public static final Unary COSH = Unary.COSH;
    public static final Unary TANH = Unary.TANH;
    public static final Binary POW = Binary.POW;
    public static final Binary ATAN2 = Binary.ATAN2;
    public static final Binary HYPOT = Binary.HYPOT;

    private VectorOperators() {}

    /// How two lanes are compared.
    public enum Comparison {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE
    }

    /// How lanes are reduced; over one lane every reduction is the lane.
    public enum Associative {
        ADD,
        MUL,
        MIN,
        MAX
    }

    /// How an integer lane is shifted.
    public enum Shift {
        LSHL,
        ASHR,
        LSHR
    }

    /// Functions of a lane.
    public enum Unary {
        EXP,
        EXPM1,
        LOG,
        LOG10,
        LOG1P,
        SIN,
        COS,
        TAN,
        ASIN,
        ACOS,
        ATAN,
        SINH,
        COSH,
        TANH
    }

    /// Functions of two lanes.
    public enum Binary {
        POW,
        ATAN2,
        HYPOT
    }
}
