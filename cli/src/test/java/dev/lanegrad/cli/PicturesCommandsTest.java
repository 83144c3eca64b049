package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.Npy;
import dev.lanegrad.io.Pth;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.models.ResNet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that take model files and pictures.
class PicturesCommandsTest {
    @TempDir Path temp;

    @Test
    void inspectListsTensorsAndValues() throws IOException {
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("model", Map.of("fc.weight", Tensor.zeros(10, 512)));
        checkpoint.put("epoch\u001b[2J", 3);
        Path file = temp.resolve("x.pth");
        Pth.write(file, checkpoint);
        assertEquals(
                List.of(
                        "model.fc.weight  float32   [10, 512]               20.5 KB",
                        "epoch?[2J = 3",
                        "pth: 1 tensors, 5120 elements, 20.5 KB"),
                Run.of("inspect", file.toString()).assertDone().lines());
        Npy.write(file, Tensor.of(1L, 2L));
        assertEquals(
                List.of(
                        "  int64     [2]                    16 bytes",
                        "npy: 1 tensors, 2 elements, 16 bytes"),
                Run.of("inspect", file.toString()).assertDone().lines());
    }

    @Test
    void whatIsNoFileOfTensorsIsOneLine() throws IOException {
        Path file = Files.writeString(temp.resolve("x.pth"), "hello");
        Run.of("inspect", file.toString())
                .assertComplaint(
                        "lanegrad inspect: %s: it is neither a .pth nor a .safetensors, .npy or .npz file"
                                .formatted(file));
        Path none = temp.resolve("none");
        Run.of("inspect", none.toString())
                .assertComplaint("lanegrad inspect: " + none + ": there is no such file or folder");
        Run.of("classify", "--weights", file.toString(), file.toString())
                .assertComplaint(
                        "lanegrad classify: %s: it is neither a .pth nor a .safetensors, .npy or .npz file"
                                .formatted(file));
    }

    @Test
    void theNetworkThatComesWithTheCommandClassifiesClothes() throws IOException {
        Path trousers = temp.resolve("trousers.png");
        ImageIO.write(trousers(), "png", trousers.toFile());
        List<String> lines = Run.of("classify", trousers.toString()).assertDone().lines();
        assertEquals(6, lines.size(), lines.toString());
        assertEquals(trousers.toString(), lines.getFirst());
        assertTrue(lines.get(1).matches(" +\\d+\\.\\d %  Trouser"), lines.toString());
    }

    /// As a shop shows them: dark on white.
    private static BufferedImage trousers() {
        BufferedImage picture = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 280, 280);
        g.setColor(new Color(40, 40, 60));
        g.fillRect(90, 10, 100, 70);
        g.fillRect(90, 80, 40, 190);
        g.fillRect(150, 80, 40, 190);
        g.dispose();
        return picture;
    }

    @Test
    void aNetworkLearnsAFolderOfPicturesAndClassifiesThem() throws IOException {
        Path folder = folder();
        Tensor.manualSeed(4);
        Path weights = temp.resolve("resnet18.pth");
        Pth.write(weights, ResNet.resnet18().stateDict());
        Path out = temp.resolve("out");
        List<String> lines =
                Run.of(args("finetune", folder, weights, "--epochs", "2", "--out", out.toString()))
                        .assertDone()
                        .lines();
        assertEquals(
                "resnet18 learns " + folder + ": 2 classes, 10 pictures, 2 to test with",
                lines.get(1));
        assertTrue(
                lines.get(2).matches("epoch 1/2  loss \\d\\.\\d{4}  test [ \\d]+\\.\\d\\d %"),
                lines.get(2));
        assertEquals(
                "11186132 frozen values, batch statistics included, are as they were",
                lines.get(4));
        Path checkpoint = out.resolve("model.safetensors");
        assertEquals("checkpoint " + checkpoint, lines.get(5));
        assertEquals("blue\nred", Safetensors.read(checkpoint).metadata().get("classes"));

        List<String> classified =
                Run.of("classify", "--weights", checkpoint.toString(), folder + "/red/0.png")
                        .assertDone()
                        .lines();
        assertEquals(3, classified.size(), classified.toString());
        Run evaluated =
                Run.of("evaluate", "--data", folder.toString(), "--weights", checkpoint.toString());
        assertTrue(
                evaluated
                        .assertDone()
                        .out()
                        .matches(
                                "resnet18 on .*: top-1 [\\d.]+ % \\(\\d+ of 12\\), top-5 100.00 %\\R"),
                evaluated.out());
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Path folder = folder();
        Path weights = temp.resolve("x.pth");
        Pth.write(weights, Map.of("fc.weight", Tensor.zeros(2, 3)));
        Run.of(args("finetune", folder, weights, "--epochs", "0"))
                .assertComplaint("lanegrad finetune: --epochs must be from 1 to 1000000, but is 0");
        Run missing = Run.of(args("finetune", folder, weights));
        assertEquals(2, missing.code());
        assertEquals(1, missing.err().lines().count());
        assertTrue(
                missing.err().contains("Missing key(s) in state_dict: \"conv1.weight\""),
                missing.err());
        Run.of("classify", "--weights", weights.toString(), folder + "/red/0.png")
                .assertComplaint(
                        "lanegrad classify: --weights: %s does not say of which network it is; --model does"
                                .formatted(weights));
        Run.of("classify", "--model", "vgg", "x.jpg")
                .assertComplaint("lanegrad classify: --model: resnet: no network vgg");
        Path text = Files.writeString(temp.resolve("x.jpg"), "hello");
        Run.of("classify", text.toString())
                .assertComplaint(
                        "lanegrad classify: "
                                + text
                                + ": not a picture in a format that Java reads");
    }

    private String[] args(String command, Path data, Path weights, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--data", data.toString()));
        args.addAll(List.of("--weights", weights.toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private Path folder() throws IOException {
        Path folder = temp.resolve("colours");
        for (var e : Map.of("red", Color.RED, "blue", Color.BLUE).entrySet()) {
            Path of = Files.createDirectories(folder.resolve(e.getKey()));
            for (int i = 0; i < 6; i++) {
                BufferedImage picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
                Graphics2D g = picture.createGraphics();
                g.setColor(e.getValue());
                g.fillRect(i, 0, 20, 20);
                g.dispose();
                ImageIO.write(picture, "png", of.resolve(i + ".png").toFile());
            }
        }
        return folder;
    }
}
