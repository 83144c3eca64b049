package dev.lanegrad;

import dev.lanegrad.PythonCall.NotImplemented;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Calls a method of [Tensor] whose name is PyTorch's in camelCase and whose parameters are
/// PyTorch's in the same order.
final class Reflected {
    private static final int UNFIT = 1000;

    private Reflected() {}

    /// @throws NotImplemented if there is no such method, or none for such arguments
    static @Nullable Object call(String name, List<@Nullable Object> arguments) {
        String java = camelCase(name);
        Method best = null;
        int least = UNFIT;
        for (Method method : Tensor.class.getMethods()) {
            if (method.getName().equals(java) && !method.isBridge()) {
                int cost = cost(method, arguments);
                if (cost < least) {
                    least = cost;
                    best = method;
                }
            }
        }
        if (best == null) {
            throw new NotImplemented(name + arguments.stream().map(Reflected::kind).toList());
        }
        return invoke(best, arguments);
    }

    static @Nullable Object call(String name, @Nullable Object... arguments) {
        return call(name, Arrays.asList(arguments));
    }

    private static @Nullable Object invoke(Method method, List<@Nullable Object> arguments) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] values = new Object[types.length];
        int shift = isStatic ? 0 : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = convert(types[i], arguments.get(i + shift));
        }
        try {
            return method.invoke(isStatic ? null : arguments.get(0), values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int cost(Method method, List<@Nullable Object> arguments) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        int shift = isStatic ? 0 : 1;
        Class<?>[] types = method.getParameterTypes();
        if (types.length + shift != arguments.size()
                || (!isStatic && !(arguments.get(0) instanceof Tensor))) {
            return UNFIT;
        }
        int cost = 0;
        for (int i = 0; i < types.length; i++) {
            cost += cost(types[i], arguments.get(i + shift));
        }
        return cost;
    }

    private static int cost(Class<?> type, @Nullable Object value) {
        return switch (value) {
            case null -> type.isPrimitive() ? UNFIT : 0;
            case Boolean _ -> type == boolean.class ? 0 : type == long.class ? 1 : UNFIT;
            case Long _ when type == long.class || type == int.class -> 0;
            case Long _ when type == double.class -> 1;
            case Long _ when type == int[].class || type == long[].class -> 2;
            case Double _ -> type == double.class ? 0 : UNFIT;
            case List<?> _ when type == int[].class || type == long[].class -> 0;
            case List<?> _ when type == Shape.class -> 1;
            case String _ when type == LossReduction.class -> 0;
            case String _ when type == IndexReduction.class -> 0;
            default -> type.isInstance(value) ? 0 : UNFIT;
        };
    }

    private static @Nullable Object convert(Class<?> type, @Nullable Object value) {
        return switch (value) {
            case Boolean b when type == long.class -> (Object) (b ? 1L : 0L);
            case Number n when type == int.class -> n.intValue();
            case Number n when type == double.class -> n.doubleValue();
            case Number n when type == int[].class -> new int[] {n.intValue()};
            case Number n when type == long[].class -> new long[] {n.longValue()};
            case List<?> list when type == int[].class ->
                    list.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
            case List<?> list when type == long[].class -> longs(list);
            case List<?> list when type == Shape.class -> Shape.of(longs(list));
            case String word when type == LossReduction.class ->
                    word.equals("batchmean")
                            ? LossReduction.BATCH_MEAN
                            : LossReduction.valueOf(word.toUpperCase(Locale.ROOT));
            case String word when type == IndexReduction.class ->
                    IndexReduction.valueOf(word.toUpperCase(Locale.ROOT));
            case null, default -> value;
        };
    }

    private static long[] longs(List<?> list) {
        return list.stream().mapToLong(v -> ((Number) v).longValue()).toArray();
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "None" : value.getClass().getSimpleName();
    }

    /// `leaky_relu` as `leakyRelu`; a trailing underscore stays.
    static String camelCase(String name) {
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean joint = name.charAt(i) == '_' && i > 0 && i < name.length() - 1;
            java.append(joint ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return java.toString();
    }
}
