package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.PythonCall.Argued;
import dev.lanegrad.PythonCall.NotImplemented;
import dev.lanegrad.RecordedTensor.Tolerance;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs the records of a reference file through a comparison and counts how they fare.
final class Replay {
    private Replay() {}

    /// Whether to print the records that need what does not exist yet:
    /// `-Dlanegrad.replay.missing=true`.
    private static final boolean SHOW_MISSING = Boolean.getBoolean("lanegrad.replay.missing");

    /// @param compare says in what a record differs; null if it agrees
    static void report(String file, Function<JsonNode, @Nullable String> compare) {
        Tally tally = new Tally(file);
        Reference.lines(file).forEach(record -> enter(tally, record, compare));
        tally.report();
    }

    /// @return whether the record passed
    static boolean enter(
            Tally tally, JsonNode record, Function<JsonNode, @Nullable String> compare) {
        String id = record.get("id").asText() + " " + what(record);
        try {
            String difference = compare.apply(record);
            if (difference == null) {
                tally.passed();
                return true;
            }
            tally.failed(id, difference);
        } catch (Argued difference) {
            tally.argued();
        } catch (NotImplemented missing) {
            if (SHOW_MISSING) {
                System.out.println("not implemented: " + id + ": " + missing.getMessage());
            }
            tally.notImplemented();
        } catch (RuntimeException e) {
            tally.failed(id, e.toString());
        }
        return false;
    }

    private static String what(JsonNode record) {
        return record.has("code")
                ? record.get("code").asText()
                : record.path("op").asText() + " " + record.path("kwargs");
    }

    /// The gradients of leaves, null where there is none; `roots` without history give none.
    static @Nullable Tensor[] gradients(List<Tensor> roots, List<Tensor> weights, Tensor[] leaves) {
        return roots.isEmpty()
                ? new Tensor[leaves.length]
                : Autograd.grad(
                        roots.toArray(new Tensor[0]),
                        leaves,
                        weights.toArray(new Tensor[0]),
                        false,
                        false,
                        true);
    }

    /// The first difference between recorded and actual gradients by name.
    static @Nullable String difference(
            String what, JsonNode expected, @Nullable Tensor actual, Tolerance tolerance) {
        String difference = RecordedTensor.difference(expected, actual, tolerance);
        return difference == null ? null : what + ": " + difference;
    }
}
