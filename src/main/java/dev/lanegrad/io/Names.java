package dev.lanegrad.io;

/// Names that come from a file, fit for a message.
final class Names {
    private static final int SHOWN = 80;

    private Names() {}

    /// In quotation marks, without line ends, and not longer than a line.
    static String quote(Object name) {
        String text = String.valueOf(name);
        if (text.length() > SHOWN) {
            int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
            text = text.substring(0, end) + "...";
        }
        return Json.quote(text);
    }
}
