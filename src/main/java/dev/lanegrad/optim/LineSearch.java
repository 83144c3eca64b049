package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.function.DoubleFunction;

/// Looks along a line for a point where Wolfe's strong conditions hold: the loss has fallen enough,
/// and its slope is flat enough (Nocedal and Wright, Numerical Optimization, 2006, algorithms 3.5
/// and 3.6, with the safeguards of PyTorch's).
final class LineSearch {
    /// How much of the fall that the first slope promises must be there.
    private static final double FALL = 1e-4;

    /// How much of the first slope may be left.
    private static final double FLATNESS = 0.9;

    private static final double LEAST_WIDTH = 1e-9;
    private static final int MAX_TRIALS = 25;

    private final DoubleFunction<Trial> at;
    private final double unit;
    private final Trial start;
    private int trials;

    /// A point of the line, with the slope along it.
    record Trial(double t, double loss, Tensor gradient, double slope) {}

    /// @param at computes a trial
    /// @param unit how far the farthest parameter moves where t is 1
    /// @param start where t is 0
    LineSearch(DoubleFunction<Trial> at, double unit, Trial start) {
        this.at = at;
        this.unit = unit;
        this.start = start;
    }

    private record Bracket(Trial low, Trial high, boolean found) {
        static Bracket of(Trial a, Trial b) {
            return a.loss <= b.loss ? new Bracket(a, b, false) : new Bracket(b, a, false);
        }

        double from() {
            return Math.min(low.t, high.t);
        }

        double to() {
            return Math.max(low.t, high.t);
        }
    }

    /// The point found, or the best one after 25 trials, the first of them at `t`.
    Trial run(double t) {
        Bracket bracket = bracket(at.apply(t));
        return bracket.found ? bracket.low : narrow(bracket);
    }

    private boolean isHigh(Trial x) {
        return x.loss > start.loss + FALL * x.t * start.slope;
    }

    private boolean isFlat(Trial x) {
        return Math.abs(x.slope) <= -FLATNESS * start.slope;
    }

    /// Goes on until a point is found, or two that have one between them.
    private Bracket bracket(Trial first) {
        Trial last = start;
        Trial x = first;
        while (trials < MAX_TRIALS) {
            if (isHigh(x) || (trials > 1 && x.loss >= last.loss)) {
                return Bracket.of(last, x);
            }
            if (isFlat(x)) {
                return new Bracket(x, x, true);
            }
            if (x.slope >= 0) {
                return Bracket.of(last, x);
            }
            double near = x.t + 0.01 * (x.t - last.t);
            double t = lowest(last, x, near, 10 * x.t);
            last = x;
            x = at.apply(t);
            trials++;
        }
        return Bracket.of(start, x);
    }

    private Trial narrow(Bracket first) {
        Bracket b = first;
        boolean stuck = false;
        while (!b.found
                && trials < MAX_TRIALS
                && Math.abs(b.high.t - b.low.t) * unit >= LEAST_WIDTH) {
            double t = lowest(b.low, b.high, b.from(), b.to());
            double margin = 0.1 * (b.to() - b.from());
            if (Math.min(b.to() - t, t - b.from()) < margin) {
                if (stuck || t >= b.to() || t <= b.from()) {
                    t =
                            Math.abs(t - b.to()) < Math.abs(t - b.from())
                                    ? b.to() - margin
                                    : b.from() + margin;
                    stuck = false;
                } else {
                    stuck = true;
                }
            } else {
                stuck = false;
            }
            Trial x = at.apply(t);
            trials++;
            b = narrowed(b, x);
        }
        return b.low;
    }

    private Bracket narrowed(Bracket b, Trial x) {
        if (isHigh(x) || x.loss >= b.low.loss) {
            return Bracket.of(b.low, x);
        }
        if (isFlat(x)) {
            return new Bracket(x, b.high, true);
        }
        return new Bracket(x, x.slope * (b.high.t - b.low.t) >= 0 ? b.low : b.high, false);
    }

    /// The lowest point between `low` and `high` of the cubic through two points with their slopes.
    private static double lowest(Trial a, Trial b, double low, double high) {
        double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
        double square = d1 * d1 - a.slope * b.slope;
        if (square < 0) {
            return (low + high) / 2;
        }
        double d2 = Math.sqrt(square);
        double t =
                a.t <= b.t
                        ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
                        : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
        return Math.min(Math.max(t, low), high);
    }
}
