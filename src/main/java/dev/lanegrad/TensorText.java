package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The text of a tensor as PyTorch 2.13 prints it, without the prefix `torch.`.
///
/// ```
/// tensor([[1., 3.],
///         [2., 2.]], dtype=float64, requires_grad=True)
/// ```
final class TensorText {
    private static final String PREFIX = "tensor(";
    private static final String DTYPE = "dtype=";
    private static final int DROPPED = "torch.".length();

    private final Printable t;
    private final PrintOptions options;
    private final long[] sizes;
    private final boolean summarized;
    private final Cells cells;
    private final StringBuilder text = new StringBuilder(PREFIX);
    private int next;

    private TensorText(Printable t, PrintOptions options) {
        this.t = t;
        this.options = options;
        this.sizes = t.sizes();
        this.summarized = elements(sizes) > options.threshold();
        this.cells = cells();
    }

    /// The whole text.
    ///
    /// @param origin what the tape says of the tensor: nothing, `requires_grad=True` or
    ///   `grad_fn=<MulBackward0>`
    /// @param defaultDType the type that floating point tensors have unless told otherwise, which
    ///   the text therefore leaves out
    static String format(
            Printable t, List<String> origin, DType defaultDType, PrintOptions options) {
        TensorText printed = new TensorText(t, options);
        boolean empty = elements(printed.sizes) == 0;
        List<String> suffixes = new ArrayList<>();
        if (empty && printed.sizes.length != 1) {
            suffixes.add("size=" + list(printed.sizes, "(", ")"));
        }
        if (!isImplied(t.dtype(), defaultDType, empty)) {
            suffixes.add(DTYPE + t.dtype());
        }
        suffixes.addAll(origin);
        if (empty) {
            printed.text.append("[]");
        } else {
            printed.appendAxis(0, PREFIX.length());
        }
        printed.appendSuffixes(suffixes);
        return printed.text.toString();
    }

    /// The text of a module's parameter, given the text of its tensor.
    static String parameter(String tensor) {
        return "Parameter containing:\n" + tensor;
    }

    /// The text of a shape: `Size([2, 3])`.
    static String size(long[] sizes) {
        return list(sizes, "Size([", "])");
    }

    private static boolean isImplied(DType dtype, DType defaultDType, boolean empty) {
        return dtype == defaultDType || (!empty && (dtype == DType.INT64 || dtype == DType.BOOL));
    }

    private static String list(long[] sizes, String open, String close) {
        return Arrays.stream(sizes)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", open, close));
    }

    private static long elements(long[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    /// Whether the middle of an axis is left out.
    private boolean isCut(int axis) {
        return summarized && sizes[axis] > 2L * options.edgeItems();
    }

    private long shown(int axis) {
        return isCut(axis) ? 2L * options.edgeItems() : sizes[axis];
    }

    private Cells cells() {
        long[] counts = new long[sizes.length];
        Arrays.setAll(counts, this::shown);
        int n = Math.toIntExact(elements(counts));
        if (t.dtype().isFloatingPoint()) {
            double[] values = new double[n];
            Arrays.setAll(values, i -> t.doubleAt(index(i, counts)));
            return Cells.ofFloats(values, options);
        }
        long[] values = new long[n];
        Arrays.setAll(values, i -> t.longAt(index(i, counts)));
        return t.dtype() == DType.BOOL ? Cells.ofBooleans(values) : Cells.ofIntegers(values);
    }

    /// The logical index of the `i`-th element shown.
    private long[] index(int i, long[] counts) {
        long[] index = new long[sizes.length];
        int rest = i;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            long place = rest % counts[axis];
            rest /= (int) counts[axis];
            boolean isAfterCut = isCut(axis) && place >= options.edgeItems();
            index[axis] = isAfterCut ? place + sizes[axis] - counts[axis] : place;
        }
        return index;
    }

    private void appendAxis(int axis, int indent) {
        if (axis == sizes.length) {
            text.append(cells.texts().get(next++));
        } else if (axis == sizes.length - 1) {
            appendRow(axis, indent);
        } else {
            appendBlocks(axis, indent);
        }
    }

    private void appendBlocks(int axis, int indent) {
        String between = "," + "\n".repeat(sizes.length - 1 - axis) + " ".repeat(indent + 1);
        text.append('[');
        int n = pieces(axis);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                text.append(between);
            }
            if (isGap(axis, i)) {
                text.append("...");
            } else {
                appendAxis(axis + 1, indent + 1);
            }
        }
        text.append(']');
    }

    private void appendRow(int axis, int indent) {
        int perLine = Math.max(1, Math.floorDiv(options.lineWidth() - indent, cells.width() + 2));
        String nextLine = ",\n" + " ".repeat(indent + 1);
        text.append('[');
        int n = pieces(axis);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                text.append(i % perLine == 0 ? nextLine : ", ");
            }
            if (isGap(axis, i)) {
                text.append(n == 1 ? "..." : " ...");
            } else {
                text.append(cells.texts().get(next++));
            }
        }
        text.append(']');
    }

    /// Elements shown along an axis, the gap in the middle counting as one.
    private int pieces(int axis) {
        return (int) shown(axis) + (isCut(axis) ? 1 : 0);
    }

    private boolean isGap(int axis, int piece) {
        return isCut(axis) && piece == options.edgeItems();
    }

    /// Appends suffixes and the closing parenthesis. Lines break where PyTorch's do, so the dropped
    /// prefix counts.
    private void appendSuffixes(List<String> suffixes) {
        int column = text.length() - text.lastIndexOf("\n") + 1;
        for (String suffix : suffixes) {
            int length = suffix.length() + (suffix.startsWith(DTYPE) ? DROPPED : 0);
            if (column + length + 2 > options.lineWidth()) {
                text.append(",\n").repeat(' ', PREFIX.length());
                column = PREFIX.length() + length;
            } else {
                text.append(", ");
                column += length + 2;
            }
            text.append(suffix);
        }
        text.append(')');
    }
}
