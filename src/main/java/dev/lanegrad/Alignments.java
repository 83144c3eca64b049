package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All ways to spread short sequences of labels over longer sequences of log-probabilities, and
/// what they add up to: connectionist temporal classification (Graves et al. 2006).
///
/// Between the labels, before and after them there may be blanks; a label may last. State s of a
/// sample is a label if it is odd, else a blank.
///
/// @param states the class of each state, a row each sample: `2·length + 1` of them
/// @param times steps of each sample
/// @param zeroInfinity whether a sample without a way counts nothing
record Alignments(int[][] states, int[] times, boolean zeroInfinity) {
    /// The logarithm of what is impossible, where logarithms are differentiated.
    private static final double NEVER = -1e30;

    static Alignments of(
            Tensor logProbs,
            Tensor targets,
            int[] inputLengths,
            int[] targetLengths,
            int blank,
            boolean zeroInfinity) {
        int n = logProbs.size(1);
        boolean rows = targets.dim() == 2;
        int longest = Arrays.stream(targetLengths).max().orElse(0);
        int all = Arrays.stream(targetLengths).sum();
        int most = Arrays.stream(inputLengths).max().orElse(0);
        boolean fits =
                inputLengths.length == n
                        && targetLengths.length == n
                        && Arrays.stream(targetLengths).allMatch(l -> l >= 0)
                        && Arrays.stream(inputLengths).allMatch(l -> l >= 0)
                        && most <= logProbs.size(0)
                        && (rows
                                ? targets.size(0) == n && targets.size(1) >= longest
                                : targets.dim() == 1 && targets.size(0) == all);
        if (!fits || blank < 0 || blank >= logProbs.size(2)) {
            throw mistake(
                    "lengths, targets or blank " + blank + " do not fit",
                    logProbs,
                    targets,
                    inputLengths,
                    targetLengths);
        }
        long[] labels = targets.toLongArray();
        int[][] states = new int[n][];
        int start = 0;
        for (int i = 0; i < n; i++) {
            states[i] = new int[2 * targetLengths[i] + 1];
            Arrays.fill(states[i], blank);
            int from = rows ? i * targets.size(1) : start;
            for (int k = 0; k < targetLengths[i]; k++) {
                long label = labels[from + k];
                if (label < 0 || label >= logProbs.size(2)) {
                    throw mistake(
                            "label " + label + " is no class",
                            logProbs,
                            targets,
                            inputLengths,
                            targetLengths);
                }
                states[i][2 * k + 1] = (int) label;
            }
            start += targetLengths[i];
        }
        return new Alignments(states, inputLengths.clone(), zeroInfinity);
    }

    private static IllegalArgumentException mistake(
            String broken, Tensor logProbs, Tensor targets, int[] times, int[] lengths) {
        return new IllegalArgumentException(
                "ctcLoss: %s (input [T, N, C] = %s with lengths %s, targets %s with lengths %s)"
                        .formatted(
                                broken,
                                logProbs.shape(),
                                Arrays.toString(times),
                                targets.shape(),
                                Arrays.toString(lengths)));
    }

    // ------------------------------------------------------------ in one pass

    /// The negative logarithm of the probability of each sample's labels, `[N]`.
    Tensor losses(Tensor logProbs) {
        double[] p = logProbs.toDoubleArray();
        int n = logProbs.size(1);
        double[] losses = new double[n];
        for (int i = 0; i < n; i++) {
            Sample sample = new Sample(p, i, n, logProbs.size(2));
            losses[i] = sample.loss(sample.forward());
            if (zeroInfinity && losses[i] == Double.POSITIVE_INFINITY) {
                losses[i] = 0;
            }
        }
        return Creation.wrap(losses, Shape.of(n)).to(logProbs.dtype());
    }

    /// The gradient of the log-probabilities, given that of the losses.
    Tensor gradient(Tensor gy, Tensor logProbs) {
        double[] p = logProbs.toDoubleArray();
        double[] weights = gy.toDoubleArray();
        int n = logProbs.size(1);
        int classes = logProbs.size(2);
        double[] gradient = new double[p.length];
        for (int i = 0; i < n; i++) {
            Sample sample = new Sample(p, i, n, classes);
            double[][] alpha = sample.forward();
            double loss = sample.loss(alpha);
            if (!zeroInfinity || loss != Double.POSITIVE_INFINITY) {
                sample.differentiate(alpha, loss, weights[i], gradient);
            }
        }
        return Creation.wrap(gradient, logProbs.shape()).to(logProbs.dtype());
    }

    /// One sample's log-probabilities within those of all.
    private final class Sample {
        private final double[] p;
        private final int i;
        private final int n;
        private final int classes;
        private final int[] state;

        Sample(double[] p, int i, int n, int classes) {
            this.p = p;
            this.i = i;
            this.n = n;
            this.classes = classes;
            this.state = states[i];
        }

        private int at(int t, int c) {
            return (t * n + i) * classes + c;
        }

        /// By time and state: the logarithm of the sum over the ways that end there.
        double[][] forward() {
            double[][] alpha = new double[times[i]][state.length];
            for (int t = 0; t < times[i]; t++) {
                for (int s = 0; s < state.length; s++) {
                    double sum = t == 0 && s < 2 ? 0 : Double.NEGATIVE_INFINITY;
                    if (t > 0) {
                        sum = alpha[t - 1][s];
                        sum = s > 0 ? logAdd(sum, alpha[t - 1][s - 1]) : sum;
                        sum = skips(state, s) ? logAdd(sum, alpha[t - 1][s - 2]) : sum;
                    }
                    alpha[t][s] = sum + p[at(t, state[s])];
                }
            }
            return alpha;
        }

