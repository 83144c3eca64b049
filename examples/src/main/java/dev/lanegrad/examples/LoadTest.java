package dev.lanegrad.examples;

import dev.lanegrad.data.ImageNet;
import dev.lanegrad.data.ImagePreset;
import dev.lanegrad.nn.models.ResNet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

/// Sends pictures to a [PictureServer] in the same process from several clients at once, and prints
/// throughput, latencies and the memory that is in use after each round: `LoadTest [MODEL]
/// [CLIENTS] [REQUESTS] [ROUNDS]`.
public final class LoadTest {
    private LoadTest() {}

    /// Runs it.
    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        String model = args.length > 0 ? args[0] : "resnet18";
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        int requests = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 4;
        ResNet network = ResNet.named(model, ImageNet.CLASSES.size());
        network.eval();
        byte[] picture = picture(400, 300);
        try (var server = new PictureServer(network, ImagePreset.IMAGENET, ImageNet.CLASSES, 0);
                var client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/classify");
            for (int round = 0; round <= rounds; round++) { // the first one warms up
                long start = System.nanoTime();
                long[] nanos = round(client, uri, picture, clients, requests);
                double seconds = (System.nanoTime() - start) * 1e-9;
                Arrays.sort(nanos);
                System.out.printf(
                        "%s %d requests, %d clients: %.1f pictures/s, p50 %.0f ms, p99 %.0f ms, %d MB in use%n",
                        round == 0 ? "warm-up:" : "round " + round + ":",
                        requests,
                        clients,
                        requests / seconds,
                        nanos[requests / 2] * 1e-6,
                        nanos[(int) Math.ceil(requests * 0.99) - 1] * 1e-6,
                        usedMegabytes());
            }
        }
    }

    private static long[] round(
            HttpClient client, URI uri, byte[] picture, int clients, int requests)
            throws InterruptedException, ExecutionException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                        .build();
        Callable<Long> call =
                () -> {
                    long start = System.nanoTime();
                    var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (response.statusCode() != 200) {
                        throw new IOException("status " + response.statusCode());
                    }
                    return System.nanoTime() - start;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> sent = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                sent.add(threads.submit(call));
            }
            long[] nanos = new long[requests];
            for (int i = 0; i < requests; i++) {
                nanos[i] = sent.get(i).get();
            }
            return nanos;
        }
    }

    /// Noise, which is the dearest to decode.
    private static byte[] picture(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        return jpeg.toByteArray();
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
