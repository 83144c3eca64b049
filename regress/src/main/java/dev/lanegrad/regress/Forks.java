package dev.lanegrad.regress;

import java.io.IOException;
import java.util.List;

/// Measures in pairs of fresh processes.
interface Forks {
    /// What came of a process.
    ///
    /// @param side whose it was
    /// @param probe speed of the machine just before it, in GFLOP/s of [Probe]
    /// @param done what was measured
    /// @param failed what was not
    record Round(Side side, double probe, List<Fork> done, List<Failure> failed) {}

    /// Measures the cases in a process of each side, one for all cases if they are several. What
    /// comes of it is in the order of `sides`, which take turns in that order.
    List<Round> run(List<Side> sides, List<Case> cases) throws IOException, InterruptedException;
}
