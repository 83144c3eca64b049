package dev.lanegrad;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hooks of one kind in the order in which they run. Any thread may add and remove while others run
/// them.
///
/// @param <H> the kind
public final class Hooks<H> implements Iterable<H> {
    private record Entry<H>(H hook) {}

    private final List<Entry<H>> entries = new CopyOnWriteArrayList<>();

    /// No hooks.
    public Hooks() {}

    /// Adds a hook that runs after those already there.
    public RemovableHandle add(H hook) {
        return add(hook, false);
    }

    /// Adds a hook that runs after those already there, or before them if `first`.
    public RemovableHandle add(H hook, boolean first) {
        Entry<H> entry = new Entry<>(hook);
        entries.add(first ? 0 : entries.size(), entry);
        return new RemovableHandle(() -> remove(entry));
    }

    /// This registration, not another one of an equal hook.
    @SuppressWarnings("ReferenceEquality")
    private void remove(Entry<H> entry) {
        entries.removeIf(e -> e == entry);
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public Iterator<H> iterator() {
        return entries.stream().map(Entry::hook).iterator();
    }
}
