package dev.lanegrad.regress;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A measuring process' side of a [Turnstile]: waits before an iteration until the other process
/// stands still, and after it until the other has done the same.
///
/// A turnstile that is gone lets everybody through.
final class Turn {
    /// The variable that names the turnstile's socket. Variables reach the processes that JMH
    /// starts, whereas their JVM's options may be replaced by a benchmark.
    static final String VARIABLE = "LANEGRAD_REGRESS_TURN";

    private static @Nullable SocketChannel turnstile;
    private static boolean gone = System.getenv(VARIABLE) == null;

    private Turn() {}

    /// Returns when it is this process' turn.
    static void take() {
        pass(Turnstile.READY);
    }

    /// Ends it, and returns when the other process has had its own.
    static void give() {
        pass(Turnstile.DONE);
    }

    private static synchronized void pass(byte word) {
        if (gone) {
            return;
        }
        try {
            SocketChannel channel = turnstile;
            if (channel == null) {
                channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(Path.of(System.getenv(VARIABLE))));
                turnstile = channel;
            }
            channel.write(ByteBuffer.wrap(new byte[] {word}));
            gone = channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException _) {
            gone = true;
        }
    }
}
