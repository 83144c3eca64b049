package dev.lanegrad.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Processes are played by threads that speak as [Turn] does.
@Timeout(30)
class TurnstileTest {
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private void measures(Turnstile turnstile, int gate, int iterations) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(turnstile.socket(gate)));
            for (int i = 0; i < iterations; i++) {
                says(channel, Turnstile.READY);
                order.add("+" + gate);
                Thread.yield();
                order.add("-" + gate);
                says(channel, Turnstile.DONE);
            }
        }
    }

    private static void says(SocketChannel channel, byte word) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {word}));
        assertEquals(1, channel.read(ByteBuffer.allocate(1)));
    }

    private void run(int first, int second) throws Exception {
        try (Turnstile turnstile = new Turnstile();
                var processes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = new ArrayList<>();
            for (int gate = 0; gate < 2; gate++) {
                int g = gate;
                int iterations = gate == 0 ? first : second;
                both.add(
                        processes.submit(() -> {
                            if (iterations >= 0) {
                                measures(turnstile, g, iterations);
                            }
                            turnstile.leaves(g);
                            return null;
                        }));
            }
            for (Future<?> process : both) {
                process.get();
            }
        }
    }

    @Test
    void oneStandsStillWhileTheOtherMeasures() throws Exception {
        run(3, 3);
        assertEquals(
                List.of("+0", "-0", "+1", "-1", "+1", "-1", "+0", "-0", "+0", "-0", "+1", "-1"),
                order);
    }

    @Test
    void whoEndsLeavesTheTurnsToTheOther() throws Exception {
        run(1, 4);
        assertEquals(List.of("+0", "-0", "+1", "-1", "+1", "-1"), order.subList(0, 6));
        assertEquals(10, order.size());
    }

    @Test
    void whoNeverComesKeepsNobodyWaiting() throws Exception {
        run(-1, 2);
        assertEquals(List.of("+1", "-1", "+1", "-1"), order);
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        Path socket;
        try (Turnstile turnstile = new Turnstile()) {
            socket = turnstile.socket(1);
        }
        assertFalse(Files.exists(socket.getParent()));
    }
}
