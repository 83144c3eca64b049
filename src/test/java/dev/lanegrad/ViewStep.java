package dev.lanegrad;

import java.util.Arrays;

/// One view of a view, and the same for [NaiveView]. Any numbers will do: they are brought into the
/// range that the operation allows, so that a chain stays one while it is shortened.
///
/// @param kind the operation
/// @param a mostly chooses an axis
/// @param b mostly chooses a position
/// @param c mostly chooses a length or a step
record ViewStep(Kind kind, int a, int b, int c) {
    enum Kind {
        TRANSPOSE,
        MOVEDIM,
        SELECT,
        NARROW,
        SLICE,
        UNSQUEEZE,
        SQUEEZE,
        EXPAND,
        UNFOLD,
        DIAGONAL,
        FLATTEN,
        CHUNK,
        UNBIND
    }

    /// More elements or axes say nothing new.
    private static final int MANY = 200;

    /// What a step makes of both.
    record Both(Tensor view, NaiveView naive) {}

    Both of(Tensor x, NaiveView v) {
        boolean grows = kind == Kind.UNSQUEEZE || kind == Kind.EXPAND || kind == Kind.UNFOLD;
        if (grows ? v.dim() > 4 || v.places().length > MANY : v.dim() == 0) {
            return new Both(x, v);
        }
        return switch (kind) {
            case UNSQUEEZE -> unsqueezed(x, v);
            case EXPAND -> expanded(x, v);
            case DIAGONAL -> v.dim() < 2 ? new Both(x, v) : diagonal(x, v);
            case UNFOLD -> v.dim() == 0 ? new Both(x, v) : unfolded(x, v);
            default -> alongAnAxis(x, v);
        };
    }

    private Both alongAnAxis(Tensor x, NaiveView v) {
        int axis = a % v.dim();
        int other = b % v.dim();
        int size = v.shape()[axis];
        return switch (kind) {
            case TRANSPOSE -> {
                int[] sizes = v.shape().clone();
                swap(sizes, axis, other);
                yield new Both(
                        x.transpose(axis, other - v.dim()),
                        v.pick(sizes, i -> swap(i, axis, other)));
            }
            case MOVEDIM -> {
                int[] sizes = moved(v.shape().clone(), axis, other);
                yield new Both(x.movedim(axis, other), v.pick(sizes, i -> moved(i, other, axis)));
            }
            case SELECT, UNBIND -> {
                if (size == 0) {
                    yield new Both(x, v);
                }
                int at = b % size;
                Tensor view =
                        kind == Kind.SELECT
                                ? x.select(axis, at - (c % 2) * size)
                                : x.unbind(axis)[at];
                yield new Both(view, v.pick(v.without(axis), i -> inserted(i, axis, at)));
            }
            case NARROW -> {
                int start = b % (size + 1);
                int length = c % (size - start + 1);
                yield part(x.narrow(axis, start, length), v, axis, start, length, 1);
            }
            case SLICE -> {
                int start = b % (size + 1);
                int step = 1 + c % 3;
                int length = (size - start + step - 1) / step;
                yield part(x.slice(axis, start, size, step), v, axis, start, length, step);
            }
            case CHUNK -> {
                int most = Math.ceilDiv(size, 1 + c % 3);
                int chunks = size == 0 ? 1 + c % 3 : Math.ceilDiv(size, most);
                int start = size == 0 ? 0 : b % chunks * most;
                int length = Math.min(most, size - start);
                Tensor view = x.chunk(1 + c % 3, axis)[b % chunks];
                yield part(view, v, axis, start, length, 1);
            }
            case SQUEEZE -> new Both(x.squeeze(axis), size == 1 ? v.reshaped(v.without(axis)) : v);
            case FLATTEN -> {
                int first = Math.min(axis, other);
                int last = Math.max(axis, other);
                int[] gone = Arrays.copyOfRange(v.shape(), first, last + 1);
                int product = Arrays.stream(gone).reduce(1, (p, q) -> p * q);
                int[] sizes = v.with(first, gone.length, product);
                long[] wide = Arrays.stream(sizes).asLongStream().toArray();
                yield new Both(
                        canBe(x, wide) ? x.view(wide) : x, canBe(x, wide) ? v.reshaped(sizes) : v);
            }
            default -> throw new IllegalStateException(kind.toString());
        };
    }

