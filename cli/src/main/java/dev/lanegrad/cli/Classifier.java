package dev.lanegrad.cli;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.FashionMnist;
import dev.lanegrad.data.ImageNet;
import dev.lanegrad.data.ImagePreset;
import dev.lanegrad.data.Normalization;
import dev.lanegrad.data.Pictures;
import dev.lanegrad.data.Transform;
import dev.lanegrad.data.transforms.CenterCrop;
import dev.lanegrad.data.transforms.Grayscale;
import dev.lanegrad.data.transforms.Resize;
import dev.lanegrad.io.TensorFile;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.nn.models.Weights;
import dev.lanegrad.nn.models.WeightsCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A trained network, how it wants its pictures, and what its classes are called.
///
/// @param preparation from uint8 `[3, H, W]` to float32 `[C, H, W]`
record Classifier(String name, ResNet network, Transform preparation, List<String> classes) {
    private static final int CLOTHES_SIZE = 28;
    private static final String SHIPPED = "resnet20-fashion-mnist.safetensors";
    private static final String FC = "fc.weight";

    /// A class and its probability.
    record Guess(String name, double probability) {}

    /// The network that comes with the command.
    static Classifier shipped() throws IOException {
        Path file = Files.createTempFile("resnet20", ".safetensors");
        try (InputStream in = Classifier.class.getResourceAsStream(SHIPPED)) {
            Files.write(file, Objects.requireNonNull(in).readAllBytes());
            TensorFile contents = TensorFile.read(file);
            return small(
                    "resnet20 (fashion-mnist)",
                    "resnet20",
                    contents.tensors(),
                    FashionMnist.CLASSES);
        } catch (Complaint e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(file);
        }
    }

    /// A network of torchvision's with its trained values.
    static Classifier pretrained(String model, WeightsCache cache) throws IOException, Complaint {
        try {
            return new Classifier(
                    model,
                    ResNet.trained(model, Weights.IMAGENET1K_V1, cache),
                    ImagePreset.IMAGENET,
                    ImageNet.CLASSES);
        } catch (IllegalArgumentException e) {
            throw new Complaint("--model: " + e.getMessage());
        }
    }

    /// A network with the values in a file. Files of `train` and `finetune` say themselves which.
    ///
    /// @param model null if the file says
    static Classifier of(Path file, @Nullable String model) throws IOException, Complaint {
        TensorFile contents = TensorFile.read(file);
        Map<String, String> texts = contents.texts();
        String named = model != null ? model : texts.get("model");
        if (named == null) {
            throw new Complaint(
                    "--weights: %s does not say of which network it is; --model does"
                            .formatted(file));
        }
        Map<String, Tensor> tensors = contents.tensors();
        Tensor fc = tensors.get(FC);
        if (fc == null || fc.dim() != 2) {
            throw new Complaint(
                    "--weights: %s has no matrix %s, as a ResNet has".formatted(file, FC));
        }
        List<String> classes = classes(texts, fc.size(0));
        try {
            if (isSmall(tensors)) {
                return small(named, named, tensors, classes);
            }
            ResNet network = ResNet.named(named, fc.size(0));
            network.loadStateDict(tensors);
            network.eval();
            return new Classifier(named, network, ImagePreset.IMAGENET, classes);
        } catch (IllegalArgumentException e) {
            throw new Complaint("--weights: %s: %s".formatted(file, e.getMessage()));
        }
    }

    /// Whether the first convolution keeps the size of small images.
    private static boolean isSmall(Map<String, Tensor> tensors) {
        Tensor first = tensors.get("conv1.weight");
        return first != null && first.dim() == 4 && first.size(3) == 3;
    }

    private static Classifier small(
            String name, String model, Map<String, Tensor> tensors, List<String> classes)
            throws Complaint {
        Tensor first = Objects.requireNonNull(tensors.get("conv1.weight"));
        ResNet network = Network.of(model).create(first.size(1), classes.size());
        network.loadStateDict(tensors);
        network.eval();
        return new Classifier(name, network, Classifier::asClothes, classes);
    }

    private static List<String> classes(Map<String, String> texts, int n) {
        String listed = texts.get("classes");
        if (listed != null && listed.lines().count() == n) {
            return listed.lines().toList();
        }
        if (n == ImageNet.CLASSES.size()) {
            return ImageNet.CLASSES;
        }
        if (n == FashionMnist.CLASSES.size() && !Images.DIGITS.equals(texts.get("data"))) {
            return FashionMnist.CLASSES;
        }
        return IntStream.range(0, n).mapToObj(Integer::toString).toList();
    }

    /// A picture as those of Fashion-MNIST are: 28x28 greys, bright things on black. One whose
    /// border is bright is turned into its negative.
    private static Tensor asClothes(Tensor picture, RandomGenerator random) {
        Tensor small =
                Transform.of(
                                new Resize(CLOTHES_SIZE),
                                new CenterCrop(CLOTHES_SIZE),
                                new Grayscale())
                        .apply(picture, random);
        float[] grey = small.toFloatArray();
        int n = CLOTHES_SIZE;
        double border = 0;
        for (int i = 0; i < n; i++) {
            border += grey[i] + grey[n * (n - 1) + i] + grey[n * i] + grey[n * i + n - 1];
        }
        if (border / (4 * n) > 127.5) {
            for (int i = 0; i < grey.length; i++) {
                grey[i] = 255 - grey[i];
            }
        }
        Normalization normalization = FashionMnist.NORMALIZATION;
        return normalization.apply(Tensor.of(Arrays.copyOf(grey, n * n), Shape.of(1, n, n)));
    }

    /// The most probable classes of a picture, the first one first.
    List<Guess> guesses(Path picture, int count) throws IOException, Complaint {
        Tensor pixels = Pictures.read(picture);
        try (var _ = Lanegrad.scope();
                var _ = Autograd.noGrad()) {
            Tensor x = preparation.apply(pixels, new SplittableRandom(0)).unsqueeze(0);
            return best(network.forward(x).softmax(1).toDoubleArray(), count);
        } catch (IllegalArgumentException e) {
            throw new Complaint(picture + ": " + e.getMessage());
        }
    }

    private List<Guess> best(double[] p, int count) {
        List<Guess> guesses = new ArrayList<>();
        IntStream.range(0, p.length)
                .boxed()
                .sorted((a, b) -> Double.compare(p[b], p[a]))
                .limit(count)
                .forEach(i -> guesses.add(new Guess(classes.get(i), p[i])));
        return guesses;
    }
}
