package dev.lanegrad.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the tables of tensor operations are told.
final class OperationOptions {
    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Processes, each of which runs all rows (default: ${DEFAULT-VALUE}).")
    int forks;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Rows whose group or name contains TEXT.")
    @Nullable String only;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every figure to FILE.")
    @Nullable Path json;

    @Option(
            names = "--peers",
            description = "Measures libtorch too: native code, fetched for this purpose.")
    boolean peers;
}
