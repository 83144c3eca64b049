package dev.lanegrad;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.PackedConv2d;
import org.jspecify.annotations.Nullable;

/// A convolution's weight in the form that the kernels read, kept with the weight's memory until
/// that is written to: what networks that learn nothing need not make again and again.
///
/// Any thread may keep one, and read one; who comes late makes it again.
///
/// @param key what it was made of, and how
/// @param panels what it was made into; null if this only notes that the weight was used
record PackedWeight(Key key, @Nullable Object panels) {
    /// @param writes writes to the memory before
    private record Key(
            int writes,
            int offset,
            WeightStrides strides,
            int sources,
            int targets,
            int rows,
            int columns,
            int groups,
            ConvAlgorithm algorithm) {}

    /// The form of `w`, if it is kept or if this is not its first use since it was written to.
    /// Whose memory others than tensors may write to is never kept.
    static @Nullable Object ifReused(
            Tensor w, WeightStrides strides, ConvShape s, ConvAlgorithm algorithm) {
        Storage storage = w.storage();
        if (storage.wrapped) {
            return null;
        }
        Key key = key(w, strides, s, algorithm);
        PackedWeight kept = storage.packed;
        if (kept == null || !kept.key.equals(key)) {
            storage.packed = new PackedWeight(key, null);
            return null;
        }
        return kept.panels != null ? kept.panels : keep(w, strides, s, algorithm, key);
    }

    /// The form of `w`, kept from now on if it can be.
    static Object of(Tensor w, WeightStrides strides, ConvShape s, ConvAlgorithm algorithm) {
        Storage storage = w.storage();
        Key key = key(w, strides, s, algorithm);
        PackedWeight kept = storage.packed;
        return kept != null && kept.panels != null && kept.key.equals(key)
                ? kept.panels
                : keep(w, strides, s, algorithm, key);
    }

    /// Gives the memory up: the weight is about to learn.
    static void forget(Tensor w) {
        w.storage().packed = null;
    }

    private static Object keep(
            Tensor w, WeightStrides strides, ConvShape s, ConvAlgorithm algorithm, Key key) {
        Object panels = PackedConv2d.pack(w.array(), w.offset(), strides, s, algorithm);
        Storage storage = w.storage();
        if (!storage.wrapped) {
            storage.packed = new PackedWeight(key, panels);
        }
        return panels;
    }

    private static Key key(Tensor w, WeightStrides strides, ConvShape s, ConvAlgorithm algorithm) {
        return new Key(
                w.version().writes(),
                w.offset(),
                strides,
                s.c(),
                s.o(),
                s.kh(),
                s.kw(),
                s.groups(),
                algorithm);
    }
}
