package dev.lanegrad;

/// The element type of a tensor, named as PyTorch names it.
public enum DType {
    FLOAT32("float32", "Float", 4),
    FLOAT64("float64", "Double", 8),
    FLOAT16("float16", "Half", 2),
    BFLOAT16("bfloat16", "BFloat16", 2),
    INT64("int64", "Long", 8),
    INT32("int32", "Int", 4),
    INT16("int16", "Short", 2),
    INT8("int8", "Char", 1),
    UINT8("uint8", "Byte", 1),
    BOOL("bool", "Bool", 1);

    private final String text;
    private final String scalarName;
    private final int bytes;

    DType(String text, String scalarName, int bytes) {
        this.text = text;
        this.scalarName = scalarName;
        this.bytes = bytes;
    }

    /// PyTorch's name without the prefix `torch.`, for example `float32`.
    @Override
    public String toString() {
        return text;
    }

    /// The name of the scalar type in PyTorch's error messages, for example `Float` or `Long`.
    public String scalarName() {
        return scalarName;
    }

    /// Size of one element in bytes.
    public int bytes() {
        return bytes;
    }

    /// Whether elements are real numbers with a fraction, which only such tensors' gradients are.
    public boolean isFloatingPoint() {
        return switch (this) {
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
            case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
        };
    }

    /// The smallest type that holds the values of both, as `torch.promote_types`.
    public static DType promoteTypes(DType a, DType b) {
        return Promotion.of(a, b);
    }
}
