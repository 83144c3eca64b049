package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class IndexingTest {
    private final Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void slicesAreTakenInTheOrderOfTheIndex() {
        assertArrayEquals(
                new float[] {4, 5, 6, 1, 2, 3, 4, 5, 6},
                x.indexSelect(0, Tensor.of(1, 0, 1)).toFloatArray());
        Tensor columns = x.indexSelect(-1, Tensor.of(2L));
        assertEquals(Shape.of(2, 1), columns.shape());
        assertArrayEquals(new float[] {3, 6}, columns.toFloatArray());
        assertArrayEquals(new float[] {3, 6}, x.t().indexSelect(0, Tensor.of(2)).toFloatArray());
        assertEquals(Shape.of(0, 3), x.indexSelect(0, Tensor.of(new long[0])).shape());
    }

    @Test
    void anEmptyIndexMayLieBeyondItsMemory() {
        Tensor none = Tensor.of(new long[] {0, 1, 0, 1}).view(2, 2).narrow(0, 2, 0).select(1, 1);
        assertEquals(Shape.of(0, 3), x.indexSelect(0, none).shape());
    }

    @Test
    void slicesAreAddedWhereTheIndexSays() {
        Tensor y = x.indexAdd(1, Tensor.of(2, 2), Tensor.of(new float[][] {{10, 20}, {30, 40}}));
        assertArrayEquals(new float[] {1, 2, 33, 4, 5, 76}, y.toFloatArray());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, x.toFloatArray());
    }

    @Test
    void numbersNarrowerThanTheKernelsAddUpAsNumbers() {
        Tensor at = Tensor.of(2, 0, 2);
        for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16, DType.UINT8, DType.INT8}) {
            Tensor three = Tensor.of(1, 2, 3).to(type);
            Tensor all = Tensor.of(10, 20, 30).to(type);
            float[] sums = {21, 2, 43};
            Tensor added = three.indexAdd(0, at, all);
            assertEquals(type, added.dtype());
            assertArrayEquals(sums, added.to(DType.FLOAT32).toFloatArray());
            Tensor scattered = three.scatterAdd(0, at, all);
            assertEquals(type, scattered.dtype());
            assertArrayEquals(sums, scattered.to(DType.FLOAT32).toFloatArray());
            Tensor few = three.scatterAdd(0, Tensor.of(1), all);
            assertArrayEquals(new float[] {1, 12, 3}, few.to(DType.FLOAT32).toFloatArray());
        }
    }

    @Test
    void theGradientOfASliceTakenTwiceAddsUp() {
        Tensor w = Tensor.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad(true);
        Tensor y = w.indexSelect(0, Tensor.of(1, 0, 1));
        assertEquals("IndexSelectBackward0", y.gradFn().name());
        y.pow(2).sum().backward();
        assertArrayEquals(new double[] {2, 4, 12, 16}, w.grad().toDoubleArray());
    }

    @Test
    void theGradientOfASumGoesToBoth() {
        Tensor w = Tensor.of(1.0, 2.0, 3.0).requiresGrad(true);
        Tensor s = Tensor.of(4.0, 5.0).requiresGrad(true);
        w.indexAdd(0, Tensor.of(2, 2), s).mul(Tensor.of(1.0, 10.0, 100.0)).sum().backward();
        assertArrayEquals(new double[] {1, 10, 100}, w.grad().toDoubleArray());
        assertArrayEquals(new double[] {100, 100}, s.grad().toDoubleArray());
    }

    @Test
    void positionsBeyondTheAxisAreRefusedWithTheNumbers() {
        Tensor whole = Tensor.of(new long[] {0, 1, 2, 0, 3, 1}, Shape.of(2, 3));
        for (Tensor at : List.of(whole, whole.to(DType.INT32), whole.narrow(0, 1, 1))) {
            String rest = ": index 3 is out of bounds for axis 1 with size 3 (input [2, 3])";
            Tensor values = Tensor.zeros(at.shape());
            assertRefused("gather" + rest, () -> x.gather(1, at));
            assertRefused("scatter" + rest, () -> x.scatter(1, at, values));
            assertRefused("scatterAdd" + rest, () -> x.scatterAdd(1, at, values));
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IndexOutOfBoundsException.class, call).getMessage());
    }

    @Test
    void wrongIndicesAreRefusedWithTheNumbers() {
        var beyond =
                assertThrows(
                        IndexOutOfBoundsException.class, () -> x.indexSelect(0, Tensor.of(0, 2)));
        assertEquals(
                "indexSelect: index 2 at 1 is out of range [0, 2) (input [2, 3], axis 0)",
                beyond.getMessage());
        var type =
                assertThrows(IllegalArgumentException.class, () -> x.indexSelect(0, Tensor.of(0f)));
        assertEquals(
                "indexSelect: the index must be int64 or int32 with at most 1 axis, but is float32"
                        + " [1]",
                type.getMessage());
        var source =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> x.indexAdd(0, Tensor.of(0), Tensor.zeros(1, 4)));
        assertEquals(
                "indexAdd: source float32 [1, 4] does not fit input float32 [2, 3] with 1 slices"
                        + " along axis 0",
                source.getMessage());
    }
}
