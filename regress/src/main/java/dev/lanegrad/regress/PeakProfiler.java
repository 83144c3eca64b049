package dev.lanegrad.regress;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/// Goes with JMH into the process that measures. Takes the machine's speed just before and just
/// after each iteration: clocks of shared machines move by a tenth and more from one second to the
/// next. And lets no iteration that counts begin before its [Turn].
public final class PeakProfiler implements InternalProfiler {
    /// The name of the secondary metric.
    static final String METRIC = "regress.peak";

    private double before;

    /// Made by JMH.
    public PeakProfiler() {}

    @Override
    public String getDescription() {
        return "the machine's speed beside each iteration";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT) {
            Turn.take();
        }
        before = Probe.gflops();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double peak = (before + Probe.gflops()) / 2;
        if (iteration.getType() == IterationType.MEASUREMENT) {
            Turn.give();
        }
        return List.of(new ScalarResult(METRIC, peak, "GFLOP/s", AggregationPolicy.AVG));
    }
}
