package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// What a kernel is handed for a tensor that may be missing.
final class OptionalOperand {
    private OptionalOperand() {}

    /// The array of `t`; null if there is none.
    static @Nullable Object array(@Nullable Tensor t) {
        return t == null ? null : t.array();
    }

    /// Where `t` begins in its array; 0 if there is none.
    static int offset(@Nullable Tensor t) {
        return t == null ? 0 : t.offset();
    }
}
