package dev.lanegrad.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The thousand classes that networks for ImageNet tell apart.
public final class ImageNet {
    /// Their names in torchvision, by number.
    public static final List<String> CLASSES = classes();

    private ImageNet() {}

    private static List<String> classes() {
        try (InputStream file = ImageNet.class.getResourceAsStream("imagenet-classes.txt")) {
            byte[] text = Objects.requireNonNull(file).readAllBytes();
            return new String(text, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
