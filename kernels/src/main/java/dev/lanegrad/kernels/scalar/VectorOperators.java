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
}
