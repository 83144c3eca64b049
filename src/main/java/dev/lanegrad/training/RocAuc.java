package dev.lanegrad.training;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The area under the receiver operating characteristic: how probable it is that an example of the
/// class scores higher than one that is not of it, equal scores counting one half.
public final class RocAuc implements Metric {
    private final List<Scored> examples = new ArrayList<>();

    private record Scored(double score, boolean positive) {}

    /// Without examples yet.
    public RocAuc() {}

    @Override
    public void reset() {
        examples.clear();
    }

    /// Scores, and as many targets: 1 for the class, 0 for others, of any type.
    @Override
    public void add(Tensor output, Tensor target) {
        double[] scores = output.toDoubleArray();
        double[] wanted = target.toDoubleArray();
        if (scores.length != wanted.length) {
            throw new IllegalArgumentException(
                    "rocAuc: needs as many scores as targets, but got %s and %s"
                            .formatted(output.shape(), target.shape()));
        }
        for (int i = 0; i < scores.length; i++) {
            examples.add(new Scored(scores[i], wanted[i] > 0.5));
        }
    }

    /// NaN if there are not examples of both kinds.
    @Override
    public double value() {
        Scored[] sorted = examples.toArray(Scored[]::new);
        Arrays.sort(sorted, Comparator.comparingDouble(Scored::score));
        double ranks = 0;
        double positives = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            int equal = 0;
            while (to < sorted.length && sorted[to].score == sorted[from].score) {
                equal += sorted[to++].positive ? 1 : 0;
            }
            if (to == from) {
                return Double.NaN; // a score that is no number
            }
            ranks += equal * (from + to + 1) / 2.0;
            positives += equal;
            from = to;
        }
        return (ranks - positives * (positives + 1) / 2)
                / (positives * (sorted.length - positives));
    }
}
