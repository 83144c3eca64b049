package dev.lanegrad.regress;

import java.io.IOException;

/// Something that keeps a run from starting or ending, said in one line for the user.
public final class Problem extends IOException {
    private static final long serialVersionUID = 1;

    /// A problem described by `line`.
    public Problem(String line) {
        super(line);
    }

    /// A problem described by `line`, found through `cause`.
    public Problem(String line, Throwable cause) {
        super(line, cause);
    }
}
