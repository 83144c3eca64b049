package dev.lanegrad.data;

import dev.lanegrad.Philox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Examples by number, as `torch.utils.data.Dataset`.
///
/// [#get(int)] is called by several threads at once.
public interface Dataset {
    /// How many examples there are.
    int size();

    /// The example of this number, from 0.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IOException if it cannot be read; the message names the file
    Example get(int number) throws IOException;

    /// The examples of these numbers, in this order.
    ///
    /// @throws IndexOutOfBoundsException if there is none of a number
    default Dataset subset(long... numbers) {
        return new Subset(this, numbers);
    }

    /// The examples of this and then those of another.
    default Dataset concat(Dataset other) {
        return new Joined(this, other);
    }

    /// Divides the examples at random into parts of these sizes, the same for the same seed.
    ///
    /// @throws IllegalArgumentException if the sizes do not add up to that of the whole
    default List<Dataset> split(long seed, int... sizes) {
        int sum = Arrays.stream(sizes).sum();
        if (sum != size() || Arrays.stream(sizes).anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException(
                    "split: sizes %s do not add up to %d examples"
                            .formatted(Arrays.toString(sizes), size()));
        }
        long[] order = Order.shuffled(size(), new Philox(seed));
        List<Dataset> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(subset(Arrays.copyOfRange(order, from, from + size)));
            from += size;
        }
        return parts;
    }
}
