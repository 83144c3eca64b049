package dev.lanegrad.regress;

import java.util.List;

/// What a run file begins with: all that is needed to continue the run.
///
/// @param started when, ISO 8601
/// @param base what there was
/// @param head what is judged
/// @param machine where
/// @param settings how
/// @param cases what is measured
public record RunHeader(
        String started,
        Build base,
        Build head,
        Machine machine,
        Settings settings,
        List<Case> cases) {
    /// The build of a side.
    Build build(Side side) {
        return side == Side.BASE ? base : head;
    }
}
