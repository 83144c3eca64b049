package dev.lanegrad.check;

import dev.lanegrad.DType;
import dev.lanegrad.GradReport;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Verifies the derivatives of all operations of [Tensor], at inputs of random sizes, values and
/// memory layouts. No test framework is needed to run it.
public final class CatalogueCheck {
    /// By how much forward mode may differ from backward, both being exact.
    private static final double FORWARD_TOLERANCE = 1e-11;

    /// By how much second derivatives may.
    private static final double MIXED_TOLERANCE = 1e-9;

    private CatalogueCheck() {}

    /// Which derivative is compared with what.
    public enum Order {
        /// Backward in float64 with central differences; in float32 with float64.
        FIRST("1"),
        /// Forward mode with backward.
        FORWARD("1 forward"),
        /// The gradient of the gradient with central differences.
        SECOND("2"),
        /// Forward mode over itself, over backward and under it, with backward over backward.
        MIXED("2 forward");

        private final String text;

        Order(String text) {
            this.text = text;
        }

        /// For example `1 forward`.
        @Override
        public String toString() {
            return text;
        }
    }

    /// How one derivative of one operation fares.
    ///
    /// @param operation the method of [Tensor] and the patterns of its inputs' shapes
    /// @param worst the largest error of a case, as a share of the derivative or of 1 if that is
    ///   more; NaN if a case could not be compared
    /// @param cases how many were compared
    /// @param failure what is wrong and with which inputs, in some lines; null if nothing is
    public record Row(
            String operation,
            DType dtype,
            Order order,
            double worst,
            int cases,
            @Nullable String failure) {}

    /// What one case gave: an error, and what is wrong with it if anything is.
    private record Outcome(double error, @Nullable String failure) {
        static Outcome of(double error, double tolerance) {
            boolean fine = error <= tolerance;
            return new Outcome(error, fine ? null : "error " + error + " is above " + tolerance);
        }

        static Outcome of(GradReport report) {
            GradReport.Derivative worst = report.worst();
            double error =
                    worst == null ? 0 : worst.error() / Math.max(1, Math.abs(worst.numeric()));
            return new Outcome(error, report.passed() ? null : report.toString());
        }
    }

    /// Checks the operations whose row's name contains `text`, and hands out five rows for each: as
    /// soon as they are known, in the catalogue's order.
    ///
    /// @param cases how many inputs for each row
    /// @param seed of the inputs
    public static void run(String text, int cases, long seed, Consumer<Row> rows) {
        for (Operation op : lines(text)) {
            rows.accept(
                    row(
                            op,
                            DType.FLOAT64,
                            Order.FIRST,
                            cases,
                            seed,
                            x -> Outcome.of(Trials.first(op, x))));
            rows.accept(
                    row(
                            op,
                            DType.FLOAT64,
                            Order.FORWARD,
                            cases,
                            seed,
                            x -> Outcome.of(Trials.forward(op, x), FORWARD_TOLERANCE)));
            rows.accept(
                    row(
                            op,
                            DType.FLOAT64,
                            Order.SECOND,
                            cases,
                            seed,
                            x -> Outcome.of(Trials.second(op, x))));
            rows.accept(
                    row(
                            op,
                            DType.FLOAT64,
                            Order.MIXED,
                            cases,
                            seed,
                            x -> Outcome.of(Trials.mixed(op, x), MIXED_TOLERANCE)));
            if (!op.method().equals("to")) {
                rows.accept(
                        row(
                                op,
                                DType.FLOAT32,
                                Order.FIRST,
                                cases,
                                seed,
                                x -> Outcome.of(Trials.single(op, x), op.tolerance())));
            }
        }
    }

    private static List<Operation> lines(String text) {
        return Catalogue.ALL.stream().filter(op -> op.toString().contains(text)).toList();
    }

    private static Row row(
            Operation op,
            DType dtype,
            Order order,
            int cases,
            long seed,
            Function<Tensor[], Outcome> trial) {
        Random random = new Random(seed);
        double worst = 0;
        String failure = null;
        for (int i = 0; i < cases; i++) {
            Tensor[] x = op.draw(random);
            Outcome outcome = attempt(trial, x);
            worst = Math.max(worst, outcome.error());
            if (outcome.failure() != null && failure == null) {
                failure = describe(x) + outcome.failure();
            }
        }
        return new Row(op.toString(), dtype, order, worst, cases, failure);
    }

    private static Outcome attempt(Function<Tensor[], Outcome> trial, Tensor... x) {
        try {
            return trial.apply(x);
        } catch (RuntimeException e) {
            return new Outcome(Double.NaN, e.toString());
        }
    }

    private static String describe(Tensor... inputs) {
        StringBuilder text = new StringBuilder();
        for (Tensor x : inputs) {
            text.append(TensorReporting.java(x)).append('\n');
        }
        return text.toString();
    }
}
