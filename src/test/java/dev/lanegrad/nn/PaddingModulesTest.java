package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.BagReduction;
import dev.lanegrad.PadMode;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import org.junit.jupiter.api.Test;

class PaddingModulesTest {
    private static final Tensor ROW = Tensor.of(new float[][][] {{{1, 2, 3}}});

    @Test
    void eachKindPutsItsOwnElementsAround() {
        assertRow(new ZeroPad1d(1).forward(ROW), 0, 1, 2, 3, 0);
        assertRow(new ConstantPad1d(1, 0, 7).forward(ROW), 7, 1, 2, 3);
        assertRow(new ReflectionPad1d(2).forward(ROW), 3, 2, 1, 2, 3, 2, 1);
        assertRow(new ReplicationPad1d(0, 2).forward(ROW), 1, 2, 3, 3, 3);
        assertRow(new CircularPad1d(1).forward(ROW), 3, 1, 2, 3, 1);
    }

    @Test
    void sidesAreLeftRightTopBottomFrontBack() {
        Tensor x = Tensor.ones(1, 1, 2, 3, 4);
        Shape shape = new ZeroPad3d(1, 2, 3, 4, 5, 6).forward(x).shape();
        assertEquals(Shape.of(1, 1, 13, 10, 7), shape);
        assertEquals("ZeroPad2d((1, 2, 3, 4))", new ZeroPad2d(1, 2, 3, 4).toString());
        assertEquals(
                "ConstantPad2d(padding=(2, 2, 2, 2), value=3.5)",
                new ConstantPad2d(2, 3.5).toString());
    }

    @Test
    void aConvolutionOfAnotherPaddingModeIsOneOfThePaddedInput() {
        Conv2d conv = Conv2d.builder(1, 1, 3).padding(1, 2).paddingMode(PadMode.REFLECT).build();
        Tensor x = Tensor.randn(1, 1, 4, 5);
        Tensor padded = new ReflectionPad2d(2, 2, 1, 1).forward(x);
        assertArrayEquals(
                padded.conv2d(conv.weight(), conv.bias(), 1, 0).toFloatArray(),
                conv.forward(x).toFloatArray());
        Conv1d ring = Conv1d.builder(1, 1, 3).padding(1).paddingMode(PadMode.CIRCULAR).build();
        assertEquals(Shape.of(1, 1, 3), ring.forward(ROW).shape());
        assertEquals(
                "Conv1d(1, 1, kernel_size=(3,), stride=(1,), padding=(1,), padding_mode=circular)",
                ring.toString());
    }

    @Test
    void upsamplingTakesASizeOrAFactor() {
        Tensor twice = Upsample.builder().scaleFactor(2).build().forward(ROW);
        assertRow(twice, 1, 1, 2, 2, 3, 3);
        Upsample linear = Upsample.builder().size(5).mode("linear").alignCorners(true).build();
        assertRow(linear.forward(ROW), 1, 1.5f, 2, 2.5f, 3);
        assertEquals("Upsample(size=5, mode='linear')", linear.toString());
        Tensor image = Tensor.of(new float[][] {{0, 1}, {2, 3}}).reshape(1, 1, 2, 2);
        assertEquals(
                1.5f,
                UpsamplingBilinear2d.toSize(3).forward(image).select(2, 1).select(2, 1).item());
        assertEquals(
                "UpsamplingNearest2d(scale_factor=2.0, mode='nearest')",
                UpsamplingNearest2d.scaledBy(2).toString());
        assertThrows(IllegalArgumentException.class, () -> Upsample.builder().build());
        assertThrows(
                IllegalArgumentException.class,
                () -> Upsample.builder().size(2).mode("area").build());
    }

    @Test
    void foldingWindowsCountsEachPixelOncePerWindow() {
        Tensor x = Tensor.randn(1, 2, 4, 4);
        Tensor columns = new Unfold(2, 1, 0, 2).forward(x);
        assertEquals(Shape.of(1, 8, 4), columns.shape());
        assertArrayEquals(
                x.toFloatArray(), new Fold(4, 2, 1, 0, 2).forward(columns).toFloatArray());
        assertEquals(
                "Unfold(kernel_size=3, dilation=1, padding=0, stride=1)", new Unfold(3).toString());
    }

    @Test
    void shuffledPixelsComeBack() {
        Tensor x = Tensor.randn(1, 4, 2, 2);
        Tensor y = new PixelShuffle(2).forward(x);
        assertEquals(Shape.of(1, 1, 4, 4), y.shape());
        assertArrayEquals(x.toFloatArray(), new PixelUnshuffle(2).forward(y).toFloatArray());
    }

    @Test
    void aBagIsARowOrStartsAtAnOffset() {
        EmbeddingBag m = new EmbeddingBag(3, 2, BagReduction.SUM);
        Tensor sum = m.weight().select(0, 0).add(m.weight().select(0, 2));
        Tensor rows = m.forward(Tensor.of(new long[][] {{0, 2}, {1, 1}}));
        assertArrayEquals(sum.toFloatArray(), rows.select(0, 0).toFloatArray());
        Tensor bags = m.forward(Tensor.of(0L, 2L, 1L), Tensor.of(0L, 2L));
        assertArrayEquals(m.weight().select(0, 1).toFloatArray(), bags.select(0, 1).toFloatArray());
        assertThrows(IllegalArgumentException.class, () -> m.forward(Tensor.of(0L)));
    }

    @Test
    void powersOfAWindowAreSummed() {
        assertRow(
                new LPPool1d(2, 2, 1, false).forward(ROW),
                (float) Math.sqrt(5),
                (float) Math.sqrt(13));
        assertEquals(
                "LPPool2d(norm_type=2, kernel_size=3, stride=None, ceil_mode=False)",
                new LPPool2d(2, 3).toString());
        Tensor ones = Tensor.ones(1, 1, 2, 2);
        assertEquals(2f, new LPPool2d(2, 2).forward(ones).item());
    }

    @Test
    void volumesAreNormalizedOverAllTheirVoxels() {
        Tensor x = Tensor.randn(2, 3, 2, 2, 2);
        Tensor batch = new BatchNorm3d(3).forward(x).permute(1, 0, 2, 3, 4).reshape(3, -1);
        assertArrayEquals(new float[3], batch.mean(1).toFloatArray(), 1e-6f);
        Tensor each = new InstanceNorm3d(3).forward(x).reshape(6, -1);
        assertArrayEquals(new float[6], each.mean(1).toFloatArray(), 1e-6f);
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchNorm3d(3).forward(Tensor.ones(1, 3, 2, 2)));
    }

    private static void assertRow(Tensor y, float... expected) {
        assertArrayEquals(expected, y.toFloatArray(), 1e-6f);
    }
}
