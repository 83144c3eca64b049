package dev.lanegrad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.transforms.CenterCrop;
import dev.lanegrad.data.transforms.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums recorded from Pillow 9.4.0 and torchvision 0.14.1: pixels are theirs, every one of them.
class ImagePresetTest {
    @ParameterizedTest
    @CsvSource({
        "37, 53, 20, 31, dbca452f75f32b458161bd0ef237aba1a7945354c9e2fb1bf6f8982f7221d9e5",
        "9, 7, 20, 16, 666fcfc0cd6412d3c32c8d20196de31c48d8941d9dfd820195d4bc399b93bf1e",
        "64, 64, 64, 20, 547da582a5f3e1cafbe139bd8bb4a092da510f0cd92e4eb631476588da080f70",
        "40, 50, 13, 50, bd3bdea6ccc220cb509a6cb676bc6c5ac781e1c13f15a76fcd27d102bf6a49e7",
        "1, 1, 3, 3, 16913547d91b9e738fbd53f449c3a0ce1df04f391f35ac84e8e337973e41725a",
        "200, 3, 7, 11, cb0cab11203ff6952b20238a9544f506df73df46f083e201ea7f3d7a1cb9ec45",
        "53, 37, 53, 37, 84d06383fa21dda397169580a98f3ed090cbed48dc8ca629c82f8afcb6ea2ef5"
    })
    void picturesOfBytesAreResizedAsByPillow(int h, int w, int height, int width, String sum) {
        Tensor y = new Resize(height, width).apply(picture(h, w), new SplittableRandom(0));
        assertEquals(Shape.of(3, height, width), y.shape());
        assertEquals(sum, sha256(y));
    }

    @ParameterizedTest
    @CsvSource({
        "300, 400, 0f9f76f5c4f2b7e7b066bf2b7804b0dbfb66dbc11c4768aeda761e19bbff4927",
        "257, 512, a42bb9e34895169bd828396672da4735e650955dce45e1af944648eeb2fd1b47",
        "640, 481, 8419fd0ebe34fb24cf4c62be6b0e206ddfc80b5e5970eeff570f1189a2ea8199",
        "256, 256, 13f5d8e0d91f9b6b5bc39b55929c658b28e77a26915e83f6bc435df909170f34",
        "224, 100, a3be5400c41dc63148e24db0603b538b02cef032170392cab3b04f42543481fb",
        "1000, 333, dad02ac0f4f6842608f6d9da8f0e1ee5b01623822699e309bfd69eac0d59f97b"
    })
    void whatThePresetCutsOutIsTorchvisions(int h, int w, String sum) {
        assertEquals(sum, sha256(ImagePreset.IMAGENET.cut(picture(h, w))));
    }

    @Test
    void pixelsAreNormalizedAsByTorchvision() {
        Tensor x = ImagePreset.IMAGENET.apply(picture(300, 400));
        assertEquals(Shape.of(1, 3, 224, 224), x.shape());
        float[] values = x.toFloatArray();
        assertEquals(-0.16568204760551453, values[0], 1e-6);
        assertEquals(-0.9327730536460876, values[(224 + 100) * 224 + 50], 1e-6);
        assertEquals(0.5310677289962769, values[values.length - 1], 1e-6);
        assertEquals(0.22570460259896122, x.to(DType.FLOAT64).mean().toDoubleArray()[0], 1e-6);
    }

    @Test
    void aBorderOfZerosIsLaidRoundSmallPicturesAsByTorchvision() {
        Tensor y = new CenterCrop(4).apply(picture(1, 2), new SplittableRandom(0));
        int[] first = {0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        float[] values = y.toFloatArray();
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], values[i], "at " + i);
        }
    }

    @Test
    void greysKeepTheirValues() throws IOException {
        BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, 255});
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(grey, "png", png);
        float[] expected = {0, 100, 255, 0, 100, 255, 0, 100, 255};
        assertArrayEquals(expected, Pictures.decode(png.toByteArray()).toFloatArray());
    }

    @Test
    void ribbonsAreRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ImagePreset.IMAGENET.apply(Tensor.zeros(3, 1, 2000)));
        assertEquals(
                "imagePreset: sides of 1 and 2000 differ by more than 1000 times", e.getMessage());
    }

    @Test
    void thereAreAThousandClasses() {
        assertEquals(1000, ImageNet.CLASSES.size());
        assertEquals("tench", ImageNet.CLASSES.getFirst());
        assertEquals("toilet tissue", ImageNet.CLASSES.getLast());
    }

    private static Tensor picture(int h, int w) {
        int[] pixels = new int[3 * h * w];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    pixels[(c * h + y) * w + x] =
                            (x * x * 3 + y * 7 + c * 61 + x * y % 97 * 5) & 255;
                }
            }
        }
        return Tensor.of(pixels, Shape.of(3, h, w)).to(DType.UINT8);
    }

    private static String sha256(Tensor picture) {
        long[] values = picture.toLongArray();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
