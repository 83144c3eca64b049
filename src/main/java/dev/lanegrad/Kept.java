package dev.lanegrad;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tensor that a recorded operation keeps for its backward.
///
/// @param name what it is to the operation
/// @param shape its sizes
/// @param dtype its type
/// @param bytes that its elements take
record Kept(String name, Shape shape, DType dtype, long bytes, Storage storage) {
    /// What a node keeps; nothing after its memory was given back.
    static List<Kept> of(Node node) {
        List<Kept> all = new ArrayList<>();
        Backward rule = node.ruleIfKept();
        if (rule != null) {
            collect("", rule, all);
        }
        return all;
    }

    /// Bytes of different memory.
    static long bytes(List<Kept> all) {
        Set<Storage> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long sum = 0;
        for (Kept kept : all) {
            if (seen.add(kept.storage)) {
                sum += (long) kept.storage.size() * kept.dtype.bytes();
            }
        }
        return sum;
    }

    private static void collect(String name, @Nullable Object value, List<Kept> all) {
        switch (value) {
            case Saved s -> {
                Tensor t = s.peek();
                if (t != null) {
                    all.add(new Kept(name, t.shape(), t.dtype(), s.bytes(), t.storage()));
                } else if (s.elsewhere() != null) {
                    collect("checkpoint", s.elsewhere(), all);
                }
            }
            case Saved[] array -> {
                for (int i = 0; i < array.length; i++) {
                    collect(name + i, array[i], all);
                }
            }
            case FunctionCall call -> collect("saved", call.context().savedNow(), all);
            case Record parts -> {
                for (RecordComponent part : parts.getClass().getRecordComponents()) {
                    collect(part.getName(), read(parts, part), all);
                }
            }
            case null, default -> {}
        }
    }

    private static @Nullable Object read(Record parts, RecordComponent part) {
        try {
            var accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(parts);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
