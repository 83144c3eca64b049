package dev.lanegrad.data;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pictures in folders, one for each class, as `torchvision.datasets.ImageFolder`.
///
/// Classes are the folders' names, in order; pictures are in the order of their names, at any
/// depth, and read when they are asked for, `[3, H, W]` of their own size.
///
/// ```java
/// var folder = ImageFolder.of(Path.of("flowers"));
/// var loader = DataLoader.builder(folder)
///         .transform(Transform.of(new Resize(256), new CenterCrop(224)))
///         .normalization(Normalization.IMAGENET)
///         .batchSize(32).shuffle(true).build();
/// ```
public final class ImageFolder implements Dataset {
    private static final Set<String> ENDINGS =
            Set.of("png", "jpg", "jpeg", "gif", "bmp", "wbmp", "tif", "tiff");

    private final List<String> classes;
    private final List<Path> files;
    private final List<Integer> numbers;

    private ImageFolder(List<String> classes, List<Path> files, List<Integer> numbers) {
        this.classes = List.copyOf(classes);
        this.files = List.copyOf(files);
        this.numbers = List.copyOf(numbers);
    }

    /// Lists the pictures below a folder.
    ///
    /// @throws NotDirectoryException if it is none
    /// @throws MalformedFileException if it has no folders, or one has no pictures
    /// @throws IOException if a folder cannot be read
    public static ImageFolder of(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        List<String> classes = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Path folder : sorted(root, 1, Files::isDirectory)) {
            List<Path> pictures = sorted(folder, Integer.MAX_VALUE, ImageFolder::isPicture);
            if (pictures.isEmpty()) {
                throw new MalformedFileException(folder, "a class without pictures");
            }
            for (Path picture : pictures) {
                files.add(picture);
                numbers.add(classes.size());
            }
            classes.add(String.valueOf(folder.getFileName()));
        }
        if (classes.isEmpty()) {
            throw new MalformedFileException(
                    root, "has no folders, of which each would be a class");
        }
        return new ImageFolder(classes, files, numbers);
    }

    /// What lies below a folder, down to that depth, by name.
    private static List<Path> sorted(Path folder, int depth, Predicate<Path> wanted)
            throws IOException {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.filter(p -> !p.equals(folder)).filter(wanted).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file);
    }

    /// What the classes are called.
    public List<String> classes() {
        return classes;
    }

    /// Where the pictures are.
    public List<Path> files() {
        return files;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Example get(int number) throws IOException {
        return new Example(
                Pictures.read(files.get(number)), Tensor.scalar((long) numbers.get(number)));
    }
}
