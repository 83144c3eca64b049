package dev.lanegrad.io;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes tensors and Java's containers of what a pickle describes: a tree of bounded depth, in
/// which what was shared still is.
final class PthTree {
    private static final int MAX_DEPTH = 200;

    /// Values of the tree, those that are shared as often as they are met.
    private static final long MAX_SIZE = 20_000_000;

    private static final int MAX_KEY_SIZE = 64;

    /// Reads the elements of a storage, in their order.
    interface Storages {
        Tensor load(PickledStorage storage) throws IOException;
    }

    private record Made(@Nullable Object value, long size) {}

    private final Path file;
    private final Storages storages;
    private final IdentityHashMap<PickledStorage, Tensor> loaded = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Made> made = new IdentityHashMap<>();
    private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());
    private long size;

    PthTree(Path file, Storages storages) {
        this.file = file;
        this.storages = storages;
    }

    /// The value that `raw` describes.
    @Nullable Object value(@Nullable Object raw) throws IOException {
        if (++size > MAX_SIZE) {
            throw rule("there are more than %d values".formatted(MAX_SIZE));
        }
        return switch (raw) {
            case PickledItems items -> container(items);
            case PickledTensor t -> tensor(t);
            case PickleNames.Size s -> shape(s);
            case PickledStorage s ->
                    throw rule("storage %s is a value of its own".formatted(Names.quote(s.key)));
            case PickledStorage.Kind _ -> throw rule("a class of storages is a value");
            case PickleNames.Callee callee -> throw rule(callee + " is a value");
            case null, default -> raw;
        };
    }

    private @Nullable Object container(PickledItems raw) throws IOException {
        Made before = made.get(raw);
        if (before != null) {
            size += before.size;
            return before.value;
        }
        if (!path.add(raw)) {
            throw rule("a %s contains itself".formatted(raw.kind));
        }
        if (path.size() > MAX_DEPTH) {
            throw rule("containers are nested deeper than %d".formatted(MAX_DEPTH));
        }
        long start = size;
        Object value =
                switch (raw.kind) {
                    case LIST -> values(raw);
                    case TUPLE -> Collections.unmodifiableList(values(raw));
                    case SET -> set(raw);
                    case DICT -> dict(raw);
                };
        path.remove(raw);
        made.put(raw, new Made(value, size - start));
        return value;
    }

    private List<@Nullable Object> values(PickledItems raw) throws IOException {
        List<@Nullable Object> values = new ArrayList<>(raw.items.size());
        for (Object item : raw.items) {
            values.add(value(item));
        }
        return values;
    }

    private Set<@Nullable Object> set(PickledItems raw) throws IOException {
        Set<@Nullable Object> set = new LinkedHashSet<>();
        for (Object item : raw.items) {
            set.add(key(item));
        }
        return set;
    }

    private Map<@Nullable Object, @Nullable Object> dict(PickledItems raw) throws IOException {
        Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < raw.items.size(); i += 2) {
            dict.put(key(raw.items.get(i)), value(raw.items.get(i + 1)));
        }
        return dict;
    }

    private @Nullable Object key(@Nullable Object raw) throws IOException {
        if (!isHashable(raw)) {
            throw rule("a dict or a set has a key that is no text, number or tuple of such");
        }
        long start = size;
        Object key = value(raw);
        if (size - start > MAX_KEY_SIZE) {
            throw rule("a key is a tuple of more than %d values".formatted(MAX_KEY_SIZE));
        }
        return key;
    }

    private boolean isHashable(@Nullable Object raw) {
        return switch (raw) {
            case null -> true;
            case Boolean _, Long _, BigInteger _, Double _, String _ -> true;
            case PickledItems tuple when tuple.kind == PickledItems.Kind.TUPLE ->
                    tuple.items.size() <= MAX_KEY_SIZE
                            && tuple.items.stream().allMatch(PthTree::isScalar);
            default -> false;
        };
    }

    private static boolean isScalar(@Nullable Object raw) {
        return raw == null
                || raw instanceof Boolean
                || raw instanceof Number
                || raw instanceof String;
    }

    private Shape shape(PickleNames.Size size) throws MalformedFileException {
        try {
            return Shape.of(size.sizes());
        } catch (IllegalArgumentException e) {
            throw rule("torch.Size: " + e.getMessage());
        }
    }

    private Tensor tensor(PickledTensor raw) throws IOException {
        if (made.get(raw) instanceof Made(Tensor t, long _)) {
            return t;
        }
        Tensor elements = loaded.get(raw.storage());
        if (elements == null) {
            elements = storages.load(raw.storage());
            loaded.put(raw.storage(), elements);
        }
        Tensor t = elements.asStrided(raw.sizes(), raw.strides(), raw.offset()).detach();
        if (raw.parameter()) {
            t = t.parameter().requiresGrad(raw.requiresGrad());
        } else if (raw.requiresGrad()) {
            t.requiresGrad(true);
        }
        made.put(raw, new Made(t, 1));
        return t;
    }

    private MalformedFileException rule(String rule) {
        return new MalformedFileException(file, rule);
    }
}
