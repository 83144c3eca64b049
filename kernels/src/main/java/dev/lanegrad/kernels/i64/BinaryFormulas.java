package dev.lanegrad.kernels.i64;

/// The formulas of the binary operations; each becomes a loop of its own (see [BinaryTemplate]).
///
/// Divisions throw an ArithmeticException for a divisor of 0.
final class BinaryFormulas {
    private BinaryFormulas() {}

    static long placeholder(long a, long b, long p, long q) {
        return (long) (a * p + b * q);
    }

    static long add(long a, long b) {
        return (long) (a + b);
    }

    /// `a + p·b`
    static long addScaled(long a, long b, long p) {
        return (long) (a + p * b);
    }

    static long sub(long a, long b) {
        return (long) (a - b);
    }

    static long mul(long a, long b) {
        return (long) (a * b);
    }

    /// The quotient, rounded down.
    static long floorDivide(long a, long b) {
        return (long) Math.floorDiv(a, b);
    }

    /// The quotient, rounded towards 0.
    static long truncDivide(long a, long b) {
        return (long) (a / b);
    }

    /// What floorDivide leaves: 0 or of b's sign.
    static long remainder(long a, long b) {
        return (long) Math.floorMod(a, b);
    }

    /// What truncDivide leaves: 0 or of a's sign.
    static long fmod(long a, long b) {
        return (long) (a % b);
    }

    static long maximum(long a, long b) {
        return (long) Math.max(a, b);
    }

    static long minimum(long a, long b) {
        return (long) Math.min(a, b);
    }

    /// `a^b`; for a negative b the quotient `1/a^|b|` without its fraction, 0 for `a = 0`.
    static long pow(long a, long b) {
        if (b < 0) {
            return (long) (a == 1 || (a == -1 && (b & 1) == 0) ? 1 : a == -1 ? -1 : 0);
        }
        long power = 1;
        long square = a;
        for (long rest = b; rest != 0; rest = (long) (rest >> 1)) {
            if ((rest & 1) != 0) {
                power = (long) (power * square);
            }
            square = (long) (square * square);
        }
        return power;
    }

    static long bitwiseAnd(long a, long b) {
        return (long) (a & b);
    }

    static long bitwiseOr(long a, long b) {
        return (long) (a | b);
    }

    static long bitwiseXor(long a, long b) {
        return (long) (a ^ b);
    }

    /// `a·2^b`; 0 where b is negative or no smaller than the width.
    static long bitwiseLeftShift(long a, long b) {
        return (long) (b < 0 || b >= Long.SIZE ? 0 : a << b);
    }

    /// `a/2^b`, rounded down; the sign alone where b is negative or no smaller than the width.
    static long bitwiseRightShift(long a, long b) {
        return (long) (b < 0 || b >= Long.SIZE ? a >> (Long.SIZE - 1) : a >> b);
    }
}
