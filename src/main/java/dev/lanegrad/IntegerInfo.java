package dev.lanegrad;

/// The limits of an integer type, as `torch.iinfo`.
///
/// @param dtype the type
public record IntegerInfo(DType dtype, long min, long max) {
    /// The limits of `dtype`.
    ///
    /// @throws IllegalArgumentException if it is no integer type
    public static IntegerInfo of(DType dtype) {
        return switch (dtype) {
            case INT64 -> new IntegerInfo(dtype, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT32 -> new IntegerInfo(dtype, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT16 -> new IntegerInfo(dtype, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT8 -> new IntegerInfo(dtype, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> new IntegerInfo(dtype, 0, 255);
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL ->
                    throw new IllegalArgumentException("iinfo: " + dtype + " is no integer type");
        };
    }

    /// For example `iinfo(min=-128, max=127, dtype=int8)`.
    @Override
    public String toString() {
        return "iinfo(min=%d, max=%d, dtype=%s)".formatted(min, max, dtype);
    }
}
