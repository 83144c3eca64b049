package dev.lanegrad.check;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.SampleReportingFormat;

/// Shows tensors of a failing case: type, shape, strides, and a line of Java that makes the tensor
/// again.
public final class TensorReporting implements SampleReportingFormat {
    /// For the service loader.
    public TensorReporting() {}

    @Override
    public boolean appliesTo(Object value) {
        return value instanceof Tensor;
    }

    @Override
    public Object report(Object value) {
        Tensor x = (Tensor) value;
        Map<Object, Object> report = new LinkedHashMap<>();
        report.put(SampleReportingFormat.plainLabel("tensor"), describe(x));
        report.put(
                SampleReportingFormat.plainLabel("java"),
                SampleReportingFormat.plainLabel(java(x)));
        return report;
    }

    /// For example `float64 [2, 3], strides [1, 2], offset 0`.
    static Object describe(Tensor x) {
        return SampleReportingFormat.plainLabel(
                "%s %s, strides %s, offset %d"
                        .formatted(
                                x.dtype(),
                                x.shape(),
                                Arrays.toString(x.stride()),
                                x.storageOffset()));
    }

    /// An expression that makes the tensor again, in its layout if that is one of [Layout].
    static String java(Tensor x) {
        String dense = dense(x);
        for (Layout layout : Layout.values()) {
            Tensor copy = layout.copyOf(x);
            if (Arrays.equals(copy.stride(), x.stride())
                    && copy.storageOffset() == x.storageOffset()) {
                return layout == Layout.CONTIGUOUS
                        ? dense
                        : "Layout.%s.copyOf(%s)".formatted(layout, dense);
            }
        }
        return dense;
    }

    private static String dense(Tensor x) {
        String sizes = Arrays.toString(x.shape().toArray()).replaceAll("[\\[\\]]", "");
        boolean exact = x.dtype() == DType.FLOAT64 || x.dtype() == DType.INT64;
        String convert = exact ? "" : ".to(DType." + x.dtype().name() + ")";
        String array =
                x.dtype().isFloatingPoint() ? doubles(x) : "new long[] " + braces(x.toLongArray());
        return "Tensor.of(%s, Shape.of(%s))%s".formatted(array, sizes, convert);
    }

    private static String doubles(Tensor x) {
        String numbers =
                Arrays.toString(x.toDoubleArray())
                        .replace("NaN", "Double.NaN")
                        .replace("-Infinity", "Double.NEGATIVE_INFINITY")
                        .replace(" Infinity", " Double.POSITIVE_INFINITY")
                        .replace("[Infinity", "[Double.POSITIVE_INFINITY");
        return "new double[] " + numbers.replace('[', '{').replace(']', '}');
    }

    private static String braces(long[] values) {
        return Arrays.toString(values).replace('[', '{').replace(']', '}');
    }
}
