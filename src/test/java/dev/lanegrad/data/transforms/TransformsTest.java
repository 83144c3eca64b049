package dev.lanegrad.data.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private final RandomGenerator random = new Random(5);

    /// One channel of whole numbers.
    private static Tensor picture(int height, int width, int... values) {
        return Tensor.of(values, Shape.of(1, height, width)).to(DType.UINT8);
    }

    private String changed(Transform transform, Tensor x) {
        Tensor y = transform.apply(x, random);
        assertEquals(x.dtype(), y.dtype());
        return y.toList().toString();
    }

    @Test
    void middlesAndBorders() {
        Tensor x = picture(2, 3, 1, 2, 3, 4, 5, 6);
        assertEquals("[[[2], [5]]]", changed(new CenterCrop(2, 1), x));
        assertEquals("[[[1, 2, 3], [4, 5, 6], [0, 0, 0]]]", changed(new CenterCrop(3), x));
        assertEquals(
                "[[[9, 9, 9], [9, 7, 9], [9, 9, 9]]]", changed(new Pad(1, 9), picture(1, 1, 7)));
    }

    @Test
    void partsAndMirrorImages() {
        Tensor x = picture(2, 2, 1, 2, 3, 4);
        assertEquals("[[[2, 1], [4, 3]]]", changed(new RandomHorizontalFlip(1), x));
        assertEquals("[[[3, 4], [1, 2]]]", changed(new RandomVerticalFlip(1), x));
        assertEquals("[[[1, 2], [3, 4]]]", changed(new RandomVerticalFlip(0), x));
        assertEquals("[[[1, 2], [3, 4]]]", changed(new RandomCrop(2, 0), x));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> changed(new RandomCrop(5, 1), x));
        assertEquals(
                "randomCrop: a part of 5 by 5 does not fit into [1, 2, 2] with a border of 1",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> changed(new Grayscale(), Tensor.ones(2)));
    }

    /// Values of `torchvision.transforms.v2.functional.resize(..., antialias=True)`, worked out by
    /// hand: weights of a triangle over the old pixels that a new one covers.
    @Test
    void resizedPicturesAreWeightedMeans() {
        Tensor x = Tensor.of(new float[] {0, 4, 8, 12}, Shape.of(1, 1, 4));
        assertArrayEquals(
                new float[] {20f / 7, 64f / 7},
                new Resize(1, 2).apply(x, random).toFloatArray(),
                1e-6f);
        Tensor y = Tensor.of(new float[] {0, 4}, Shape.of(1, 1, 2));
        assertArrayEquals(
                new float[] {0, 1, 3, 4}, new Resize(1, 4).apply(y, random).toFloatArray(), 1e-6f);
        assertEquals(Shape.of(1, 3, 6), new Resize(3).apply(picture(1, 2, 1, 2), random).shape());
        assertEquals("[[[2], [2]]]", changed(new Resize(2, 1), picture(1, 2, 1, 3)));
    }

    @Test
    void aPartOfAnySizeIsBroughtToOne() {
        Tensor x = Tensor.rand(3, 40, 30);
        for (int i = 0; i < 50; i++) {
            Tensor y = new RandomResizedCrop(8).apply(x, random);
            assertEquals(Shape.of(3, 8, 8), y.shape());
            assertTrue(y.min().item() instanceof Float low && low >= 0);
        }
        Tensor whole = new RandomResizedCrop(1, 40, 1, 1, 1).apply(Tensor.ones(3, 1, 40), random);
        assertEquals(Shape.of(3, 1, 40), whole.shape());
    }

    @Test
    void erasedIsARectangleInAllChannels() {
        float share = 0;
        for (int i = 0; i < 200; i++) {
            Tensor x = Tensor.ones(2, 20, 20);
            Tensor y = new RandomErasing(1, 0.02, 0.33, 0.3).apply(x, random);
            assertTrue(y.select(0, 0).equal(y.select(0, 1)));
            float erased = 1 - (Float) y.mean().item();
            Tensor zeros = y.select(0, 0).eq(0).nonzero();
            Tensor sides =
                    zeros.amax(new int[] {0}, false).sub(zeros.amin(new int[] {0}, false)).add(1);
            assertEquals(erased * 400, ((Number) sides.prod().item()).floatValue(), 0.01f);
            share += erased / 200;
            assertEquals(1f, (Float) x.min().item());
        }
        assertEquals(0.17, share, 0.03);
    }

    @Test
    void aTurnByNothingChangesNothingAndOthersKeepTheMiddle() {
        Tensor x = Tensor.rand(1, 5, 5);
        assertArrayEquals(
                x.toFloatArray(), new RandomRotation(0).apply(x, random).toFloatArray(), 1e-6f);
        for (int i = 0; i < 20; i++) {
            Tensor y = new RandomRotation(180).apply(x, random);
            assertEquals(
                    (Float) x.select(0, 0).select(0, 2).select(0, 2).item(),
                    (Float) y.select(0, 0).select(0, 2).select(0, 2).item(),
                    1e-5f);
        }
    }

    private static Tensor color(float red, float green, float blue) {
        return Tensor.of(new float[] {red, green, blue}, Shape.of(3, 1, 1));
    }

    @Test
    void coloursChangeAsFarAsAllowed() {
        Tensor x = color(0.5f, 0.25f, 0.75f);
        assertArrayEquals(
                x.toFloatArray(), new ColorJitter(0, 0, 0, 0).apply(x, random).toFloatArray());
        for (int i = 0; i < 100; i++) {
            float[] y = new ColorJitter(0.2, 0, 0, 0).apply(x, random).toFloatArray();
            assertTrue(y[0] >= 0.4f - 1e-6f && y[0] <= 0.6f + 1e-6f);
            assertEquals(0.5f, y[1] / y[0], 1e-5f);
            float[] turned = new ColorJitter(0, 0, 0, 0.5).apply(x, random).toFloatArray();
            assertEquals(0.75f, Math.max(turned[0], Math.max(turned[1], turned[2])), 1e-5f);
            assertEquals(0.25f, Math.min(turned[0], Math.min(turned[1], turned[2])), 1e-5f);
        }
        assertEquals(
                List.of(List.of(List.of(76))),
                new Grayscale()
                        .apply(color(255, 0, 0).to(DType.UINT8), random)
                        .to(DType.INT32)
                        .toList());
    }

    /// A hue turned by a third of the circle: red becomes green or blue.
    @Test
    void huesTurnAroundTheCircle() {
        RandomGenerator least =
                () -> 0; // nextDouble is 0, so hues turn back by all that is allowed
        float[] y = new ColorJitter(0, 0, 0, 1 / 3.0).apply(color(1, 0, 0), least).toFloatArray();
        assertArrayEquals(new float[] {0, 0, 1}, y, 1e-5f);
    }
}
