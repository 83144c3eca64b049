package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// How tensors are printed: PyTorch's `set_printoptions`.
///
/// ```java
/// PrintOptions.setDefault(PrintOptions.defaults().precision(8));   // from here on, everywhere
/// try (var _ = PrintOptions.full().use()) {                        // here, in this thread
///     System.out.println(x);
/// }
/// ```
///
/// @param precision digits after the decimal point of floating point elements
/// @param threshold a tensor with more elements is summarized
/// @param edgeItems elements shown at the beginning and the end of each axis of a summary
/// @param lineWidth characters a line
/// @param sciMode scientific notation always (`true`), never (`false`) or where the values ask for
///   it (`null`)
public record PrintOptions(
        int precision, long threshold, int edgeItems, int lineWidth, @Nullable Boolean sciMode) {
    private static final PrintOptions DEFAULTS = new PrintOptions(4, 1000, 3, 80, null);
    private static final ThreadLocal<@Nullable PrintOptions> OF_THREAD = new ThreadLocal<>();
    private static volatile PrintOptions ofProcess = DEFAULTS;

    /// @throws IllegalArgumentException if a number is negative
    public PrintOptions {
        atLeastZero("precision", precision);
        atLeastZero("threshold", threshold);
        atLeastZero("edgeItems", edgeItems);
        atLeastZero("lineWidth", lineWidth);
    }

    /// 4 digits, summaries of 3 items an edge beyond 1000 elements, 80 characters a line.
    public static PrintOptions defaults() {
        return DEFAULTS;
    }

    /// As the defaults, with 2 digits and 2 items an edge: PyTorch's profile `short`.
    public static PrintOptions brief() {
        return DEFAULTS.precision(2).edgeItems(2);
    }

    /// As the defaults, without summaries: PyTorch's profile `full`.
    public static PrintOptions full() {
        return DEFAULTS.threshold(Long.MAX_VALUE);
    }

    /// These options with another number of digits.
    public PrintOptions precision(int digits) {
        return new PrintOptions(digits, threshold, edgeItems, lineWidth, sciMode);
    }

    /// These options with another largest number of elements that is shown in full.
    public PrintOptions threshold(long elements) {
        return new PrintOptions(precision, elements, edgeItems, lineWidth, sciMode);
    }

    /// These options with another number of items an edge.
    public PrintOptions edgeItems(int items) {
        return new PrintOptions(precision, threshold, items, lineWidth, sciMode);
    }

    /// These options with another number of characters a line.
    public PrintOptions lineWidth(int characters) {
        return new PrintOptions(precision, threshold, edgeItems, characters, sciMode);
    }

    /// These options with another rule for scientific notation.
    public PrintOptions sciMode(@Nullable Boolean mode) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, mode);
    }

    /// The options that printing follows now: those in use in this thread, or else the default.
    public static PrintOptions current() {
        PrintOptions mine = OF_THREAD.get();
        return mine != null ? mine : ofProcess;
    }

    /// Makes `options` what every thread follows that does not [#use()] others.
    public static void setDefault(PrintOptions options) {
        ofProcess = options;
    }

    /// Makes these options what this thread follows until the scope is closed, in the same thread.
    public Scope use() {
        PrintOptions before = OF_THREAD.get();
        OF_THREAD.set(this);
        return before != null ? () -> OF_THREAD.set(before) : OF_THREAD::remove;
    }

    /// Ends with [#close()].
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private static void atLeastZero(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "printOptions: " + name + " must not be negative (" + value + ")");
        }
    }
}
