package dev.lanegrad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `lanegrad` command.
@Command(name = "lanegrad", description = "PyTorch's autograd on the JVM, without native code")
public final class Main implements Runnable {
    /// Made by picocli.
    public Main() {}

    @Override
    public void run() {
        System.out.println("lanegrad: no command yet");
    }

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
