package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Images read at places outside, and rows of tables read in bags.
class ReadingsTest {
    private static final Tensor IMAGE = Tensor.of(1f, 2, 4, 8).view(1, 1, 1, 4);

    /// The image read at these pixels across.
    private static float[] read(GridPadding padding, boolean alignCorners, double... pixels) {
        Tensor x = Tensor.of(pixels).to(DType.FLOAT32);
        Tensor across = alignCorners ? x.mul(2 / 3.0).sub(1) : x.mul(2).add(1).div(4).sub(1);
        Tensor grid = Tensor.stack(java.util.List.of(across, Tensor.zerosLike(across)), 1);
        return IMAGE.gridSample(
                        grid.view(1, 1, -1, 2), Interpolation.BILINEAR, padding, alignCorners)
                .toFloatArray();
    }

    @Test
    void placesOutsideAreMirroredAtThePixelsCentresOrEdges() {
        float[] centres = {2, 4, 3, 1, 8};
        assertArrayEquals(centres, read(GridPadding.REFLECTION, true, -1, 4, 4.5, 6, -3), 1e-5f);
        float[] edges = {1, 8, 4, 1, 2};
        assertArrayEquals(edges, read(GridPadding.REFLECTION, false, -1, 4, 5, 7, 9), 1e-5f);
        float[] border = {1, 8, 8};
        assertArrayEquals(border, read(GridPadding.BORDER, true, -1, 4, 5), 1e-5f);
        float[] zeros = {0, 0.5f, 0};
        assertArrayEquals(zeros, read(GridPadding.ZEROS, true, -1, -0.5, 5), 1e-5f);
    }

    @Test
    void theLargestRowOfABagGetsTheGradientTheFirstOfEqualOnes() {
        Tensor table = Tensor.of(new float[][] {{1, 5}, {3, 2}, {3, 7}}).requiresGrad(true);
        Tensor y =
                Tensor.of(0L, 1L, 2L, 0L)
                        .embeddingBag(table, Tensor.of(0L, 3L, 3L), BagReduction.MAX);
        assertArrayEquals(new float[] {3, 7, 0, 0, 1, 5}, y.toFloatArray());
        assertEquals("EmbeddingBagBackward0", y.gradFn().name());
        y.backward(Tensor.of(new float[][] {{1, 2}, {4, 8}, {16, 32}}));
        assertArrayEquals(new float[] {16, 32, 1, 0, 0, 2}, table.grad().toFloatArray());
    }
}
