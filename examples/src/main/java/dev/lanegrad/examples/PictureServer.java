package dev.lanegrad.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.ImageNet;
import dev.lanegrad.data.ImagePreset;
import dev.lanegrad.data.Pictures;
import dev.lanegrad.io.TensorFile;
import dev.lanegrad.nn.models.ResNet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Classifies pictures that come by HTTP: `POST /classify` with the bytes of a JPEG, PNG, GIF or
/// BMP file answers the five most probable classes as JSON.
///
/// One network serves all requests, each on a virtual thread. As many are computed at once as there
/// are permits; the others wait, holding no more than their picture's bytes.
public final class PictureServer implements AutoCloseable {
    private static final int MAX_BODY = 10 << 20;
    private static final int TOP = 5;

    private final ResNet network;
    private final ImagePreset preset;
    private final List<String> classes;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore computing =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// Starts to listen on the loopback address.
    ///
    /// @param network in evaluation mode, of colour pictures
    /// @param port 0 for any that is free
    public PictureServer(ResNet network, ImagePreset preset, List<String> classes, int port)
            throws IOException {
        this.network = network;
        this.preset = preset;
        this.classes = List.copyOf(classes);
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/classify", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /// The port that it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private record Answer(int status, String json) {
        static Answer error(int status, String message) {
            return new Answer(status, "{\"error\":" + quoted(message) + "}");
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = (answer.json + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException _) {
            // the client has hung up: there is nobody to tell
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return Answer.error(405, "POST a picture");
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                exchange.getResponseHeaders().set("Connection", "close");
                return Answer.error(413, "the picture has more than %d bytes".formatted(MAX_BODY));
            }
        }
        boolean permitted = false;
        try {
            computing.acquire();
            permitted = true;
            return new Answer(200, classify(body));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "the server is being stopped");
        } catch (IOException | IllegalArgumentException e) {
            return Answer.error(400, String.valueOf(e.getMessage()));
        } finally {
            if (permitted) {
                computing.release();
            }
        }
    }

    private String classify(byte[] picture) throws IOException {
        try (var _ = Lanegrad.scope();
                var _ = Autograd.noGrad()) {
            Tensor x = preset.apply(Pictures.decode(picture));
            double[] p = network.forward(x).softmax(1).toDoubleArray();
            return IntStream.range(0, p.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(p[b], p[a]))
                    .limit(TOP)
                    .map(i ->
                            String.format(
                                    Locale.ROOT,
                                    "{\"class\":%s,\"probability\":%.6f}",
                                    quoted(classes.get(i)),
                                    p[i]))
                    .collect(Collectors.joining(",", "{\"classes\":[", "]}"));
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints()
                .map(c -> c < ' ' ? ' ' : c)
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        json.append('\\');
                    }
                    json.appendCodePoint(c);
                });
        return json.append('"').toString();
    }

    /// `PictureServer resnet18 FILE.pth [PORT]`; without a file the network has random values,
    /// which suffices to measure it.
    public static void main(String[] args) throws IOException {
        String model = args.length > 0 ? args[0] : "resnet18";
        ResNet network = ResNet.named(model, ImageNet.CLASSES.size());
        if (args.length > 1) {
            network.loadStateDict(TensorFile.read(Path.of(args[1])).tensors());
        }
        network.eval();
        int port = args.length > 2 ? Integer.parseInt(args[2]) : 8080;
        PictureServer server =
                new PictureServer(network, ImagePreset.IMAGENET, ImageNet.CLASSES, port);
        System.out.println(Lanegrad.describe());
        System.out.printf("POST pictures to http://127.0.0.1:%d/classify%n", server.port());
    }
}
