package dev.lanegrad.cli;

import dev.lanegrad.Lanegrad;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lanegrad info`.
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = "Says which path, vector width, threads and JDK are in use.")
final class InfoCommand implements Runnable {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(Lanegrad.describe());
    }
}
