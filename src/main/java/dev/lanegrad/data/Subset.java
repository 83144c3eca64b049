package dev.lanegrad.data;

import java.io.IOException;
import java.util.Objects;

/// Some examples of another data set.
record Subset(Dataset whole, long[] numbers) implements Dataset {
    Subset {
        numbers = numbers.clone();
        for (long number : numbers) {
            Objects.checkIndex(number, (long) whole.size());
        }
    }

    @Override
    public int size() {
        return numbers.length;
    }

    @Override
    public Example get(int number) throws IOException {
        return whole.get((int) numbers[number]);
    }
}