    /// Whether that shape needs no copy.
    private static boolean canBe(Tensor x, long[] sizes) {
        try {
            x.view(sizes);
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (x.isContiguous()) {
                throw e;
            }
            return false;
        }
    }

    private static Both part(Tensor view, NaiveView v, int axis, int start, int length, int step) {
        return new Both(
                view,
                v.pick(
                        v.with(axis, 1, length),
                        i -> {
                            i[axis] = start + i[axis] * step;
                            return i;
                        }));
    }

    private Both unsqueezed(Tensor x, NaiveView v) {
        int axis = a % (v.dim() + 1);
        return new Both(x.unsqueeze(axis), v.reshaped(v.with(axis, 0, 1)));
    }

    /// The first axis of one element repeats it, else a new one in front all.
    private Both expanded(Tensor x, NaiveView v) {
        int times = b % 3;
        int axis = 0;
        while (axis < v.dim() && v.shape()[axis] != 1) {
            axis++;
        }
        boolean front = axis == v.dim();
        int at = front ? 0 : axis;
        int[] sizes = v.with(at, front ? 0 : 1, times);
        long[] wide = Arrays.stream(sizes).asLongStream().toArray();
        return new Both(
                x.expand(wide),
                v.pick(
                        sizes,
                        i -> {
                            if (front) {
                                return Arrays.copyOfRange(i, 1, i.length);
                            }
                            i[at] = 0;
                            return i;
                        }));
    }

    private Both unfolded(Tensor x, NaiveView v) {
        int axis = a % v.dim();
        int size = v.shape()[axis];
        int length = size == 0 ? 0 : 1 + b % size;
        int step = 1 + c % 3;
        int[] sizes = Arrays.copyOf(v.shape(), v.dim() + 1);
        sizes[axis] = (size - length) / step + 1;
        sizes[v.dim()] = length;
        return new Both(
                x.unfold(axis, length, step),
                v.pick(
                        sizes,
                        i -> {
                            int[] from = Arrays.copyOf(i, i.length - 1);
                            from[axis] = i[axis] * step + i[i.length - 1];
                            return from;
                        }));
    }

    private Both diagonal(Tensor x, NaiveView v) {
        int row = a % v.dim();
        int column = (row + 1 + b % (v.dim() - 1)) % v.dim();
        int offset = c % 5 - 2;
        int down = Math.max(0, -offset);
        int right = Math.max(0, offset);
        int length = Math.max(0, Math.min(v.shape()[row] - down, v.shape()[column] - right));
        int[] rest =
                new NaiveView(v.without(Math.max(row, column)), v.places())
                        .without(Math.min(row, column));
        int[] sizes = Arrays.copyOf(rest, rest.length + 1);
        sizes[rest.length] = length;
        return new Both(
                x.diagonal(offset, row, column),
                v.pick(
                        sizes,
                        i -> {
                            int k = i[i.length - 1];
                            int[] from = Arrays.copyOf(i, i.length - 1);
                            boolean rowFirst = row < column;
                            from =
                                    inserted(
                                            from,
                                            Math.min(row, column),
                                            k + (rowFirst ? down : right));
                            return inserted(
                                    from, Math.max(row, column), k + (rowFirst ? right : down));
                        }));
    }

    private static int[] swap(int[] x, int i, int j) {
        int kept = x[i];
        x[i] = x[j];
        x[j] = kept;
        return x;
    }

    private static int[] moved(int[] x, int from, int to) {
        int value = x[from];
        int[] rest = new int[x.length - 1];
        System.arraycopy(x, 0, rest, 0, from);
        System.arraycopy(x, from + 1, rest, from, rest.length - from);
        return inserted(rest, to, value);
    }

    private static int[] inserted(int[] x, int at, int value) {
        int[] y = new int[x.length + 1];
        System.arraycopy(x, 0, y, 0, at);
        y[at] = value;
        System.arraycopy(x, at, y, at + 1, x.length - at);
        return y;
    }
}
