package dev.lanegrad;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/// Counts the in-place writes that the tape is to notice; shared by a tensor, its views and what
/// was detached from it. [Storage#writes()] counts all.
final class Version {
    private static final AtomicIntegerFieldUpdater<Version> VALUE =
            AtomicIntegerFieldUpdater.newUpdater(Version.class, "value");

    /// Threads may write to parts of a storage at once; no write may be forgotten.
    private volatile int value;

    /// Where the latest write was called, if errors are being looked for.
    private @Nullable Throwable write;

    int value() {
        return value;
    }

    void bump() {
        VALUE.getAndIncrement(this);
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
