package dev.lanegrad.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Decides about cases from their pairs of processes.
///
/// The first look can only clear: a case whose interval ends below the threshold is done. Whatever
/// is left is measured again, and the second look judges by its fresh processes alone, so that
/// neither looking twice nor having looked at many cases makes an alarm more likely than `alpha`:
/// the second look's tests are independent of the choice, and adjusted for their number ([Holm]).
final class Judge {
    private final Settings settings;

    Judge(Settings settings) {
        this.settings = settings;
    }

    /// Whether the first look leaves a doubt.
    boolean suspects(List<Fork> base, List<Fork> head) {
        return compare(base, head).high() >= 1 + settings.threshold();
    }

    /// The lists are in the order of pairs.
    private Comparison compare(List<Fork> base, List<Fork> head) {
        Function<Fork, double[]> figures = figures(base, head);
        double[] logs = new double[base.size()];
        Arrays.setAll(
                logs,
                i ->
                        settings.iteration()
                                .logRatio(figures.apply(base.get(i)), figures.apply(head.get(i))));
        return Comparison.of(logs);
    }

    private Function<Fork, double[]> figures(List<Fork> base, List<Fork> head) {
        boolean peaks =
                settings.unit() == Settings.Unit.PEAK
                        && Stream.concat(base.stream(), head.stream())
                                .noneMatch(f -> f.timesAtPeak().length == 0);
        return peaks ? Fork::timesAtPeak : Fork::times;
    }

    /// Outcomes of all cases that are measured, in their order.
    List<Outcome> judge(Measurements measured) {
        Map<Case, Outcome> outcomes = new TreeMap<>();
        List<Case> second = new ArrayList<>();
        for (Case test : measured.cases()) {
            if (measured.pairs(test, 2) >= settings.confirm()) {
                second.add(test);
            } else if (measured.pairs(test, 1) >= settings.pairs()) {
                outcomes.put(test, first(test, measured));
            }
        }
        List<Comparison> comparisons =
                second.stream()
                        .map(c ->
                                compare(measured.of(c, Side.BASE, 2), measured.of(c, Side.HEAD, 2)))
                        .toList();
        double[] p = Holm.adjust(comparisons.stream().mapToDouble(Comparison::p).toArray());
        for (int i = 0; i < p.length; i++) {
            Comparison c = comparisons.get(i);
            Verdict verdict = p[i] <= settings.alpha() ? slower(c) : notSlower(c);
            outcomes.put(second.get(i), outcome(second.get(i), measured, 2, verdict, c, p[i]));
        }
        return List.copyOf(outcomes.values());
    }

    private Outcome first(Case test, Measurements measured) {
        Comparison c = compare(measured.of(test, Side.BASE, 1), measured.of(test, Side.HEAD, 1));
        return outcome(test, measured, 1, notSlower(c), c, c.p());
    }

    private Verdict slower(Comparison c) {
        return c.ratio() >= 1 + settings.threshold() ? Verdict.SLOWER : Verdict.SLIGHTLY_SLOWER;
    }

    private Verdict notSlower(Comparison c) {
        if (c.high() >= 1 + settings.threshold()) {
            return Verdict.UNCLEAR;
        }
        return c.high() < 1 ? Verdict.FASTER : Verdict.SAME;
    }

    private Outcome outcome(
            Case test, Measurements measured, int look, Verdict verdict, Comparison c, double p) {
        List<Fork> base = measured.of(test, Side.BASE, look);
        List<Fork> head = measured.of(test, Side.HEAD, look);
        return new Outcome(
                test, verdict, c, look, p, spread(base), spread(head), base.getFirst().costUnit());
    }

    private Spread spread(List<Fork> forks) {
        return Spread.of(
                forks.stream().mapToDouble(f -> settings.iteration().of(f.times())).toArray());
    }
}
