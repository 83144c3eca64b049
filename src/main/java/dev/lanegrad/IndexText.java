package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;

/// What stands between the brackets of Python's `x[1:3, ..., ::2]`.
///
/// @param text as it was given
/// @param parts what its commas separate
record IndexText(String text, List<Part> parts) {
    /// One part of the text.
    sealed interface Part {}

    /// A position of an axis, which goes.
    record At(long index, int place) implements Part {}

    /// Every `step`th position of an axis from `start` on, before `end`.
    record Range(long start, long end, long step) implements Part {
        boolean isWhole() {
            return start == 0 && end == Long.MAX_VALUE && step == 1;
        }
    }

    /// As many whole axes as the others leave.
    record Ellipsis() implements Part {}

    /// A new axis of size 1.
    record NewAxis() implements Part {}

    /// @throws IllegalArgumentException if Python would not read the text, a step is not positive,
    ///   or `...` comes twice
    static IndexText of(String text) {
        return new IndexText(text, new Reader(text).parts());
    }

    /// The view of `x` that this means.
    Tensor view(Tensor x) {
        int left = x.dim();
        for (Part part : parts) {
            left -= part instanceof At || part instanceof Range ? 1 : 0;
        }
        if (left < 0) {
            throw new IllegalArgumentException(
                    "at: \"%s\" names %d axes, but the input has %d (input %s)"
                            .formatted(text, x.dim() - left, x.dim(), x.shape()));
        }
        boolean alone = parts.size() == 1;
        Tensor y = x;
        int axis = 0;
        for (Part part : parts) {
            switch (part) {
                case At at -> y = selected(x, y, axis, at);
                case Range r -> {
                    y = r.isWhole() && !alone ? y : y.slice(axis, r.start, r.end, r.step);
                    axis++;
                }
                case Ellipsis _ -> axis += left;
                case NewAxis _ -> y = y.unsqueeze(axis++);
            }
        }
        return y == x ? TextIndexing.alias(x) : y;
    }

    private Tensor selected(Tensor x, Tensor y, int axis, At at) {
        int size = y.size(axis);
        if (at.index < -size || at.index >= size) {
            throw new IndexOutOfBoundsException(
                    "at: index %d at position %d of \"%s\" is out of range for an axis of size %d (input %s)"
                            .formatted(at.index, at.place, text, size, x.shape()));
        }
        return y.select(axis, at.index);
    }

    private static final class Reader {
        private static final String ELLIPSIS = "...";
        private static final String NEW_AXIS = "None";

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            do {
                parts.add(part(parts));
                skipSpaces();
                if (at < text.length() && text.charAt(at) != ',') {
                    throw refused("expected a comma", at);
                }
                at++;
                skipSpaces();
            } while (at < text.length());
            return List.copyOf(parts);
        }

        private Part part(List<Part> before) {
            skipSpaces();
            int place = at;
            if (taken(ELLIPSIS)) {
                if (before.contains(new Ellipsis())) {
                    throw refused("a second ...", place);
                }
                return new Ellipsis();
            }
            if (taken(NEW_AXIS)) {
                return new NewAxis();
            }
            boolean open = isAt(':');
            long first = open ? 0 : number("an integer, a slice, ... or None");
            if (!isAt(':')) {
                return new At(first, place);
            }
            at++;
            long end = atBound() ? Long.MAX_VALUE : number("an integer");
            long step = 1;
            if (isAt(':')) {
                at++;
                int stepPlace = skipSpaces();
                step = atBound() ? 1 : number("an integer");
                if (step <= 0) {
                    throw refused(
                            "step %d is not positive (flip reverses an axis)".formatted(step),
                            stepPlace);
                }
            }
            return new Range(first, end, step);
        }

        private boolean atBound() {
            skipSpaces();
            return at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ':';
        }

        private boolean isAt(char c) {
            skipSpaces();
            return at < text.length() && text.charAt(at) == c;
        }

        private long number(String expected) {
            int place = skipSpaces();
            boolean negative = isAt('-');
            at += negative ? 1 : 0;
            int digits = skipSpaces();
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == digits) {
                throw refused("expected " + expected, place);
            }
            try {
                return Long.parseLong((negative ? "-" : "") + text.substring(digits, at));
            } catch (NumberFormatException e) {
                throw refused("a number beyond 64 bits", place);
            }
        }

        private boolean taken(String word) {
            boolean there = text.startsWith(word, at);
            at += there ? word.length() : 0;
            return there;
        }

        /// The position of what comes next.
        private int skipSpaces() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at;
        }

        private IllegalArgumentException refused(String what, int place) {
            return new IllegalArgumentException(
                    "at: %s at position %d of \"%s\"".formatted(what, place, text));
        }
    }
}
