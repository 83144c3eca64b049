package dev.lanegrad;

import java.util.Arrays;

/// The sizes of a tensor's axes, outermost first; the empty shape is that of a single value.
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0], 1);

    private final int[] sizes;
    private final int numel;

    private Shape(int[] sizes, int numel) {
        this.sizes = sizes;
        this.numel = numel;
    }

    /// The shape of these sizes.
    ///
    /// @throws IllegalArgumentException if a size is negative, or the number of elements exceeds
    ///   2³¹ − 9, the longest array of the virtual machine
    public static Shape of(long... sizes) {
        if (sizes.length == 0) {
            return SCALAR;
        }
        int[] ints = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0) {
                throw new IllegalArgumentException(
                        "shape: size "
                                + sizes[i]
                                + " at axis "
                                + i
                                + " is negative ("
                                + Arrays.toString(sizes)
                                + ")");
            }
            ints[i] = (int) Math.min(sizes[i], Integer.MAX_VALUE);
        }
        return new Shape(ints, countElements(sizes));
    }

    /// A shape over `sizes`, which the caller hands over.
    static Shape of(int[] sizes) {
        if (sizes.length == 0) {
            return SCALAR;
        }
        long numel = 1;
        for (int size : sizes) {
            numel *= size;
            if (numel > Storage.MAX_LENGTH || size < 0) {
                return of(Arrays.stream(sizes).asLongStream().toArray());
            }
        }
        return new Shape(sizes, (int) numel);
    }

    private static int countElements(long[] sizes) {
        long numel = 1;
        for (long size : sizes) {
            if (size == 0) {
                return 0;
            }
        }
        for (long size : sizes) {
            if (size > Storage.MAX_LENGTH || numel * size > Storage.MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "shape: more elements than the limit of "
                                + Storage.MAX_LENGTH
                                + " ("
                                + Arrays.toString(sizes)
                                + ")");
            }
            numel *= size;
        }
        return (int) numel;
    }

    /// Number of axes.
    public int dim() {
        return sizes.length;
    }

    /// Number of elements.
    public int numel() {
        return numel;
    }

    /// The size of an axis; a negative axis counts from the last.
    ///
    /// @throws IndexOutOfBoundsException if there is no such axis
    public int size(int axis) {
        return sizes[axis(axis, "size")];
    }

    /// A copy of the sizes.
    public long[] toArray() {
        return Arrays.stream(sizes).asLongStream().toArray();
    }

    /// The sizes themselves, not to be written to.
    int[] sizes() {
        return sizes;
    }

    /// The axis counted from the first, for one that may be counted from the last as −1.
    int axis(int axis, String op) {
        int n = Math.max(1, sizes.length);
        if (axis < -n || axis >= n) {
            throw new IndexOutOfBoundsException(
                    op
                            + ": axis "
                            + axis
                            + " is out of range ["
                            + -n
                            + ", "
                            + (n - 1)
                            + "] (shape "
                            + this
                            + ")");
        }
        return axis < 0 ? axis + n : axis;
    }

    /// Strides, in elements, of a dense row-major tensor of this shape.
    int[] contiguousStrides() {
        int[] strides = new int[sizes.length];
        int step = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= Math.max(1, sizes[axis]);
        }
        return strides;
    }

    /// The shape that both broadcast to.
    static Shape broadcast(String op, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int dim = Math.max(a.dim(), b.dim());
        int[] sizes = new int[dim];
        for (int i = 1; i <= dim; i++) {
            int sa = i <= a.dim() ? a.sizes[a.dim() - i] : 1;
            int sb = i <= b.dim() ? b.sizes[b.dim() - i] : 1;
            if (sa != sb && sa != 1 && sb != 1) {
                throw new IllegalArgumentException(
                        op
                                + ": shapes "
                                + a
                                + " and "
                                + b
                                + " do not broadcast: size "
                                + sa
                                + " meets "
                                + sb
                                + " at axis "
                                + (dim - i));
            }
            sizes[dim - i] = sa == 1 ? sb : sa;
        }
        return of(sizes);
    }

    /// Whether a tensor of this shape broadcasts to `target`.
    boolean expandsTo(Shape target) {
        int lead = target.dim() - dim();
        if (lead < 0) {
            return false;
        }
        for (int axis = 0; axis < dim(); axis++) {
            if (sizes[axis] != 1 && sizes[axis] != target.sizes[lead + axis]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Shape s && Arrays.equals(sizes, s.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /// For example `[2, 3]`.
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
