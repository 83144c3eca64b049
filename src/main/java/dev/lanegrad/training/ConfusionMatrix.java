package dev.lanegrad.training;

import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How often an example of each class was taken for each class. Its value is the accuracy.
public final class ConfusionMatrix implements Metric {
    private final List<String> classes;
    private final long[][] counts;

    /// For classes 0 to `classes - 1`.
    public ConfusionMatrix(int classes) {
        this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /// For classes of these names.
    public ConfusionMatrix(List<String> classes) {
        this.classes = List.copyOf(classes);
        counts = new long[classes.size()][classes.size()];
    }

    @Override
    public void reset() {
        for (long[] row : counts) {
            Arrays.fill(row, 0);
        }
    }

    /// Scores `[N, C]`, and classes `[N]`, int64.
    @Override
    public void add(Tensor output, Tensor target) {
        Classes.check("confusionMatrix", output, target);
        if (output.size(1) != classes.size()) {
            throw new IllegalArgumentException(
                    "confusionMatrix: scores of %d classes, not of %d"
                            .formatted(output.size(1), classes.size()));
        }
        if (output.size(0) > 0) {
            long[] taken = output.argmax(1).toLongArray();
            long[] wanted = target.toLongArray();
            for (int i = 0; i < wanted.length; i++) {
                counts[(int) wanted[i]][(int) taken[i]]++;
            }
        }
    }

    /// How many examples of the class `wanted` were taken for `taken`.
    public long count(int wanted, int taken) {
        return counts[wanted][taken];
    }

    /// The share of those taken for this class that are of it; NaN if none was.
    public double precision(int c) {
        return (double) counts[c][c] / Arrays.stream(counts).mapToLong(row -> row[c]).sum();
    }

    /// The share of this class that was taken for it; NaN if there is none of it.
    public double recall(int c) {
        return (double) counts[c][c] / Arrays.stream(counts[c]).sum();
    }

    /// The harmonic mean of precision and recall, 0 if none was right; NaN without any.
    public double f1(int c) {
        long either =
                Arrays.stream(counts).mapToLong(row -> row[c]).sum()
                        + Arrays.stream(counts[c]).sum();
        return 2.0 * counts[c][c] / either;
    }

    @Override
    public double value() {
        long right = 0;
        long seen = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
            seen += Arrays.stream(counts[c]).sum();
        }
        return (double) right / seen;
    }

    /// The matrix as a table, a row for each class wanted.
    @Override
    public String toString() {
        int name = classes.stream().mapToInt(String::length).max().orElse(0);
        long most = Arrays.stream(counts).flatMapToLong(Arrays::stream).max().orElse(0);
        int width = Long.toString(most).length() + 1;
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < counts.length; c++) {
            text.append(("%-" + name + "s").formatted(classes.get(c)));
            for (long count : counts[c]) {
                text.append(("%" + width + "d").formatted(count));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
