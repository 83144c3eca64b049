package dev.lanegrad.io;

import dev.lanegrad.DType;
import org.jspecify.annotations.Nullable;

/// A storage that a pickle refers to.
final class PickledStorage {
    /// The class of storages of a type, or of bare bytes.
    record Kind(@Nullable DType dtype) {}

    final String key;
    private final Kind kind;
    private final long length;

    /// Bare bytes get the type of the first tensor in them.
    private @Nullable DType dtype;

    /// @param length in elements; of bare bytes, in bytes
    PickledStorage(String key, Kind kind, long length) {
        this.key = key;
        this.kind = kind;
        this.length = length;
        dtype = kind.dtype;
    }

    /// Whether another reference means the same.
    boolean is(Kind kind, long length) {
        return this.kind.equals(kind) && this.length == length;
    }

    /// Whether a tensor of this type can lie here.
    boolean takes(DType type) {
        if (dtype == null && length % type.bytes() == 0) {
            dtype = type;
        }
        return dtype == type;
    }

    /// The type of the elements; bytes if no tensor has told.
    DType dtype() {
        return dtype == null ? DType.UINT8 : dtype;
    }

    /// Number of elements of [#dtype()].
    long elements() {
        return kind.dtype == null ? length / dtype().bytes() : length;
    }

    /// Size in bytes.
    long bytes() {
        return elements() * dtype().bytes();
    }
}
