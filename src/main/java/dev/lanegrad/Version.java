package dev.lanegrad;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Counts the in-place writes to a storage; shared by a tensor, its views and what was detached
/// from it.
final class Version {
    private static final VarHandle VALUE = handle("value");
    private static final VarHandle UNSEEN = handle("unseen");

    /// Threads may write to parts of a storage at once; no write may be forgotten.
    private volatile int value;

    /// Writes to the same memory that the tape is not to notice.
    private volatile int unseen;

    private final @Nullable Version origin;

    /// Where the latest write was called, if errors are being looked for.
    private @Nullable Throwable write;

    Version() {
        this(null);
    }

    /// The version of the memory of `origin` for one who writes to it unseen.
    Version(@Nullable Version origin) {
        this.origin = origin;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Version.class, field, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    int value() {
        return value;
    }

    /// All writes to the memory by this or by what was made of it, unseen ones too.
    int writes() {
        return value + unseen;
    }

    void bump() {
        VALUE.getAndAdd(this, 1);
        for (Version v = origin; v != null; v = v.origin) {
            UNSEEN.getAndAdd(v, 1);
        }
        write = Anomaly.writeTrace();
    }

    /// The error that a saved tensor was written to, with PyTorch's hint and, if it is known, the
    /// place of the write.
    IllegalStateException explained(String message) {
        IllegalStateException e =
                new IllegalStateException(
                        message
                                + (Anomaly.isSearching()
                                        ? "Hint: the backtrace further above shows the operation"
                                                + " that failed to compute its gradient. The"
                                                + " variable in question was changed in there or"
                                                + " anywhere later. Good luck!"
                                        : "Hint: enable anomaly detection to find the operation"
                                                + " that failed to compute its gradient, with"
                                                + " autograd.set_detect_anomaly(True,"
                                                + " check_nan=False)."));
        if (write != null) {
            e.addSuppressed(write);
        }
        return e;
    }
}
