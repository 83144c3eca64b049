package dev.lanegrad.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What a head may not do however fast it is: allocate more, lose a method to the interpreter,
/// deoptimize in steady state, or report other facts about itself (such as narrower vectors).
///
/// Each rule looks at the median process of each side, or at most of them: a single odd process
/// decides nothing.
final class Gates {
    /// Bytes of an operation that JMH's own bookkeeping may add.
    private static final double FREE_BYTES = 8;

    private static final double FREE_SHARE = 0.01;

    /// Deoptimizations while measuring that are no storm.
    private static final int FEW = 10;

    private static final double MOST = 0.75;

    private Gates() {}

    /// The rules that the head breaks in a case; both lists of at least one process.
    static List<GateFailure> check(Case test, List<Fork> base, List<Fork> head) {
        List<GateFailure> failures = new ArrayList<>();
        allocation(base, head).ifPresent(m -> failures.add(failure(test, "allocation", m)));
        compilation(base, head).ifPresent(m -> failures.add(failure(test, "compilation", m)));
        deoptimization(base, head).ifPresent(m -> failures.add(failure(test, "deoptimization", m)));
        facts(base, head).ifPresent(m -> failures.add(failure(test, "facts", m)));
        return failures;
    }

    private static GateFailure failure(Case test, String gate, String message) {
        return new GateFailure(test, gate, message);
    }

    /// More than the bookkeeping, and more in the head's median process than in nine tenths of the
    /// base's: what long operations are charged for JMH's own garbage varies from process to
    /// process.
    private static Optional<String> allocation(List<Fork> base, List<Fork> head) {
        double[] before = bytes(base);
        double[] after = bytes(head);
        if (before.length == 0 || after.length == 0) {
            return Optional.empty();
        }
        double was = Numbers.median(before);
        double is = Numbers.median(after);
        Arrays.sort(before);
        double usual = before[(int) Math.ceil(0.9 * before.length) - 1];
        if (is <= was + FREE_BYTES + FREE_SHARE * was || is <= usual) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(Locale.ROOT, "allocates %.0f B an operation, was %.0f B", is, was));
    }

    private static double[] bytes(List<Fork> forks) {
        return forks.stream()
                .filter(f -> f.bytes().length > 0)
                .mapToDouble(f -> Numbers.median(f.bytes()))
                .toArray();
    }

    /// Methods that most of the head's processes have lost, and none of the base's.
    private static Optional<String> compilation(List<Fork> base, List<Fork> head) {
        Map<String, Integer> counts = new TreeMap<>();
        head.forEach(f -> f.skipped().forEach(s -> counts.merge(s, 1, Integer::sum)));
        counts.values().removeIf(n -> n < MOST * head.size());
        base.forEach(f -> f.skipped().forEach(counts::remove));
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of("COMPILE SKIPPED: " + String.join("; ", counts.keySet()));
    }

    private static Optional<String> deoptimization(List<Fork> base, List<Fork> head) {
        double was = median(base, Fork::deoptimizations);
        double is = median(head, Fork::deoptimizations);
        if (is <= was + FEW) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "optimized code was given up %.0f times while measuring, was %.0f",
                        is,
                        was));
    }

    private static double median(List<Fork> forks, Function<Fork, Integer> count) {
        return Numbers.median(forks.stream().mapToDouble(count::apply).toArray());
    }

    private static Optional<String> facts(List<Fork> base, List<Fork> head) {
        Map<String, String> is = head.getLast().facts();
        List<String> changed = new ArrayList<>();
        base.getLast()
                .facts()
                .forEach((name, was) -> {
                    String now = is.getOrDefault(name, "not reported");
                    if (!now.equals(was)) {
                        changed.add(name + " is " + now + ", was " + was);
                    }
                });
        return changed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changed));
    }
}
