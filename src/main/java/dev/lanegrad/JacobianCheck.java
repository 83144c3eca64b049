package dev.lanegrad;

import dev.lanegrad.GradReport.Derivative;
import dev.lanegrad.GradReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One gradient check: determinism first, then every derivative, then the weight zero.
final class JacobianCheck {
    /// A fast check that fails is repeated element by element up to this many calls.
    private static final int MOST_CALLS = 1 << 14;

    private final GradCheck.Options options;
    private final Probe probe;
    private final Probe.Call base;
    private final List<String> advice = new ArrayList<>();
    private @Nullable Place worst;
    private double worstShare = -1;
    private long compared;
    private long differing;

    private JacobianCheck(GradCheck.Options options, Probe probe, Probe.Call base) {
        this.options = options;
        this.probe = probe;
        this.base = base;
    }

    static GradReport run(GradCheck.Options options, Probe probe) {
        Probe.Call base;
        try {
            base = probe.call();
        } catch (RuntimeException e) {
            return GradReport.threw("the function threw " + e, e);
        }
        try {
            GradReport report = new JacobianCheck(options, probe, base).run();
            GradReport wrong = report.passed() ? furtherChecks(options, probe, base) : null;
            return wrong == null ? report : wrong;
        } catch (RuntimeException e) {
            return GradReport.threw("the function or its backward threw " + e, e);
        }
    }

    /// The report of the first check that fails of those asked for besides the derivatives.
    private static @Nullable GradReport furtherChecks(
            GradCheck.Options options, Probe probe, Probe.Call base) {
        GradReport wrong =
                options.checkUndefinedGrad() ? new WeightsCheck(options, base).undefined() : null;
        if (wrong == null && options.checkBatchedGrad()) {
            wrong = new WeightsCheck(options, base).batched();
        }
        return wrong == null && options.checkForwardAd()
                ? new ForwardCheck(options, probe, base).run()
                : wrong;
    }

    /// A derivative at work: element `r` of output `k` along a direction of an input, which is the
    /// unit vector `j`; r and j are −1 if all of the output and of the input take part.
    private record Place(
            int k,
            int r,
            int input,
            int j,
            double[] direction,
            double analytic,
            double numeric,
            double tolerance) {}

    private GradReport run() {
        String unsteady = nondeterminism();
        if (unsteady != null) {
            return report(Verdict.NOT_DETERMINISTIC, unsteady, null, false);
        }
        if (!options.fastMode()) {
            compareElements();
            return verdict();
        }
        compareDirections();
        if (differing > 0 && calls() <= MOST_CALLS) {
            JacobianCheck slow = new JacobianCheck(options, probe, base);
            slow.compareElements();
            if (slow.differing > 0) {
                return slow.verdict();
            }
            advice.add("it failed along a random direction; each element by itself passes");
        }
        return verdict();
    }

    // ------------------------------------------------------------ determinism

    /// What differs between two runs over the same values; null if nothing.
    private @Nullable String nondeterminism() {
        double[][] once = base.values();
        double[][] again = probe.call().values();
        for (int k = 0; k < once.length; k++) {
            double difference = largestDifference(once[k], again[k]);
            if (difference > options.nondetTol()) {
                return "the function is not deterministic: two calls at the same inputs differ by "
                        + difference
                        + " in output "
                        + base.places()[k];
            }
        }
        for (int k = 0; k < once.length; k++) {
            double[] seed = Probe.direction(random(), once[k].length);
            double[][] first = base.gradients(k, seed);
            double[][] second = base.gradients(k, seed);
            for (int i = 0; i < first.length; i++) {
                if (largestDifference(first[i], second[i]) > options.nondetTol()) {
                    return "Backward is not reentrant, i.e., running backward with same input and"
                            + " grad_output multiple times gives different values, although"
                            + " analytical gradient matches numerical gradient.The tolerance for"
                            + " nondeterminism was "
                            + options.nondetTol()
                            + ".";
                }
            }
        }
        return null;
    }

