package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.Pth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads from a server on this machine that does as servers do.
class WeightsCacheTest {
    private static final int BYTES = 300_000;

    @TempDir Path temp;
    private final byte[] contents = new byte[BYTES];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private volatile Behaviour behaviour = (out, from) -> send(out, from, BYTES);
    private WeightsCache cache;
    private String name;

    private interface Behaviour {
        void answer(OutputStream out, int from) throws IOException;
    }

    @BeforeEach
    void startAServer() throws Exception {
        new Random(1).nextBytes(contents);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(contents);
        name = "net-" + HexFormat.of().formatHex(sum).substring(0, 8) + ".pth";
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        cache = cache(server.getLocalPort());
    }

    private WeightsCache cache(int port) {
        URI source = URI.create("http://127.0.0.1:" + port + "/models/");
        return new WeightsCache(temp.resolve("cache"), source, (_, _, _) -> {});
    }

    /// A closed server whose thread waits in `accept` may still take one connection.
    private static int portWithoutAServer() throws IOException {
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    @AfterEach
    void stopTheServer() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException _) {
                // the client is gone, or the test is over
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String range = "none";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Range: ")) {
                range = line.substring("Range: ".length());
            }
        }
        ranges.add(range);
        int from = range.equals("none") ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        behaviour.answer(socket.getOutputStream(), from);
    }

    private static void header(OutputStream out, String status, String... fields)
            throws IOException {
        String header =
                "HTTP/1.1 "
                        + status
                        + "\r\n"
                        + String.join("\r\n", fields)
                        + "\r\nConnection: close";
        out.write((header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Sends the bytes from `from` up to `to`, and claims all.
    private void send(OutputStream out, int from, int to) throws IOException {
        String length = "Content-Length: " + (BYTES - from);
        if (from > 0) {
            String range = "Content-Range: bytes %d-%d/%d".formatted(from, BYTES - 1, BYTES);
            header(out, "206 Partial Content", length, range);
        } else {
            header(out, "200 OK", length);
        }
        out.write(contents, from, to - from);
    }

    @Test
    void aFileIsDownloadedOnce() throws IOException {
        List<Long> done = new ArrayList<>();
        Path file =
                cache.onProgress(
                                (_, bytes, total) -> {
                                    assertEquals(BYTES, total);
                                    done.add(bytes);
                                })
                        .get(name);
        assertArrayEquals(contents, Files.readAllBytes(file));
        assertEquals((long) BYTES, done.getLast());
        assertEquals(file, cache.get(name));
        assertEquals(List.of("none"), ranges);
        assertFalse(Files.exists(file.resolveSibling(name + ".part")));
    }

    @Test
    void whatBreaksOffIsContinued() throws IOException {
        behaviour = (out, from) -> send(out, from, Math.min(BYTES, from + 120_000));
        Path file = cache.get(name);
        assertArrayEquals(contents, Files.readAllBytes(file));
        assertEquals(3, ranges.size());
        assertTrue(ranges.get(2).startsWith("bytes="), ranges.toString());
    }

    @Test
    void theNextCallGoesOnWhereTheLastOneStopped() throws IOException {
        behaviour = (out, from) -> send(out, from, from + 70_000);
        var e = assertThrows(IOException.class, () -> cache.get(name));
        assertTrue(e.getMessage().contains("the connection broke off after"), e.getMessage());
        assertTrue(
                e.getMessage().endsWith("without a network, put it into " + cache.folder()),
                e.getMessage());
        assertFalse(Files.exists(cache.folder().resolve(name)));
        long before = Files.size(cache.folder().resolve(name + ".part"));
        assertTrue(before > 0);
        behaviour = (out, from) -> send(out, from, BYTES);
        assertArrayEquals(contents, Files.readAllBytes(cache.get(name)));
        assertEquals("bytes=" + before + "-", ranges.getLast());
    }

    @Test
    void aServerWithoutRangesStartsAnew() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(cache.folder().resolve(name + ".part"), new byte[1000]);
        behaviour = (out, _) -> send(out, 0, BYTES);
        assertArrayEquals(contents, Files.readAllBytes(cache.get(name)));
    }

    @Test
    void aPartLongerThanTheFileIsThrownAway() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(cache.folder().resolve(name + ".part"), new byte[BYTES + 1]);
        behaviour =
                (out, from) -> {
                    if (from >= BYTES) {
                        header(out, "416 Range Not Satisfiable", "Content-Length: 0");
                    } else {
                        send(out, from, BYTES);
                    }
                };
        assertArrayEquals(contents, Files.readAllBytes(cache.get(name)));
    }

    @Test
    void aWrongChecksumLeavesNothing() throws IOException {
        contents[12_345]++;
        var e = assertThrows(IOException.class, () -> cache.get(name));
        assertTrue(
                e.getMessage().contains("the SHA-256 of what was downloaded begins with "),
                e.getMessage());
        assertFalse(Files.exists(cache.folder().resolve(name)));
        assertEquals(0, Files.size(cache.folder().resolve(name + ".part")));
        contents[12_345]--;
        assertArrayEquals(contents, Files.readAllBytes(cache.get(name)));
    }

    @Test
    void aDamagedFileInTheFolderIsNoticed() throws IOException {
        Path file = cache.get(name);
        Files.write(file, Arrays.copyOf(contents, 1000));
        var e = assertThrows(IOException.class, () -> cache.get(name));
        assertTrue(e.getMessage().startsWith(file + ": its SHA-256 begins with "), e.getMessage());
    }

    @Test
    void aSlowServerIsWaitedFor() throws IOException {
        behaviour =
                (out, _) -> {
                    header(out, "200 OK", "Content-Length: " + BYTES);
                    try {
                        for (int at = 0; at < BYTES; at += 30_000) {
                            out.write(contents, at, 30_000);
                            out.flush();
                            Thread.sleep(20);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                };
        assertArrayEquals(contents, Files.readAllBytes(cache.get(name)));
    }

    @Test
    void aServerThatHasNoSuchFileIsQuoted() {
        behaviour = (out, _) -> header(out, "404 Not Found", "Content-Length: 0");
        var e = assertThrows(IOException.class, () -> cache.get(name));
        assertTrue(e.getMessage().contains("(the server answers 404)"), e.getMessage());
    }

    @Test
    void withoutAServerTheMessageSaysWhereToPutTheFile() throws IOException {
        cache = cache(portWithoutAServer());
        var e = assertThrows(IOException.class, () -> cache.get(name));
        assertTrue(
                e.getMessage().endsWith("without a network, put it into " + cache.folder()),
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> cache.get("net.pth"));
        assertThrows(IllegalArgumentException.class, () -> cache.get("../a-12345678.pth"));
    }

    @Test
    void anotherFileUnderTheNameOfATrainedNetworkIsRefused() throws Exception {
        Tensor.manualSeed(3);
        ResNet network = ResNet.resnet18();
        Path file = temp.resolve("x.pth");
        Pth.write(file, network.stateDict());
        Files.createDirectories(cache.folder());
        Path kept = cache.folder().resolve(Weights.IMAGENET1K_V1.file("resnet18"));
        Files.move(file, kept);
        var e =
                assertThrows(
                        IOException.class,
                        () -> ResNet.trained("resnet18", Weights.IMAGENET1K_V1, cache));
        assertTrue(e.getMessage().contains("not with the f37072fd of its name"), e.getMessage());
        var none =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ResNet.trained("resnet18", Weights.IMAGENET1K_V2, cache));
        assertEquals("weights: torchvision has no IMAGENET1K_V2 of resnet18", none.getMessage());
    }
}
