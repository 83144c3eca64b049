package dev.lanegrad.data;

import java.io.IOException;
import java.util.Objects;

/// The examples of two data sets, one after the other.
record Joined(Dataset first, Dataset second) implements Dataset {
    Joined {
        Math.addExact(first.size(), second.size());
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }

    @Override
    public Example get(int number) throws IOException {
        int n = first.size();
        Objects.checkIndex(number, size());
        return number < n ? first.get(number) : second.get(number - n);
    }
}
