package dev.lanegrad;

import dev.lanegrad.PythonCall.NotImplemented;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Python's operators and built-in functions on tensors, numbers and lists.
final class PythonOperators {
    /// `...` in an index.
    static final Object ELLIPSIS = new Object();

    private static final Map<String, String> METHODS =
            Map.ofEntries(
                    Map.entry("truediv", "div"),
                    Map.entry("mod", "remainder"),
                    Map.entry("floordiv", "floor_divide"),
                    Map.entry("and", "bitwise_and"),
                    Map.entry("or", "bitwise_or"),
                    Map.entry("xor", "bitwise_xor"),
                    Map.entry("invert", "bitwise_not"),
                    Map.entry("lshift", "bitwise_left_shift"),
                    Map.entry("rshift", "bitwise_right_shift"),
                    Map.entry("iadd", "add_"),
                    Map.entry("isub", "sub_"),
                    Map.entry("imul", "mul_"),
                    Map.entry("itruediv", "div_"),
                    Map.entry("ipow", "pow_"));

    /// The operator with its sides exchanged, for a number on the left.
    private static final Map<String, String> MIRRORED =
            Map.ofEntries(
                    Map.entry("add", "add"),
                    Map.entry("mul", "mul"),
                    Map.entry("sub", "rsub"),
                    Map.entry("pow", "rpow"),
                    Map.entry("eq", "eq"),
                    Map.entry("ne", "ne"),
                    Map.entry("lt", "gt"),
                    Map.entry("gt", "lt"),
                    Map.entry("le", "ge"),
                    Map.entry("ge", "le"));

    private PythonOperators() {}

    /// A shape, which in Python is a tuple of its own kind.
    static final class Size extends AbstractList<Long> {
        private final Shape shape;

        Size(Shape shape) {
            this.shape = shape;
        }

        @Override
        public Long get(int i) {
            return (long) shape.size(i);
        }

        @Override
        public int size() {
            return shape.dim();
        }
    }

    /// A slice in an index; null where a bound is left out.
    record Slice(@Nullable Object start, @Nullable Object end, @Nullable Object step) {}

    static @Nullable Object call(String op, PythonCall call) {
        List<@Nullable Object> args = call.places();
        return switch (op) {
            case "assign" -> args.get(0);
            case "str" -> PythonRepr.of(args.get(0));
            case "unpack" -> Interpreter.parts(args.get(0));
            case "list", "tuple" ->
                    args.get(0) instanceof Tensor t
                            ? Interpreter.parts(t.unbind(0))
                            : Interpreter.parts(args.get(0));
            case "range" -> range(args);
            case "setitem" -> {
                if (!(args.get(0) instanceof Tensor t)) {
                    throw new NotImplemented("py.setitem");
                }
                PythonIndex.set(t, args.get(1), args.get(2));
                yield null;
            }
            case "getitem" -> getItem(args.get(0), args.get(1));
            case "setattr" -> setAttribute(args.get(0), String.valueOf(args.get(1)), args.get(2));
            case "is" -> args.get(0) == args.get(1);
            case "float", "int" -> tensor(op, args).item();
            case "bool" -> tensor(op, args).isTrue();
            case "getattr" -> getAttribute(args.get(0), String.valueOf(args.get(1)));
            default -> operator(op, args);
        };
    }

    private static @Nullable Object operator(String op, List<@Nullable Object> args) {
        if (args.size() == 2
                && args.get(0) instanceof Number a
                && args.get(1) instanceof Tensor b) {
            if (op.equals("truediv")) {
                return Reflected.call("mul", b.reciprocal(), a);
            }
            String mirrored = MIRRORED.get(op);
            return mirrored == null
                    ? Reflected.call(METHODS.getOrDefault(op, op), a, b)
                    : Reflected.call(mirrored, b, a);
        }
        if (!args.isEmpty() && args.get(0) instanceof Tensor) {
            String name = METHODS.getOrDefault(op, op);
            return name.equals("floor_divide")
                    ? TorchOps.call(name, new PythonCall(args, Map.of()))
                    : Reflected.call(name, args);
        }
        throw new NotImplemented("py." + op);
    }

    private static List<Long> range(List<@Nullable Object> args) {
        long first = args.size() > 1 && args.get(0) instanceof Long n ? n : 0;
        long end = args.get(args.size() > 1 ? 1 : 0) instanceof Long n ? n : 0;
        return LongStream.range(first, end).boxed().toList();
    }

    private static Tensor tensor(String op, List<@Nullable Object> args) {
        if (args.get(0) instanceof Tensor t) {
            return t;
        }
        throw new NotImplemented("py." + op);
    }

    private static @Nullable Object setAttribute(
            @Nullable Object of, String name, @Nullable Object value) {
        switch (of) {
            case Tensor t when name.equals("grad") -> t.grad((Tensor) value);
            case Tensor t when name.equals("requires_grad") -> t.requiresGrad((Boolean) value);
            case null, default -> throw new NotImplemented("setattr " + name);
        }
        return null;
    }

    private static @Nullable Object getAttribute(@Nullable Object of, String name) {
        return switch (of) {
            case Tensor t when name.equals("shape") -> new Size(t.shape());
            case Tensor t when name.equals("grad") -> t.grad();
            case Tensor t when name.equals("dtype") -> t.dtype();
            case Tensor t when name.equals("T") -> t.t();
            case Tensor t when name.equals("mT") -> t.transpose(-2, -1);
            case Tensor t when name.equals("data") -> t.data();
            case Tensor t when name.equals("requires_grad") -> t.requiresGrad();
            case Tensor t when name.equals("retains_grad") -> t.retainsGrad();
            case Tensor t when name.equals("is_leaf") -> t.isLeaf();
            case Tensor t when name.equals("_base") -> t.base();
            case Tensor t when name.equals("_version") -> (long) t.version().value();
            case dev.lanegrad.nn.Module m when m.namedParameters().containsKey(name) ->
                    m.namedParameters().get(name);
            case ValuesAndIndices v when name.equals("values") -> v.values();
            case ValuesAndIndices v when name.equals("indices") -> v.indices();
            case null, default -> throw new NotImplemented("getattr " + name);
        };
    }

    private static @Nullable Object getItem(@Nullable Object of, @Nullable Object index) {
        if (of instanceof dev.lanegrad.nn.Module m) {
            return m.get(String.valueOf(index));
        }
        if (of instanceof Tensor t) {
            return PythonIndex.get(t, index);
        }
        if (index instanceof Slice s && s.step() == null) {
            List<@Nullable Object> all = Interpreter.parts(of);
            int from = s.start() instanceof Long n ? Math.toIntExact(n) : 0;
            int to = s.end() instanceof Long n ? Math.toIntExact(n) : all.size();
            return all.subList(from, to);
        }
        return index instanceof Long i
                ? Interpreter.parts(of).get(Math.toIntExact(i))
                : Interpreter.parts(of);
    }
}