        double loss(double[][] alpha) {
            if (times[i] == 0) {
                return state.length == 1 ? 0 : Double.POSITIVE_INFINITY;
            }
            double[] last = alpha[times[i] - 1];
            double end = last[state.length - 1];
            return -(state.length == 1 ? end : logAdd(end, last[state.length - 2]));
        }

        /// Walks back, `beta` being the logarithm of the sum over the ways that go on from a state.
        void differentiate(double[][] alpha, double loss, double weight, double[] gradient) {
            double[] beta = new double[state.length];
            double[] later = new double[state.length];
            double[] through = new double[classes];
            for (int t = times[i] - 1; t >= 0; t--) {
                Arrays.fill(through, Double.NEGATIVE_INFINITY);
                for (int s = 0; s < state.length; s++) {
                    boolean end = t == times[i] - 1;
                    double sum = end && s >= state.length - 2 ? 0 : Double.NEGATIVE_INFINITY;
                    if (!end) {
                        sum = later[s];
                        sum = s + 1 < state.length ? logAdd(sum, later[s + 1]) : sum;
                        boolean skip = s + 2 < state.length && skips(state, s + 2);
                        sum = skip ? logAdd(sum, later[s + 2]) : sum;
                    }
                    through[state[s]] = logAdd(through[state[s]], alpha[t][s] + sum);
                    beta[s] = sum + p[at(t, state[s])];
                }
                for (int c = 0; c < classes; c++) {
                    double own = p[at(t, c)];
                    gradient[at(t, c)] = weight * (Math.exp(own) - Math.exp(through[c] + loss));
                }
                double[] swapped = later;
                later = beta;
                beta = swapped;
            }
        }
    }

    /// Whether a way may come to this label from the one before, without a blank.
    private static boolean skips(int[] state, int s) {
        return s > 2 && s % 2 == 1 && state[s] != state[s - 2];
    }

    private static double logAdd(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY
                ? most
                : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
    }

    // ------------------------------------------------------------ in tensor operations

    /// As [#gradient], in operations that are recorded.
    Tensor recordedGradient(Tensor gy, Tensor logProbs) {
        List<Tensor> samples = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            Tensor sample = logProbs.select(1, i).narrow(0, 0, times[i]);
            Tensor part =
                    times[i] == 0
                            ? sample
                            : recordedGradient(sample, states[i]).mul(gy.select(0, i));
            samples.add(part.pad(new int[] {0, 0, 0, logProbs.size(0) - times[i]}, 0));
        }
        return Tensor.stack(samples, 1);
    }

    /// The gradient of `[T, C]` of one sample.
    private Tensor recordedGradient(Tensor sample, int[] state) {
        int last = sample.size(0) - 1;
        Tensor classes = Tensor.of(Arrays.stream(state).asLongStream().toArray());
        Tensor[] p = sample.indexSelect(1, classes).unbind(0);
        Tensor[] alpha = new Tensor[last + 1];
        Tensor[] beta = new Tensor[last + 1];
        alpha[0] = p[0].add(ends(state.length, true, sample.dtype()));
        beta[last] = ends(state.length, false, sample.dtype());
        for (int t = 1; t <= last; t++) {
            alpha[t] = p[t].add(moved(alpha[t - 1], state, true));
            beta[last - t] = moved(beta[last - t + 1].add(p[last - t + 1]), state, false);
        }
        Tensor loss = alpha[last].add(beta[last]).logsumexp(0).neg();
        if (loss.detach().gt(-NEVER / 2).isTrue()) {
            double nothing = zeroInfinity ? 0 : Double.NaN;
            return Creation.full(sample.shape(), nothing, sample.dtype());
        }
        Tensor ways = Tensor.stack(List.of(alpha), 0).add(Tensor.stack(List.of(beta), 0));
        Tensor through = ways.add(loss).exp();
        Tensor none = Creation.zeros(sample.shape(), sample.dtype());
        return sample.exp().sub(none.indexAdd(1, classes, through));
    }

    /// 0 where a way may start, or end; elsewhere impossible.
    private static Tensor ends(int states, boolean start, DType dtype) {
        double[] possible = new double[states];
        Arrays.fill(possible, NEVER);
        for (int k = 0; k < Math.min(2, states); k++) {
            possible[start ? k : states - 1 - k] = 0;
        }
        return Tensor.of(possible).to(dtype);
    }

    /// The logarithms of the sums over the ways that come to each state, or that leave it, by a
    /// step.
    private static Tensor moved(Tensor ways, int[] state, boolean forward) {
        List<Tensor> all = new ArrayList<>(List.of(ways));
        for (int by = 1; by <= Math.min(2, state.length - 1); by++) {
            Tensor from = ways.narrow(0, forward ? 0 : by, (long) state.length - by);
            Tensor here = from.pad(forward ? new int[] {by, 0} : new int[] {0, by}, NEVER);
            if (by == 2) {
                boolean[] barred = new boolean[state.length];
                for (int s = 0; s < state.length; s++) {
                    int to = forward ? s : s + 2;
                    barred[s] = to >= state.length || !skips(state, to);
                }
                here = here.maskedFill(Tensor.of(barred), NEVER);
            }
            all.add(here);
        }
        return Tensor.stack(all, 0).logsumexp(0);
    }
}
