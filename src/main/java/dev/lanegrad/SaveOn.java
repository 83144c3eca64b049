package dev.lanegrad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where activations wait for backward, ready for use: presets of [Autograd#savedTensorsHooks], as
/// `torch.autograd.graph.save_on_cpu` is one.
///
/// ```java
/// try (var _ = SaveOn.disk(Path.of("/scratch"))) {
///     loss = model.forward(x).crossEntropy(target);
/// }
/// loss.backward(); // reads them back
/// ```
public final class SaveOn {
    /// Below this many bytes a tensor costs less than its place in a file.
    private static final long SMALLEST_BYTES = 4 << 10;

    private static final Cleaner CLEANER = Cleaner.create();

    private SaveOn() {}

    /// Writes what operations on this thread keep to a file in `folder`, until the mode is closed;
    /// backward reads it back, bit by bit. Tensors of less than 4 KiB stay in memory. One file is
    /// written by each use; it is gone when nothing refers to its tensors any more, or the program
    /// ends.
    ///
    /// @throws IOException if no file can be made there
    public static Autograd.Mode disk(Path folder) throws IOException {
        Disk disk = Disk.in(folder);
        return Autograd.savedTensorsHooks(
                t -> bytes(t) < SMALLEST_BYTES ? new InMemory(t, t.dtype()) : disk.write(t),
                Waiting::read);
    }

    /// Keeps floating point numbers on this thread as bfloat16, with 8 significant bits, until the
    /// mode is closed: half the bytes of float32, a quarter of float64. Gradients are off by about
    /// 0.4 %.
    public static Autograd.Mode bfloat16() {
        return Autograd.savedTensorsHooks(
                t ->
                        new InMemory(
                                t.dtype().isFloatingPoint() ? t.to(DType.BFLOAT16) : t, t.dtype()),
                InMemory::read);
    }

    private static long bytes(Tensor t) {
        return (long) t.numel() * t.dtype().bytes();
    }

    /// A tensor until backward asks for it.
    sealed interface Waiting {
        Tensor read();
    }

    /// @param dtype of the tensor that was kept
    record InMemory(Tensor tensor, DType dtype) implements Waiting {
        @Override
        public Tensor read() {
            return tensor.to(dtype);
        }
    }

    /// @param position of the first byte in the file
    private record OnDisk(Disk disk, long position, DType dtype, Shape shape) implements Waiting {
        @Override
        public Tensor read() {
            return disk.read(this);
        }
    }

    /// A file that nobody else sees, and that goes when this object does.
    private static final class Disk {
        private final FileChannel file;
        private long end;

        private Disk(FileChannel file) {
            this.file = file;
        }

        static Disk in(Path folder) throws IOException {
            Path path = Files.createTempFile(folder, "lanegrad-", ".activations");
            FileChannel file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            Disk disk = new Disk(file);
            CLEANER.register(disk, () -> close(file));
            return disk;
        }

        private static void close(FileChannel file) {
            try {
                file.close();
            } catch (IOException _) {
                // nobody is left to be told
            }
        }

        synchronized OnDisk write(Tensor t) {
            try {
                OnDisk place = new OnDisk(this, end, t.dtype(), t.shape());
                file.position(end);
                t.writeTo(file);
                end = file.position();
                return place;
            } catch (IOException e) {
                throw new UncheckedIOException("SaveOn.disk: " + e.getMessage(), e);
            }
        }

        synchronized Tensor read(OnDisk place) {
            try {
                file.position(place.position);
                return Tensor.readFrom(file, place.dtype, place.shape);
            } catch (IOException e) {
                throw new UncheckedIOException("SaveOn.disk: " + e.getMessage(), e);
            }
        }
    }
}
