package dev.lanegrad;

/// A registration, for example of a hook, that can be taken back.
public final class RemovableHandle implements AutoCloseable {
    private final Runnable removal;

    /// A registration that `removal` takes back.
    public RemovableHandle(Runnable removal) {
        this.removal = removal;
    }

    /// Takes the registration back; once more does nothing.
    public void remove() {
        removal.run();
    }

    /// As [#remove()].
    @Override
    public void close() {
        remove();
    }
}