    private static double largestDifference(double[] a, double[] b) {
        double most = 0;
        for (int j = 0; j < a.length; j++) {
            boolean same = a[j] == b[j] || (Double.isNaN(a[j]) && Double.isNaN(b[j]));
            double d = same ? 0 : Math.abs(a[j] - b[j]);
            most = Math.max(most, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
        }
        return most;
    }

    // ------------------------------------------------------------ comparison

    private long calls() {
        long calls = 0;
        for (int i : probe.checked()) {
            calls += 2L * probe.input(i).numel();
        }
        return calls;
    }

    private void compareElements() {
        double[][][][] analytic = new double[base.outputs().length][][][];
        for (int k = 0; k < analytic.length; k++) {
            int rows = base.outputs()[k].numel();
            analytic[k] = new double[rows][][];
            for (int r = 0; r < rows; r++) {
                analytic[k][r] = base.gradients(k, Probe.unit(rows, r));
            }
        }
        int[] checked = probe.checked();
        for (int c = 0; c < checked.length; c++) {
            int n = probe.input(checked[c]).numel();
            for (int j = 0; j < n; j++) {
                double[] u = Probe.unit(n, j);
                double[][] numeric = probe.slopes(checked[c], -options.eps(), options.eps(), u);
                for (int k = 0; k < analytic.length; k++) {
                    for (int r = 0; r < analytic[k].length; r++) {
                        double a = analytic[k][r][c][j];
                        double tolerance = tolerance(numeric[k][r], 1);
                        compare(new Place(k, r, checked[c], j, u, a, numeric[k][r], tolerance));
                    }
                }
            }
        }
    }

    private void compareDirections() {
        SplittableRandom random = random();
        int outputs = base.outputs().length;
        double[][] weights = new double[outputs][];
        double[][][] gradients = new double[outputs][][];
        for (int k = 0; k < outputs; k++) {
            weights[k] = Probe.direction(random, base.outputs()[k].numel());
            gradients[k] = base.gradients(k, weights[k]);
        }
        int[] checked = probe.checked();
        for (int c = 0; c < checked.length; c++) {
            double[] u = Probe.direction(random, probe.input(checked[c]).numel());
            double[][] numeric = probe.slopes(checked[c], -options.eps(), options.eps(), u);
            for (int k = 0; k < outputs; k++) {
                if (u.length == 0 || weights[k].length == 0) {
                    continue;
                }
                double a = dot(gradients[k][c], u);
                double n = dot(weights[k], numeric[k]);
                double terms = Math.sqrt((double) weights[k].length * u.length);
                compare(new Place(k, -1, checked[c], -1, u, a, n, tolerance(n, terms)));
            }
        }
    }

    private double tolerance(double numeric, double terms) {
        return options.atol() * terms + options.rtol() * Math.abs(numeric);
    }

    private void compare(Place place) {
        compared++;
        double a = place.analytic();
        double n = place.numeric();
        double share = a == n ? 0 : Math.abs(a - n) / place.tolerance();
        if (!(share <= 1)) {
            differing++;
            share = Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
        }
        if (share > worstShare) {
            worstShare = share;
            worst = place;
        }
    }

    // ------------------------------------------------------------ the report

    private GradReport verdict() {
        Place at = worst;
        Derivative derivative = at == null ? null : derivative(at);
        if (differing > 0 && at != null && derivative != null) {
            boolean kink = isKink(at, derivative);
            MismatchAdvice.add(
                    advice,
                    derivative,
                    probe.input(derivative.input()),
                    base.outputs()[at.k()],
                    kink);
            String message =
                    "Jacobian mismatch for output %d with respect to input %d,"
                            .formatted(derivative.output(), derivative.input());
            return report(Verdict.MISMATCH, message, derivative, kink);
        }
        if (!base.zeroGivesZero()) {
            String message = "backward not multiplied by grad_output";
            return report(Verdict.NOT_LINEAR, message, derivative, false);
        }
        if (probe.checked().length == 0) {
            advice.add("no input is floating point: nothing was compared");
        } else if (base.outputs().length == 0) {
            advice.add("no output is floating point: nothing was compared");
        }
        return report(Verdict.PASSED, "passed", derivative, false);
    }

    private GradReport report(
            Verdict verdict, String message, @Nullable Derivative derivative, boolean kink) {
        return new GradReport(
                verdict, message, derivative, compared, differing, kink, advice, null);
    }

    private Derivative derivative(Place at) {
        return new Derivative(
                base.places()[at.k()],
                index(base.outputs()[at.k()].shape(), at.r()),
                at.input(),
                index(probe.input(at.input()).shape(), at.j()),
                at.analytic(),
                at.numeric(),
                slope(at, -options.eps(), 0),
                slope(at, 0, options.eps()),
                at.tolerance());
    }

    /// Whether the one-sided slopes differ as at a kink. Where the function is smooth they differ
    /// by about eps·f'', so ten times as much at ten times the step; at a kink by as much. What
    /// rounding can do does not count.
    private boolean isKink(Place at, Derivative d) {
        double eps = options.eps();
        double gap = Math.abs(d.right() - d.left());
        double steepest = Math.max(Math.abs(d.left()), Math.abs(d.right()));
        if (!(gap > tolerance(steepest, 1) + rounding(at) / eps)) {
            return false;
        }
        double wide = Math.abs(slope(at, 0, 10 * eps) - slope(at, -10 * eps, 0));
        return gap > 0.5 * wide;
    }

    /// By how much the three values under two slopes may be off, in units of the output.
    private double rounding(Place at) {
        Tensor x = probe.input(at.input());
        Tensor y = base.outputs()[at.k()];
        double largest = 0;
        for (double value : y.toDoubleArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 4 * largest * Math.max(epsilon(x.dtype()), epsilon(y.dtype()));
    }

    /// The distance from 1 to the next number.
    private static double epsilon(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 0x1p-52;
            case FLOAT32 -> 0x1p-23;
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            case INT64, INT32, INT16, INT8, UINT8, BOOL -> 0;
        };
    }

    private double slope(Place at, double from, double to) {
        double[] slopes = probe.slopes(at.input(), from, to, at.direction())[at.k()];
        return at.r() >= 0
                ? slopes[at.r()]
                : dot(slopes, Probe.direction(weightsOf(at.k()), slopes.length));
    }

    /// The random numbers from which the weights of output k were drawn.
    private SplittableRandom weightsOf(int k) {
        SplittableRandom random = random();
        for (int before = 0; before < k; before++) {
            Probe.direction(random, base.outputs()[before].numel());
        }
        return random;
    }

    private SplittableRandom random() {
        return new SplittableRandom(options.seed());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /// The indices of an element counted in row-major order; none for −1.
    static List<Integer> index(Shape shape, int element) {
        if (element < 0) {
            return List.of();
        }
        Integer[] index = new Integer[shape.dim()];
        int rest = element;
        for (int axis = shape.dim() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.size(axis);
            rest /= shape.size(axis);
        }
        return List.of(index);
    }
}
