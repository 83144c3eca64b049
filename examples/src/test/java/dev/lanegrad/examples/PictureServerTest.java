package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.ImagePreset;
import dev.lanegrad.data.Normalization;
import dev.lanegrad.nn.models.ResNet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PictureServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private PictureServer server;
    private URI uri;
    private byte[] picture;

    @BeforeEach
    void start() throws IOException {
        Tensor.manualSeed(0);
        ResNet network = ResNet.small(3, 3, 8, 1, 1);
        network.eval();
        ImagePreset preset = new ImagePreset(20, 16, Normalization.IMAGENET);
        server = new PictureServer(network, preset, List.of("a", "b \"quoted\"", "c"), 0);
        uri = URI.create("http://127.0.0.1:" + server.port() + "/classify");
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png);
        picture = png.toByteArray();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void aPictureGetsItsClasses() throws Exception {
        var response = post(picture);
        assertEquals(200, response.statusCode());
        assertTrue(
                response.body()
                        .matches(
                                "\\{\"classes\":\\[(\\{\"class\":\"[^}]*\",\"probability\":0\\.\\d{6}},?){3}]}\n"),
                response.body());
        assertTrue(response.body().contains("\"b \\\"quoted\\\"\""), response.body());
        assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void clientsAtOnceGetTheAnswerOfOneAlone() throws Exception {
        String alone = post(picture).body();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(threads.submit(() -> post(picture)));
            }
            for (Future<HttpResponse<String>> response : sent) {
                assertEquals(alone, response.get().body());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoPictureIsABadRequest() throws Exception {
        var response = post("hello".getBytes(StandardCharsets.UTF_8));
        assertEquals(400, response.statusCode());
        assertEquals(
                "{\"error\":\"not a picture in a format that Java reads\"}\n", response.body());
        assertEquals(400, post(new byte[0]).statusCode());
        byte[] half = Arrays.copyOf(picture, picture.length / 2);
        assertEquals(400, post(half).statusCode());
    }

    @Test
    void anOversizedBodyIsRefused() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            send(out, "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n");
            out.write(new byte[(10 << 20) + 1]);
            byte[] status = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(status, StandardCharsets.US_ASCII));
        }
        assertEquals(200, post(picture).statusCode());
    }

    @Test
    void aClientThatHangsUpHarmsNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                OutputStream out = socket.getOutputStream();
                int claimed = picture.length + i % 2 * 1000;
                String header = "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: ";
                send(out, header + claimed + "\r\n\r\n");
                out.write(picture);
            }
        }
        assertEquals(200, post(picture).statusCode());
    }

    @Test
    void onlyPostIsAllowed() throws Exception {
        var request = HttpRequest.newBuilder(uri).GET().build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(405, response.statusCode());
        assertEquals("POST", response.headers().firstValue("Allow").orElse(""));
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
