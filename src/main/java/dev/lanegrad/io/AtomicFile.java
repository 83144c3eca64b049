package dev.lanegrad.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Replaces a file as a whole.
final class AtomicFile {
    private AtomicFile() {}

    /// Writes the contents of a file.
    interface Contents {
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Writes to a new file beside `file`, waits until it is on the disk, and gives it the name.
    static void write(Path file, Contents contents) throws IOException {
        Path next =
                file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            next,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(next);
            throw e;
        }
    }
}
