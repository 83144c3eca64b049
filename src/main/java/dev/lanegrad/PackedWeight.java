package dev.lanegrad;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A weight in the form that kernels read, kept with the weight's memory until that is written to:
/// what networks that learn nothing need not make again and again.
///
/// Any thread may keep one, and read one; who comes late makes it again.
///
/// @param writes writes to the memory before
/// @param offset where the weight begins in it
/// @param form which form of it this is: equal ones have equal elements
/// @param packed what the kernels read; null if this only notes that the weight was used
record PackedWeight(int writes, int offset, Record form, @Nullable Object packed) {
    /// The form of `w`, if it is kept or if this is not its first use since it was written to.
    ///
    /// Not kept is memory that others than tensors may write to, gradients on their way, and
    /// whatever a program uses while it is planned: a plan repeats calls of kernels alone.
    static @Nullable Object ifReused(Tensor w, Record form, Supplier<Object> pack) {
        Storage storage = w.storage();
        PackedWeight used = current(w, form);
        if (used != null && used.packed != null) {
            return used.packed;
        }
        if (storage.wrapped || storage.owner != null || Modes.current().arena != null) {
            return null;
        }
        if (used != null) {
            return keep(w, form, pack);
        }
        storage.packed = new PackedWeight(storage.writes(), w.offset(), form, null);
        return null;
    }

    /// The form of `w`, kept from now on if it can be.
    static Object of(Tensor w, Record form, Supplier<Object> pack) {
        PackedWeight kept = current(w, form);
        return kept != null && kept.packed != null ? kept.packed : keep(w, form, pack);
    }

    /// Gives the memory up: the weight is about to learn.
    static void forget(Tensor w) {
        w.storage().packed = null;
    }

    private static Object keep(Tensor w, Record form, Supplier<Object> pack) {
        Storage storage = w.storage();
        int writes = storage.writes();
        Object packed = pack.get();
        if (!storage.wrapped) {
            storage.packed = new PackedWeight(writes, w.offset(), form, packed);
        }
        return packed;
    }

    /// What there is of `w` since it was written to, if that is this form.
    private static @Nullable PackedWeight current(Tensor w, Record form) {
        PackedWeight kept = w.storage().packed;
        return kept != null
                        && kept.writes == w.storage().writes()
                        && kept.offset == w.offset()
                        && kept.form.equals(form)
                ? kept
                : null;
    }
}
