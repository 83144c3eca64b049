package dev.lanegrad.data;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Makes a batch of examples.
@FunctionalInterface
public interface Collate {
    /// The batch of these examples, of which there is at least one.
    DataLoader.Batch batch(List<Example> examples);

    /// Stacks inputs and targets along a new first axis; all must have one shape.
    static DataLoader.Batch stacked(List<Example> examples) {
        return new DataLoader.Batch(
                Tensor.stack(examples.stream().map(Example::input).toList(), 0),
                Tensor.stack(examples.stream().map(Example::target).toList(), 0));
    }

    /// Stacks inputs, and targets that are sequences too, after prolonging each along its first
    /// axis to the length of the longest.
    ///
    /// @param input what inputs are prolonged with
    /// @param target what targets are prolonged with, as the index that a loss ignores
    static Collate padded(double input, double target) {
        return examples ->
                new DataLoader.Batch(
                        padded(examples.stream().map(Example::input).toList(), input),
                        padded(examples.stream().map(Example::target).toList(), target));
    }

    private static Tensor padded(List<Tensor> parts, double value) {
        int longest = parts.stream().mapToInt(t -> t.dim() == 0 ? 0 : t.size(0)).max().orElse(0);
        List<Tensor> all = new ArrayList<>();
        for (Tensor t : parts) {
            if (t.dim() == 0 || t.size(0) == longest) {
                all.add(t);
                continue;
            }
            long[] missing = t.shape().toArray();
            missing[0] = longest - missing[0];
            all.add(Tensor.cat(List.of(t, Tensor.full(Shape.of(missing), value).to(t.dtype())), 0));
        }
        return Tensor.stack(all, 0);
    }
}
