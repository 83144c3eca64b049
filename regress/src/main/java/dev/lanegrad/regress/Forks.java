package dev.lanegrad.regress;

import java.io.IOException;
import java.util.List;

/// Measures in fresh processes.
interface Forks {
    /// What came of one process for each case, or of one for all.
    ///
    /// @param done what was measured
    /// @param failed what was not
    record Round(List<Fork> done, List<Failure> failed) {}

    /// Measures the cases of a side, in one process if they are several.
    Round run(Side side, List<Case> cases) throws IOException, InterruptedException;
}
