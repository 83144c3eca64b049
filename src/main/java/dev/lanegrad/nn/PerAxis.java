package dev.lanegrad.nn;

import java.util.Arrays;
import java.util.stream.Collectors;

/// One number for all axes of an image, or one for each; prints as it was given, `3` or `(3, 5)`.
record PerAxis(int[] values) {
    static PerAxis of(int... values) {
        return new PerAxis(values);
    }

    /// One number for each of `count` axes.
    PerAxis expanded(int count) {
        if (values.length == count) {
            return this;
        }
        int[] all = new int[count];
        Arrays.fill(all, values[0]);
        return new PerAxis(all);
    }

    boolean allAre(int value) {
        return Arrays.stream(values).allMatch(v -> v == value);
    }

    int get(int axis) {
        return values[values.length == 1 ? 0 : axis];
    }

    @Override
    public String toString() {
        return values.length == 1 ? Integer.toString(values[0]) : tuple();
    }

    /// In parentheses even if it is one number: `(3,)`.
    String tuple() {
        String items =
                Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return values.length == 1 ? "(" + items + ",)" : "(" + items + ")";
    }
}
