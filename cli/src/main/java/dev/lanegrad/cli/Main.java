package dev.lanegrad.cli;

import dev.lanegrad.regress.RegressCommand;
import dev.lanegrad.regress.report.ReportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `lanegrad` command.
@Command(
        name = "lanegrad",
        header = "PyTorch's autograd on the JVM, without native code.",
        description =
                "Trains networks on images and text and uses them, tours PyTorch's notebooks, verifies"
                        + " derivatives, profiles networks, measures the kernels, finds what became slower.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        subcommands = {
            TrainCommand.class,
            GptCommand.class,
            ClassifyCommand.class,
            EvaluateCommand.class,
            FinetuneCommand.class,
            InspectCommand.class,
            NotebookCommand.class,
            GraphCommand.class,
            ProfileCommand.class,
            GradcheckCommand.class,
            BenchCommand.class,
            RegressCommand.class,
            ReportCommand.class,
            InfoCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  lanegrad train                        a small ResNet learns digits",
            "  lanegrad train --data fashion-mnist   a ResNet-20 learns clothes",
            "  lanegrad gpt                          a small language model reads and writes",
            "  lanegrad classify --model resnet18 x.jpg  what is in a picture",
            "  lanegrad finetune --data flowers      a ResNet-18 learns pictures of yours",
            "  lanegrad inspect model.pth            what is in a file of tensors",
            "  lanegrad notebook 003                 PyTorch's autograd, cell by cell",
            "  lanegrad graph resnet8                what backward walks, as a picture",
            "  lanegrad profile resnet18 --train     where a step's time goes",
            "  lanegrad gradcheck --only conv        derivatives beside differences",
            "  lanegrad bench kernels                speed beside this machine's peak",
            "  lanegrad regress --base v1 --head .    what became slower since",
            "  lanegrad report                       a page of all that was measured",
            "  lanegrad COMMAND --help               what a command can do"
        })
public final class Main implements Runnable {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    /// Made by picocli.
    @SuppressWarnings("NullAway.Init")
    public Main() {}

    /// There is nothing to do without a command.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /// The command with its errors as one line on stderr and exit code 2.
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Complaint::ofParameters)
                .setExecutionExceptionHandler(Complaint::ofExecution);
    }

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
