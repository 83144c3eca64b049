package dev.lanegrad.io;

import java.io.IOException;
import java.nio.file.Path;

/// A file breaks the rules of its format. The message names the file and the rule, with the
/// numbers.
public class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /// `file: rule`.
    public MalformedFileException(Path file, String rule) {
        super(file + ": " + rule);
    }
}
