package dev.lanegrad.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.DType;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.kernels.Simd;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures all rows of a table in one process: first each is checked and warmed up, so that no
/// code is compiled for one row alone, then each is timed in samples of ours and the peer's by
/// turns.
public final class OperationRun {
    private static final int SAMPLES = 5;
    private static final long SAMPLE = 20_000_000;
    private static final long WARM = 60_000_000;
    private static final long WARM_AGAIN = 5_000_000;

    private OperationRun() {}

    /// A row at a size.
    private record Task(OperationFigures figures, Runnable ours, Runnable theirs) {}

    /// Takes the table's name, `yes` or `no` for peers, the text that rows contain, and the file
    /// for the figures.
    public static void main(String[] args) throws IOException {
        if (!Simd.VECTOR) {
            throw new IllegalStateException(
                    "the one-lane path is in use: start with --add-modules jdk.incubator.vector");
        }
        Lanegrad.setNumThreads(1);
        List<Task> tasks = new ArrayList<>();
        for (int n : List.of(1 << 16, 1 << 20)) {
            Operands operands = new Operands(n);
            Map<String, PeerOperation> peer =
                    args[1].equals("yes") ? Peers.load().operations(operands) : Map.of();
            for (OperationRow row : OperationRow.of(args[0])) {
                if (row.matches(args[2])) {
                    tasks.add(checked(row, operands, peer.get(row.name()), args[1]));
                }
            }
        }
        tasks.forEach(OperationRun::warm);
        tasks.forEach(OperationRun::measure);
        new ObjectMapper()
                .writeValue(new File(args[3]), tasks.stream().map(Task::figures).toList());
    }

    private static Task checked(
            OperationRow row, Operands operands, @Nullable PeerOperation peer, String peers) {
        Runnable ours = () -> scoped(row, operands);
        if (peer == null) {
            String problem = peers.equals("yes") ? "libtorch has no such operation" : "";
            return new Task(OperationFigures.none(row, operands.n, "", problem), ours, () -> {});
        }
        String form = peer.preallocates() ? "out" : "new";
        String problem = difference(result(row, operands), peer);
        return new Task(OperationFigures.none(row, operands.n, form, problem), ours, peer.run());
    }

    /// Once, in a scope: the memory of the output is that of the last time.
    private static Tensor scoped(OperationRow row, Operands operands) {
        try (var _ = Lanegrad.scope()) {
            return row.run().apply(operands);
        }
    }

    private static float[] result(OperationRow row, Operands operands) {
        Tensor y = row.run().apply(operands);
        return y.to(DType.FLOAT32).toFloatArray();
    }

    /// How the peer's result is not ours, empty if it is.
    private static String difference(float[] ours, PeerOperation peer) {
        try {
            float[] theirs = peer.result().get();
            if (theirs.length != ours.length) {
                return "%d elements, libtorch has %d".formatted(ours.length, theirs.length);
            }
            double largest = 0;
            double worst = 0;
            for (int i = 0; i < ours.length; i++) {
                largest = Math.max(largest, Math.abs(ours[i]));
                worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
            }
            return worst <= 1e-4 * largest || worst == 0
                    ? ""
                    : "differs by %g beside values up to %g".formatted(worst, largest);
        } catch (RuntimeException e) {
            return "libtorch: " + e.toString().lines().findFirst().orElse("");
        }
    }

    private static void warm(Task task) {
        if (!task.figures.problem().isEmpty()) {
            return;
        }
        repeat(task.ours, WARM);
        repeat(task.theirs, WARM_AGAIN);
    }

    /// Runs `work` for this long; returns how often.
    private static long repeat(Runnable work, long nanos) {
        long times = 0;
        long start = System.nanoTime();
        do {
            work.run();
            times++;
        } while (System.nanoTime() - start < nanos);
        return times;
    }

    private static void measure(Task task) {
        OperationFigures figures = task.figures;
        if (!figures.problem().isEmpty()) {
            return;
        }
        // once more, now that all rows are compiled
        long ours = Math.max(1, repeat(task.ours, WARM_AGAIN) * SAMPLE / WARM_AGAIN);
        long theirs = Math.max(1, repeat(task.theirs, WARM_AGAIN) * SAMPLE / WARM_AGAIN);
        for (int s = 0; s < SAMPLES; s++) {
            figures.ours().add(sample(task.ours, ours));
            if (!figures.form().isEmpty()) {
                figures.theirs().add(sample(task.theirs, theirs));
            }
        }
    }

    private static double sample(Runnable work, long times) {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            work.run();
        }
        return (double) (System.nanoTime() - start) / times;
    }
}
