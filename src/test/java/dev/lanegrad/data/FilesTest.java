package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.transforms.Resize;
import dev.lanegrad.io.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Pictures, folders of them, CSV and CIFAR-10.
class FilesTest {
    @TempDir Path temp;

    private static void malformed(Path file, String rule, Executable read) {
        var e = assertThrows(MalformedFileException.class, read);
        assertEquals(file + ": " + rule, e.getMessage());
    }

    private void picture(String name, int height, int width, int red) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Tensor pixels = Tensor.full(Shape.of(3, height, width), 7).to(DType.UINT8);
        pixels.select(0, 0).fill_(red);
        String format = name.substring(name.lastIndexOf('.') + 1);
        assertTrue(ImageIO.write(Pictures.toBufferedImage(pixels), format, file.toFile()));
    }

    @Test
    void picturesOfFoldersAreLabelledWithThePlaceOfTheirFolder() throws IOException {
        picture("cat/1.png", 2, 3, 10);
        picture("ant/deep/2.png", 4, 5, 20);
        picture("ant/3.bmp", 6, 6, 30);
        Files.writeString(temp.resolve("ant/notes.txt"), "no picture");
        ImageFolder folder = ImageFolder.of(temp);
        assertEquals(List.of("ant", "cat"), folder.classes());
        assertEquals(3, folder.size());
        assertEquals(Shape.of(3, 6, 6), folder.get(0).input().shape());
        assertEquals(0L, folder.get(1).target().item());
        assertEquals(1L, folder.get(2).target().item());
        assertEquals(
                "[[[10, 10, 10], [10, 10, 10]], [[7, 7, 7], [7, 7, 7]], [[7, 7, 7], [7, 7, 7]]]",
                folder.get(2).input().toList().toString());
        var loader = DataLoader.builder(folder).batchSize(3).transform(new Resize(2, 2)).build();
        assertEquals(
                "[30, 20, 10]",
                loader.epoch(0)
                        .iterator()
                        .next()
                        .inputs()
                        .select(1, 0)
                        .select(1, 0)
                        .select(1, 0)
                        .toList()
                        .toString());
    }

    @Test
    void aBrokenPictureNamesItsFile() throws IOException {
        picture("a/1.png", 9, 9, 10);
        picture("a/2.png", 9, 9, 10);
        Path broken = temp.resolve("a/2.png");
        byte[] bytes = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        var e = assertThrows(MalformedFileException.class, () -> Pictures.read(broken));
        assertTrue(e.getMessage().startsWith(broken + ": damaged picture: "), e.getMessage());
        var loader = DataLoader.builder(ImageFolder.of(temp)).build();
        var thrown =
                assertThrows(
                        UncheckedIOException.class,
                        () -> loader.epoch(0).forEach(Object::hashCode));
        assertEquals(e.getMessage(), thrown.getMessage());
        List<String> reports = new ArrayList<>();
        var skipping =
                DataLoader.builder(ImageFolder.of(temp))
                        .batchSize(2)
                        .prefetch(0)
                        .skipBroken(x -> reports.add(x.getMessage()))
                        .build();
        assertEquals(1, skipping.epoch(0).iterator().next().size());
        assertEquals(List.of(e.getMessage()), reports);
    }

    @Test
    void whatIsNoPictureAndNoFolderIsRefused() throws IOException {
        Path text = temp.resolve("x.png");
        Files.writeString(text, "no picture");
        malformed(text, "not a picture in a format that Java reads", () -> Pictures.read(text));
        assertThrows(NotDirectoryException.class, () -> ImageFolder.of(text));
        malformed(
                temp, "has no folders, of which each would be a class", () -> ImageFolder.of(temp));
        Path empty = Files.createDirectory(temp.resolve("empty"));
        malformed(empty, "a class without pictures", () -> ImageFolder.of(temp));
    }

    @Test
    void picturesComeBackAsTheyWereFromJava() {
        Tensor x = Tensor.arange(24).reshape(3, 2, 4).mul(10).to(DType.UINT8);
        assertTrue(x.equal(Pictures.of(Pictures.toBufferedImage(x))));
        Tensor shares = x.to(DType.FLOAT32).div(255);
        assertTrue(x.equal(Pictures.of(Pictures.toBufferedImage(shares))));
        Tensor gray = x.narrow(0, 1, 1);
        assertTrue(gray.expand(3, 2, 4).equal(Pictures.of(Pictures.toBufferedImage(gray))));
    }

    @Test
    void tablesOfTextAreReadAsNumbersAndClasses() throws IOException {
        Path file = temp.resolve("table.csv");
        Files.writeString(
                file,
                "\uFEFFlength,\"kind, or so\",width\r\n1.5,\"a \"\"b\"\"\",2\r\n\r\n"
                        + "-3,zebra,4e1\r\n7,\"a \"\"b\"\"\",8");
        CsvTable table = CsvTable.read(file);
        assertEquals(List.of("length", "kind, or so", "width"), table.columns());
        assertEquals(3, table.size());
        assertEquals(
                "[[2.0, 1.5], [40.0, -3.0], [8.0, 7.0]]",
                table.numbers("width", "length").toList().toString());
        assertEquals(List.of("a \"b\"", "zebra"), table.classNames("kind, or so"));
        assertEquals("[0, 1, 0]", table.classes("kind, or so").toList().toString());
    }

    @Test
    void damagedTablesAreRefusedWithThePlace() throws IOException {
        Path file = temp.resolve("table.csv");
        Files.writeString(file, "a;b\n1;2\n3\n");
        malformed(
                file,
                "row 2 has 1 fields, but there are 2 columns",
                () -> CsvTable.read(file, ';'));
        Files.writeString(file, "a,b\n\"1,2\n");
        malformed(
                file,
                "the quote at character 4 does not end with its field",
                () -> CsvTable.read(file));
        Files.writeString(file, "");
        malformed(file, "has no line of names", () -> CsvTable.read(file));
        Files.writeString(file, "a\n1\nx\n");
        CsvTable table = CsvTable.read(file);
        malformed(file, "row 2, column a: \"x\" is no number", () -> table.numbers("a"));
        var e = assertThrows(IllegalArgumentException.class, () -> table.texts("c"));
        assertEquals("csv: " + file + " has no column c; there are [a]", e.getMessage());
    }

    @Test
    void cifarIsReadFromItsBinaryFiles() throws IOException {
        byte[] two = new byte[2 * 3073];
        two[0] = 3;
        two[3073] = 9;
        two[1] = (byte) 200;
        two[3073 + 1 + 1024] = 5;
        Path file = temp.resolve("test_batch.bin");
        Files.write(file, two);
        TensorDataset test = Cifar.test(temp);
        assertEquals("[3, 9]", test.targets().toList().toString());
        assertEquals(Shape.of(2, 3, 32, 32), test.inputs().shape());
        assertEquals(200, ((Number) test.inputs().flatten().select(0, 0).item()).intValue());
        assertEquals(5, ((Number) test.get(1).input().flatten().select(0, 1024).item()).intValue());
        two[0] = 10;
        Files.write(file, two);
        malformed(file, "label 10 at 0 is not in 0 to 9", () -> Cifar.test(temp));
        Files.write(file, new byte[10]);
        malformed(
                file,
                "10 bytes are no whole number of pictures, which have 3073 each",
                () -> Cifar.test(temp));
    }
}
