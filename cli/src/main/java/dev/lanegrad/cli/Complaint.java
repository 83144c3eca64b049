package dev.lanegrad.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Something that the user can put right, in one line: which option or file, the rule, the numbers.
final class Complaint extends Exception {
    private static final long serialVersionUID = 1;

    Complaint(String line) {
        super(line);
    }

    static int ofParameters(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        StringBuilder line = new StringBuilder(String.valueOf(e.getMessage()));
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            line.append(", did you mean ").append(String.join(" or ", unmatched.getSuggestions()));
        }
        String name = command.getCommandSpec().qualifiedName();
        say(command, line + " (" + name + " --help shows what there is)");
        return CommandLine.ExitCode.USAGE;
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        switch (e) {
            case Complaint c -> say(command, String.valueOf(c.getMessage()));
            case IOException io -> say(command, describe(io));
            default -> throw e;
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static void say(CommandLine command, String line) {
        String oneLine = line.replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine);
        command.getErr().flush();
    }

    /// Java's own messages often are the file's name alone.
    static String describe(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof FileSystemException fs) || fs.getReason() != null) {
            return message;
        }
        return switch (fs) {
            case NoSuchFileException _ -> message + ": there is no such file or folder";
            case AccessDeniedException _ -> message + ": permission denied";
            case NotDirectoryException _ -> message + ": is no folder";
            case FileAlreadyExistsException _ -> message + ": is there already, and no folder";
            default -> message + ": " + fs.getClass().getSimpleName();
        };
    }
}
