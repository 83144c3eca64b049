package dev.lanegrad.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets two processes measure by turns, iteration by iteration, A B, then B A: while one measures,
/// the other stands still, and what the machine does touches both within a fraction of a second.
///
/// A process says [#READY] before an iteration and is answered when its turn has come; it says
/// [#DONE] after it and is answered when the other's is over too. Nobody's turn comes before both
/// are ready, so that warming up disturbs no iteration that counts. A process that ends leaves the
/// turns to the other.
final class Turnstile implements AutoCloseable {
    static final byte READY = 'r';
    static final byte DONE = 'd';

    private static final byte GO = 'g';

    /// One process' way in.
    private static final class Gate {
        private final Path socket;
        private final ServerSocketChannel door;
        private volatile @Nullable SocketChannel process;

        Gate(Path socket) throws IOException {
            this.socket = socket;
            door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
        }

        /// Waits for the process to say something; false if it is gone.
        boolean hears() {
            try {
                SocketChannel channel = process;
                if (channel == null) {
                    channel = door.accept();
                    process = channel;
                }
                return channel.read(ByteBuffer.allocate(1)) == 1;
            } catch (IOException _) { // closed, by either
                return false;
            }
        }

        boolean answers() {
            try {
                SocketChannel channel = process;
                return channel != null && channel.write(ByteBuffer.wrap(new byte[] {GO})) == 1;
            } catch (IOException _) {
                return false;
            }
        }

        void close() throws IOException {
            door.close();
            SocketChannel channel = process;
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(socket);
        }
    }

    private final Path folder = Files.createTempDirectory("turns");
    private final List<Gate> gates;

    /// With two gates, 0 and 1; the first turn is that of 0.
    Turnstile() throws IOException {
        gates = List.of(new Gate(folder.resolve("0")), new Gate(folder.resolve("1")));
        Thread.ofVirtual().name("turnstile").start(this::keep);
    }

    /// Where a gate's process finds it.
    Path socket(int gate) {
        return gates.get(gate).socket;
    }

    private void keep() {
        List<Gate> alive = new ArrayList<>(gates);
        while (!alive.isEmpty()) {
            alive.removeIf(g -> !g.hears());
            alive.removeIf(g -> !(g.answers() && g.hears()));
            alive.removeIf(g -> !g.answers());
            alive = new ArrayList<>(alive.reversed());
        }
    }

    /// The process behind a gate has ended, whether it ever came or not.
    void leaves(int gate) {
        try {
            gates.get(gate).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Gate gate : gates) {
            gate.close();
        }
        Files.delete(folder);
    }
}
