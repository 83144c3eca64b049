package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What a stream function filled: values in logical order, and where each lies in memory.
final class Sample {
    private final DType dtype;
    private final int[] shape;
    private final double[] reals;
    private final long[] integers;
    private final int[] memory;
    private final boolean contiguous;

    private Sample(
            DType dtype,
            int[] shape,
            double[] reals,
            long[] integers,
            int[] memory,
            boolean contiguous) {
        this.dtype = dtype;
        this.shape = shape;
        this.reals = reals;
        this.integers = integers;
        this.memory = memory;
        this.contiguous = contiguous;
    }

    static Sample of(DType dtype, int[] shape, double[] reals) {
        return new Sample(dtype, shape, reals, new long[0], inOrder(shape), true);
    }

    static Sample of(DType dtype, int[] shape, long[] integers) {
        return new Sample(dtype, shape, new double[0], integers, inOrder(shape), true);
    }

    static Sample filled(DType dtype, int[] shape, double value) {
        if (dtype.isFloatingPoint()) {
            double[] reals = new double[size(shape)];
            Arrays.fill(reals, value);
            return of(dtype, shape, reals);
        }
        long[] integers = new long[size(shape)];
        Arrays.fill(integers, (long) value);
        return of(dtype, shape, integers);
    }

    static int size(int... shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    DType dtype() {
        return dtype;
    }

    int[] shape() {
        return shape;
    }

    /// The values of a floating type.
    double[] reals() {
        return reals;
    }

    /// Whether memory has the logical order and no gaps.
    boolean contiguous() {
        return contiguous;
    }

    int size() {
        return size(shape);
    }

    boolean narrow() {
        return dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
    }

    /// The same place with new values, given in the order of memory.
    Sample with(double[] inMemory) {
        double[] values = new double[inMemory.length];
        Arrays.setAll(values, i -> inMemory[memory[i]]);
        return new Sample(dtype, shape, values, integers, memory, contiguous);
    }

    /// The same values in order, as another type.
    Sample as(DType other) {
        double[] values = reals;
        long[] whole = integers;
        if (other.isFloatingPoint() && !dtype.isFloatingPoint()) {
            values = Arrays.stream(integers).mapToDouble(v -> v).toArray();
            whole = new long[0];
        }
        return new Sample(other, shape, values, whole, memory, contiguous);
    }

    Sample transposed() {
        int rows = shape[0];
        int cols = shape[1];
        int[] source =
                IntStream.range(0, rows * cols).map(i -> i % rows * cols + i / rows).toArray();
        return picked(new int[] {cols, rows}, source, false);
    }

    /// Elements of a vector from `start` on, in steps.
    Sample sliced(int start, int step) {
        int[] source = IntStream.iterate(start, i -> i < shape[0], i -> i + step).toArray();
        return picked(new int[] {source.length}, source, step == 1);
    }

    /// The elements at these positions; their order in memory stays.
    Sample picked(int[] shape, int[] source, boolean contiguous) {
        int[] rank = Arrays.stream(source).map(i -> memory[i]).toArray();
        int[] sorted = rank.clone();
        Arrays.sort(sorted);
        return new Sample(
                dtype,
                shape,
                Arrays.stream(source).limit(reals.length).mapToDouble(i -> reals[i]).toArray(),
                Arrays.stream(source).limit(integers.length).mapToLong(i -> integers[i]).toArray(),
                Arrays.stream(rank).map(r -> Arrays.binarySearch(sorted, r)).toArray(),
                contiguous);
    }

    /// What differs from the recorded tensor; empty if nothing does. `tolerance` is relative; 0
    /// asks for the same bits.
    String difference(JsonNode tensor, double tolerance) {
        if (!tensor.get("dtype").asText().equals(dtype.toString())) {
            return "dtype " + dtype + " instead of " + tensor.get("dtype").asText();
        }
        long[] sizes = Reference.longs(tensor.get("shape"));
        if (!Arrays.equals(sizes, Arrays.stream(shape).asLongStream().toArray())) {
            return "shape " + Arrays.toString(shape) + " instead of " + Arrays.toString(sizes);
        }
        if (!dtype.isFloatingPoint()) {
            long[] expected = Reference.longs(tensor.get("data"));
            return Arrays.equals(expected, integers)
                    ? ""
                    : Arrays.toString(integers) + " instead of " + Arrays.toString(expected);
        }
        double[] expected = Reference.doubles(tensor.get("data"));
        for (int i = 0; i < expected.length; i++) {
            double e = dtype == DType.FLOAT64 ? expected[i] : (float) expected[i];
            if (Math.abs(reals[i] - e) > tolerance * Math.abs(e) || Double.isNaN(reals[i] - e)) {
                return "element %d is %s instead of %s".formatted(i, reals[i], e);
            }
        }
        return "";
    }

    private static int[] inOrder(int[] shape) {
        return IntStream.range(0, size(shape)).toArray();
    }
}
