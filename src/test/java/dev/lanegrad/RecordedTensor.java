package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tensors in reference files: rebuilt, and compared with.
final class RecordedTensor {
    private RecordedTensor() {}

    /// The tensor of a record, in its strides if it has any, requiring a gradient if it says so.
    static Tensor read(JsonNode record) {
        DType dtype = dtype(record.get("dtype").asText());
        Shape shape = Shape.of(Reference.longs(record.get("shape")));
        Tensor t;
        if (record.has("stride")) {
            Tensor base = dense(record.get("storage"), dtype);
            long[] wide = Reference.longs(record.get("stride"));
            int[] strides = java.util.Arrays.stream(wide).mapToInt(Math::toIntExact).toArray();
            int offset = record.get("storage_offset").asInt();
            t = new Tensor(base.storage(), offset, shape, strides, new Version(), false);
        } else {
            t = dense(record.get("data"), dtype).reshape(shape);
        }
        return t.requiresGrad(record.path("requires_grad").asBoolean());
    }

    private static Tensor dense(JsonNode data, DType dtype) {
        Tensor t = Tensor.empty(Shape.of(data.size()), dtype);
        for (int i = 0; i < data.size(); i++) {
            JsonNode value = data.get(i);
            if (dtype.isFloatingPoint()) {
                t.storage().setDouble(i, Reference.number(value));
            } else {
                t.storage().setLong(i, value.asLong());
            }
        }
        return t;
    }

    static DType dtype(String name) {
        return DType.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// How far values may be apart: `relative` of the expected value, plus `floor` of the largest
    /// finite expected value of the tensor, below which cancellation hides the digits, but at least
    /// of 1e-3, where sums of weights near 1 cancel altogether.
    record Tolerance(double relative, double floor) {
        private static final double LEAST = 1e-3;

        /// For float64: some thousand units in the last place.
        static final Tolerance FLOAT64 = new Tolerance(1e-12, 1e-13);

        /// For float32: a few units in the last place, which is 6e-8 to 1.2e-7.
        static final Tolerance FLOAT32 = new Tolerance(2e-6, 1e-6);

        static Tolerance of(DType dtype) {
            return dtype == DType.FLOAT64 ? FLOAT64 : FLOAT32;
        }
    }

    /// In what `actual` differs from the record; null if it agrees.
    static @Nullable String difference(JsonNode expected, @Nullable Tensor actual, Tolerance t) {
        if (expected.isNull() || actual == null) {
            return expected.isNull() == (actual == null)
                    ? null
                    : "expected " + expected + " but was " + actual;
        }
        DType dtype = dtype(expected.get("dtype").asText());
        Shape shape = Shape.of(Reference.longs(expected.get("shape")));
        if (actual.dtype() != dtype || !actual.shape().equals(shape)) {
            return "expected %s %s but was %s %s"
                    .formatted(dtype, shape, actual.dtype(), actual.shape());
        }
        boolean same =
                dtype.isFloatingPoint()
                        ? close(Reference.doubles(expected.get("data")), actual.toDoubleArray(), t)
                        : java.util.Arrays.equals(
                                Reference.longs(expected.get("data")), actual.toLongArray());
        return same ? null : "expected\n" + expected.get("data") + "\nbut was\n" + actual;
    }

    private static boolean close(double[] expected, double[] actual, Tolerance t) {
        double largest = Tolerance.LEAST;
        for (double e : expected) {
            largest = Double.isFinite(e) ? Math.max(largest, Math.abs(e)) : largest;
        }
        for (int i = 0; i < expected.length; i++) {
            double e = expected[i];
            double a = actual[i];
            boolean equal = e == a || (Double.isNaN(e) && Double.isNaN(a));
            double tolerance = t.relative() * Math.abs(e) + t.floor() * largest;
            if (!equal && !(Double.isFinite(e) && Math.abs(a - e) <= tolerance)) {
                return false;
            }
        }
        return true;
    }
}
