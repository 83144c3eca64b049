package dev.lanegrad;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of code whose tensors give their memory back when it ends.
///
/// Optional: without a scope the collector does the same later. Kept beyond the end are gradients
/// of leaves, tensors passed to [#keep], and the storages of tensors made outside. Using another
/// tensor of the scope afterwards throws.
///
/// ```java
/// try (var scope = Lanegrad.scope()) {
///     Tensor loss = model.forward(x).crossEntropy(target);
///     loss.backward();
///     total += loss.item().doubleValue();
/// }
/// ```
public final class Scope implements AutoCloseable {
    private final Modes modes = Modes.current();
    private final @Nullable Scope outer = modes.scope;
    private final List<Storage> made = new ArrayList<>();
    private final IdentityHashMap<Storage, Boolean> kept = new IdentityHashMap<>();

    Scope() {
        modes.scope = this;
    }

    void add(Storage storage) {
        made.add(storage);
    }

    /// Keeps the tensor's memory beyond the scope: it belongs to the enclosing scope, if there is
    /// one, else to the collector.
    public Tensor keep(Tensor t) {
        keep(t.storage());
        return t;
    }

    void keep(Storage storage) {
        for (Scope s = this; s != null; s = s.outer) {
            s.kept.put(storage, true);
        }
    }

    /// Gives the memory of the scope's tensors back.
    ///
    /// @throws IllegalStateException if scopes are not closed innermost first, on their own thread
    @Override
    public void close() {
        if (Modes.current() != modes || modes.scope != this) {
            throw new IllegalStateException(
                    "scope: must be closed on the thread that opened it, innermost first");
        }
        modes.scope = outer;
        for (Storage storage : made) {
            if (!kept.containsKey(storage)) {
                storage.release();
            }
        }
    }
}
