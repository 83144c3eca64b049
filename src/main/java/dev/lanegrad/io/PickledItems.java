package dev.lanegrad.io;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container of a pickle. It may contain itself, and is nothing but its identity.
final class PickledItems {
    /// What it will be. The items of a dict are key, value, key, value, ...
    enum Kind {
        LIST,
        TUPLE,
        SET,
        DICT
    }

    final Kind kind;
    final List<@Nullable Object> items;

    PickledItems(Kind kind) {
        this(kind, new ArrayList<>(0));
    }

    /// Over `items` itself.
    PickledItems(Kind kind, List<@Nullable Object> items) {
        this.kind = kind;
        this.items = items;
    }
}
