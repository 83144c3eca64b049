package dev.lanegrad;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of a call recorded from Python, by place and by name. Values are Tensor, Long,
/// Double, Boolean, String, DType, List, null and the like.
record PythonCall(List<@Nullable Object> places, Map<String, @Nullable Object> names) {
    /// The call needs something that does not exist yet.
    static class NotImplemented extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotImplemented(String what) {
            super(what);
        }
    }

    /// The call differs on purpose.
    static final class Argued extends NotImplemented {
        private static final long serialVersionUID = 1;

        Argued(String why) {
            super(why);
        }
    }

    static PythonCall of(@Nullable Object... places) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object place : places) {
            all.add(place);
        }
        return new PythonCall(all, Map.of());
    }

    /// The arguments under the names of a signature such as `x dim=None keepdim=False *rest`, as
    /// Python binds them: a starred name takes all that is left, or the one list given in its
    /// place.
    Arguments bind(String op, String signature) {
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        Map<String, @Nullable Object> open = new LinkedHashMap<>(names);
        int next = 0;
        for (String part : signature.split(" ")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (name.startsWith("*")) {
                name = name.substring(1);
                List<@Nullable Object> rest = places.subList(next, places.size());
                boolean one = rest.size() == 1 && rest.get(0) instanceof List;
                Object value =
                        open.containsKey(name) ? open.remove(name) : one ? rest.get(0) : rest;
                bound.put(name, value);
                next = places.size();
            } else if (next < places.size()) {
                bound.put(name, places.get(next++));
            } else if (open.containsKey(name)) {
                bound.put(name, open.remove(name));
            } else if (equals >= 0) {
                bound.put(name, constant(part.substring(equals + 1)));
            } else {
                throw new IllegalArgumentException(op + ": no argument " + name);
            }
        }
        if (next < places.size() || !open.isEmpty()) {
            throw new NotImplemented(op + " with further arguments " + open.keySet());
        }
        return new Arguments(op, bound);
    }

    private static @Nullable Object constant(String text) {
        return switch (text) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            case String word when Character.isLetter(word.charAt(0)) -> word;
            case String number when number.contains(".") || number.contains("e") ->
                    (Object) Double.valueOf(number);
            case String number -> Long.valueOf(number);
        };
    }

    /// Bound arguments, read by name as the type that is wanted.
    record Arguments(String op, Map<String, @Nullable Object> values) {
        @Nullable Object get(String name) {
            return values.get(name);
        }

        boolean has(String name) {
            return values.get(name) != null;
        }

        /// A tensor that must be there.
        Tensor t(String name) {
            if (values.get(name) instanceof Tensor t) {
                return t;
            }
            throw new NotImplemented(op + " with " + name + " = " + values.get(name));
        }

        /// A tensor or null.
        @Nullable Tensor maybe(String name) {
            return has(name) ? t(name) : null;
        }

        List<Tensor> tensors(String name) {
            List<Tensor> all = new ArrayList<>();
            if (values.get(name) instanceof List<?> list) {
                for (Object element : list) {
                    all.add((Tensor) element);
                }
                return all;
            }
            throw new NotImplemented(op + " with " + name + " = " + values.get(name));
        }

        boolean flag(String name) {
            return Boolean.TRUE.equals(values.get(name));
        }

        String text(String name) {
            return String.valueOf(values.get(name));
        }

        double d(String name) {
            return number(values.get(name)).doubleValue();
        }

        long n(String name) {
            return number(values.get(name)).longValue();
        }

        int i(String name) {
            return Math.toIntExact(n(name));
        }

        /// An int or a list of ints.
        long[] longs(String name) {
            if (values.get(name) instanceof List<?> list) {
                return list.stream().mapToLong(v -> number(v).longValue()).toArray();
            }
            return new long[] {n(name)};
        }

        /// An int or a list of ints; none for null.
        int[] ints(String name) {
            if (!has(name)) {
                return new int[0];
            }
            return java.util.Arrays.stream(longs(name)).mapToInt(Math::toIntExact).toArray();
        }

        private Number number(@Nullable Object value) {
            return switch (value) {
                case Number n -> n;
                case Boolean b -> (Number) (b ? 1L : 0L);
                case null, default -> throw new NotImplemented(op + " with " + value);
            };
        }
    }
}
