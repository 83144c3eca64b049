package dev.lanegrad.io;

import dev.lanegrad.DType;
import dev.lanegrad.io.PickledItems.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that a pickle of tensors may use, and what they stand for. All others are refused.
///
/// A method returns what the pickle gets, or a [Refusal].
final class PickleNames {
    /// Why a pickle is refused.
    record Refusal(String rule) {}

    /// A class or function that may be called.
    enum Callee {
        ORDERED_DICT("collections.OrderedDict"),
        COUNTER("collections.Counter"),
        SET("builtins.set"),
        ENCODE("_codecs.encode"),
        SIZE("torch.Size"),
        DEVICE("torch.device"),
        REBUILD_TENSOR("torch._utils._rebuild_tensor"),
        REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
        REBUILD_TENSOR_V3("torch._utils._rebuild_tensor_v3"),
        REBUILD_PARAMETER("torch._utils._rebuild_parameter");

        private final String text;

        Callee(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// A size, as `torch.Size`.
    record Size(long... sizes) {}

    private static final int MAX_AXES = 64;
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;
    private static final Map<String, Object> KNOWN = known();

    /// PyTorch's types that Lanegrad has not.
    private static final Set<String> FOREIGN =
            Set.of("uint16", "uint32", "uint64", "complex32", "complex64", "complex128");

    private final Map<String, PickledStorage> storages = new HashMap<>();

    private static Map<String, Object> known() {
        Map<String, Object> known = new HashMap<>();
        for (Callee callee : Callee.values()) {
            known.put(callee.text, callee);
        }
        known.put("__builtin__.set", Callee.SET);
        for (DType dtype : DType.values()) {
            known.put("torch." + dtype, dtype);
            known.put("torch." + dtype.scalarName() + "Storage", new PickledStorage.Kind(dtype));
        }
        known.put("torch.float", DType.FLOAT32);
        known.put("torch.double", DType.FLOAT64);
        known.put("torch.half", DType.FLOAT16);
        known.put("torch.long", DType.INT64);
        known.put("torch.int", DType.INT32);
        known.put("torch.short", DType.INT16);
        known.put("torch.storage.UntypedStorage", new PickledStorage.Kind(null));
        known.put("torch.UntypedStorage", new PickledStorage.Kind(null));
        return known;
    }

    Object find(String module, String name) {
        String full = module + "." + name;
        Object known = KNOWN.get(full);
        if (known != null) {
            return known;
        }
        if (module.equals("torch") && (FOREIGN.contains(name) || name.startsWith("float8"))) {
            return new Refusal("elements of type " + Names.quote(full) + " are not supported");
        }
        if (module.equals("torch") && name.startsWith("Complex")) {
            String type = name.equals("ComplexFloatStorage") ? "complex64" : "complex128";
            return new Refusal(
                    "elements of type %s (%s) are not supported"
                            .formatted(type, Names.quote(full)));
        }
        return new Refusal(
                Names.quote(full)
                        + " is not allowed: only tensors, containers, numbers and texts are read, no"
                        + " objects of classes and no calls");
    }

    // ------------------------------------------------------------ calls

    Object make(@Nullable Object type, @Nullable Object args) {
        return type == Callee.ORDERED_DICT ? call(type, args) : notCallable(type);
    }

    private static Refusal notCallable(@Nullable Object value) {
        return new Refusal(
                value instanceof Callee
                                || value instanceof DType
                                || value instanceof PickledStorage.Kind
                        ? "%s is not to be made like this".formatted(value)
                        : "a value is called that is no known function");
    }

    Object call(@Nullable Object function, @Nullable Object arguments) {
        if (!(function instanceof Callee callee)
                || !(arguments instanceof PickledItems tuple && tuple.kind == Kind.TUPLE)) {
            return notCallable(function);
        }
        List<@Nullable Object> args = tuple.items;
        Object made =
                switch (callee) {
                    case ORDERED_DICT -> dict(args);
                    case COUNTER -> dict(args);
                    case SET -> set(args);
                    case ENCODE -> encoded(args);
                    case SIZE -> size(args);
                    case DEVICE ->
                            args.isEmpty() ? null : args.getFirst() instanceof String s ? s : null;
                    case REBUILD_TENSOR -> args.size() == 4 ? tensor(args, false, null) : null;
                    case REBUILD_TENSOR_V2 -> tensor2(args);
                    case REBUILD_TENSOR_V3 -> tensor3(args);
                    case REBUILD_PARAMETER -> parameter(args);
                };
        return made != null ? made : new Refusal(callee + " gets arguments that do not suit it");
    }

    private static @Nullable Object dict(List<@Nullable Object> args) {
        if (args.isEmpty()) {
            return new PickledItems(Kind.DICT);
        }
        if (args.size() != 1 || !(args.getFirst() instanceof PickledItems from)) {
            return null;
        }
        PickledItems dict = new PickledItems(Kind.DICT);
        if (from.kind == Kind.DICT) {
            dict.items.addAll(from.items);
            return dict;
        }
        for (Object pair : from.items) {
            if (!(pair instanceof PickledItems p && p.kind != Kind.DICT && p.items.size() == 2)) {
                return null;
            }
            dict.items.addAll(p.items);
        }
        return dict;
    }

    private static @Nullable Object set(List<@Nullable Object> args) {
        PickledItems set = new PickledItems(Kind.SET);
        if (args.size() == 1
                && args.getFirst() instanceof PickledItems from
                && from.kind != Kind.DICT) {
            set.items.addAll(from.items);
            return set;
        }
        return args.isEmpty() ? set : null;
    }

    /// How protocol 2 writes bytes.
    private static byte @Nullable [] encoded(List<@Nullable Object> args) {
        return args.size() == 2
                        && args.get(0) instanceof String text
                        && "latin1".equals(args.get(1))
                        && text.chars().allMatch(c -> c < 256)
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : null;
    }

    private static @Nullable Object size(List<@Nullable Object> args) {
        long[] sizes = args.size() == 1 ? integers(args.getFirst()) : null;
        return sizes == null ? null : new Size(sizes);
    }

    /// An OrderedDict's state is what else PyTorch hangs on it: nothing that is a value.
    Object setState(@Nullable Object target, @Nullable Object state) {
        boolean dict = target instanceof PickledItems t && t.kind == Kind.DICT;
        boolean attributes = state instanceof PickledItems s && s.kind == Kind.DICT;
        return dict && attributes
                ? Objects.requireNonNull(state)
                : new Refusal("only an OrderedDict can have a state");
    }

    // ------------------------------------------------------------ tensors

    Object storage(@Nullable Object id) {
        if (!(id instanceof PickledItems tuple && tuple.kind == Kind.TUPLE)
                || tuple.items.isEmpty()
                || !"storage".equals(tuple.items.getFirst())) {
            return new Refusal("a persistent id is not that of a storage");
        }
        List<@Nullable Object> parts = tuple.items;
        if (parts.size() < 5
                || parts.size() > 6
                || !(parts.get(1) instanceof PickledStorage.Kind kind)
                || !(parts.get(2) instanceof String key)
                || !(parts.get(3) instanceof String)
                || !(parts.get(4) instanceof Long length)) {
            return new Refusal("a storage's id is not (\"storage\", class, key, location, length)");
        }
        if (parts.size() == 6 && parts.get(5) != null) {
            return new Refusal(
                    "storage %s is a view of another: PyTorch wrote such before 0.4"
                            .formatted(Names.quote(key)));
        }
        long limit = kind.dtype() == null ? 8 * MAX_ELEMENTS : MAX_ELEMENTS;
        if (length < 0 || length > limit) {
            return new Refusal(
                    "storage %s has %d elements, not 0 to %d"
                            .formatted(Names.quote(key), length, limit));
        }
        PickledStorage storage =
                storages.computeIfAbsent(key, k -> new PickledStorage(k, kind, length));
        return storage.is(kind, length)
                ? storage
                : new Refusal(
                        "storage %s is of several types or lengths".formatted(Names.quote(key)));
    }

    /// The storages of all references so far, by key.
    Map<String, PickledStorage> storages() {
        return storages;
    }

    private static @Nullable Object tensor2(List<@Nullable Object> args) {
        return (args.size() == 6 || args.size() == 7) && args.get(4) instanceof Boolean required
                ? tensor(args, required, null)
                : null;
    }

    private static @Nullable Object tensor3(List<@Nullable Object> args) {
        return (args.size() == 7 || args.size() == 8)
                        && args.get(4) instanceof Boolean required
                        && args.get(6) instanceof DType dtype
                ? tensor(args, required, dtype)
                : null;
    }

    private static @Nullable Object parameter(List<@Nullable Object> args) {
        if (args.size() != 3
                || !(args.get(0) instanceof PickledTensor t)
                || !(args.get(1) instanceof Boolean required)) {
            return null;
        }
        return checkedGradient(
                new PickledTensor(t.storage(), t.offset(), t.sizes(), t.strides(), required, true));
    }

    private static Object checkedGradient(PickledTensor t) {
        return t.requiresGrad() && !t.storage().dtype().isFloatingPoint()
                ? new Refusal(
                        "a tensor of type %s requires a gradient".formatted(t.storage().dtype()))
                : t;
    }

    private static @Nullable Object tensor(
            List<@Nullable Object> args, boolean requiresGrad, @Nullable DType as) {
        long[] sizes = integers(args.get(2));
        long[] strides = integers(args.get(3));
        if (!(args.get(0) instanceof PickledStorage storage)
                || !(args.get(1) instanceof Long offset)
                || sizes == null
                || strides == null) {
            return null;
        }
        if (!storage.takes(as != null ? as : storage.dtype())) {
            return new Refusal(
                    "storage %s holds %s, not %s"
                            .formatted(Names.quote(storage.key), storage.dtype(), as));
        }
        PickledTensor t = new PickledTensor(storage, offset, sizes, strides, requiresGrad, false);
        String fault = t.fault(MAX_AXES, MAX_ELEMENTS);
        return fault == null ? checkedGradient(t) : new Refusal(fault);
    }

    /// Null unless it is a tuple, list or size of integers.
    private static long @Nullable [] integers(@Nullable Object value) {
        if (value instanceof Size(long[] sizes)) {
            return sizes;
        }
        if (!(value instanceof PickledItems list
                && (list.kind == Kind.TUPLE || list.kind == Kind.LIST))) {
            return null;
        }
        long[] integers = new long[list.items.size()];
        for (int i = 0; i < integers.length; i++) {
            if (!(list.items.get(i) instanceof Long n)) {
                return null;
            }
            integers[i] = n;
        }
        return integers;
    }
}
