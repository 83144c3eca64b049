package dev.lanegrad.cli;

import dev.lanegrad.check.CatalogueCheck;
import dev.lanegrad.check.CatalogueCheck.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lanegrad gradcheck`.
@Command(
        name = "gradcheck",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Verifies the derivatives of every operation at inputs of random sizes, values and memory"
                    + " layouts.",
            "",
            "Order 1 in float64 is backward beside central differences, in float32 beside float64;"
                    + " 1 forward is forward mode beside backward; 2 is the gradient of the gradient"
                    + " beside central differences; 2 forward is forward mode over itself, over"
                    + " backward and under it beside the gradient of the gradient. Errors are shares of the derivative, or of 1 if"
                    + " that is more. The exit code is 1 if a derivative is wrong.",
            ""
        })
final class GradcheckCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Operations whose name or shapes contain TEXT.")
    private String only = "";

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "3",
            description = "Inputs for each row. Default: ${DEFAULT-VALUE}.")
    private int cases = 3;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the inputs. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Complaint {
        if (cases < 1) {
            throw new Complaint("--cases: must be at least 1, but is " + cases);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-44s %-8s %-10s %12s %6s%n", "operation", "dtype", "order", "error", "cases");
        List<Row> rows = new ArrayList<>();
        CatalogueCheck.run(
                only,
                cases,
                seed,
                row -> {
                    rows.add(row);
                    print(out, row);
                });
        if (rows.isEmpty()) {
            throw new Complaint("--only: no operation contains " + only);
        }
        long operations = rows.stream().map(Row::operation).distinct().count();
        long wrong = rows.stream().filter(row -> row.failure() != null).count();
        out.printf(
                Locale.ROOT,
                "%n%,d operations, %,d cases: %s%n",
                operations,
                rows.stream().mapToLong(Row::cases).sum(),
                wrong == 0 ? "all derivatives agree" : wrong + " rows are wrong");
        out.flush();
        return wrong == 0 ? 0 : 1;
    }

    private static void print(PrintWriter out, Row row) {
        out.printf(
                Locale.ROOT,
                "%-44s %-8s %-10s %12.1e %6d%s%n",
                row.operation(),
                row.dtype(),
                row.order(),
                row.worst(),
                row.cases(),
                row.failure() == null ? "" : "  WRONG");
        if (row.failure() != null) {
            row.failure().lines().forEach(line -> out.println("    " + line));
        }
        out.flush();
    }
}
