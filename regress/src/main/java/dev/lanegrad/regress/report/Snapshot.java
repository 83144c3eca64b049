package dev.lanegrad.regress.report;

import dev.lanegrad.regress.Numbers;
import dev.lanegrad.regress.Outcome;
import dev.lanegrad.regress.RunFile;
import dev.lanegrad.regress.Spread;
import java.util.Map;
import java.util.TreeMap;

/// The times of one build at one time, in nanoseconds by name: what histories are made of.
///
/// @param label to choose it by
/// @param started when
/// @param commit of the build, or its label
/// @param times of operations, with their intervals
record Snapshot(String label, String started, String commit, Map<String, Spread> times) {

    static Snapshot ofHead(RunFile.Content run) {
        Map<String, Spread> times = new TreeMap<>();
        run.outcomes().forEach(o -> times.put(o.test().name(), nanos(o.head(), o)));
        return of("head", run.run().started(), run.run().head().shortName(), times);
    }

    static Snapshot ofBase(RunFile.Content run) {
        Map<String, Spread> times = new TreeMap<>();
        run.outcomes().forEach(o -> times.put(o.test().name(), nanos(o.base(), o)));
        return of("base", run.run().started(), run.run().base().shortName(), times);
    }

    static Snapshot of(KernelRun run) {
        Map<String, Spread> times = new TreeMap<>();
        for (KernelRun.Row row : run.rows()) {
            if (row.nanos().length > 1) {
                times.put(row.name(), Spread.of(row.nanos()));
            }
        }
        return of("kernels", run.started(), run.commit(), times);
    }

    private static Snapshot of(
            String kind, String started, String commit, Map<String, Spread> times) {
        return new Snapshot(started + " " + kind + " " + commit, started, commit, times);
    }

    private static Spread nanos(Spread s, Outcome o) {
        return new Spread(
                Numbers.nanos(s.time(), o.unit()),
                Numbers.nanos(s.low(), o.unit()),
                Numbers.nanos(s.high(), o.unit()));
    }
}
