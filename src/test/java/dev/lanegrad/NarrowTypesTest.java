package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Types that no kernel computes in: their values are those of a wider type, rounded or cut.
class NarrowTypesTest {
    @Test
    void halfPrecisionIsComputedInSinglePrecision() {
        for (DType half : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            Tensor a = Tensor.of(1.5, -2, 0.25).to(half);
            Tensor b = Tensor.of(0.5, 4, -1).to(half);
            assertArrayEquals(new float[] {2, 2, -0.75f}, a.add(b).toFloatArray());
            assertArrayEquals(new float[] {3, -0.5f, -0.25f}, a.div(b).toFloatArray());
            assertArrayEquals(new float[] {2.25f, 4, 0.0625f}, a.square().toFloatArray());
            assertArrayEquals(new float[] {1.5f, 4, 0.25f}, a.maximum(b).toFloatArray());
            assertArrayEquals(new boolean[] {false, true, false}, a.lt(b).toBooleanArray());
            assertEquals(-0.25f, a.sum().item());
            assertEquals(-7.5f, a.dot(b).item());
            assertArrayEquals(new float[] {2, -1.5f, 0.75f}, a.clone().add_(0.5).toFloatArray());
            assertEquals(half, a.add(b).dtype());
        }
    }

    @Test
    void unsignedBytesHaveNoSign() {
        Tensor a = Tensor.of(200L, 7L).to(DType.UINT8);
        Tensor b = Tensor.of(100L, 2L).to(DType.UINT8);
        assertArrayEquals(new long[] {200, 7}, a.maximum(b).toLongArray());
        assertArrayEquals(new long[] {44, 9}, a.add(b).toLongArray());
        assertArrayEquals(new boolean[] {true, true}, a.gt(b).toBooleanArray());
        assertArrayEquals(new long[] {0, 1}, a.remainder(b).toLongArray());
        assertEquals((long) 200, ((Number) a.max().item()).longValue());
    }

    @Test
    void boolsAddAsTruths() {
        Tensor a = Tensor.of(true, true, false);
        Tensor b = Tensor.of(true, false, false);
        assertArrayEquals(new boolean[] {true, true, false}, a.add(b).toBooleanArray());
        assertArrayEquals(new boolean[] {true, false, false}, a.mul(b).toBooleanArray());
        assertArrayEquals(new boolean[] {false, true, false}, a.bitwiseXor(b).toBooleanArray());
        assertThrows(IllegalArgumentException.class, () -> a.sub(b));
        assertThrows(IllegalArgumentException.class, a::neg);
    }

    @Test
    void integersMultiplyExactly() {
        long big = (1L << 53) + 1;
        Tensor a = Tensor.of(new long[][] {{big, 1}, {2, 3}});
        assertArrayEquals(new long[] {big, 2}, a.mv(Tensor.of(1L, 0L)).toLongArray());
        assertArrayEquals(
                new long[] {big, 1, 2, 3},
                a.mm(Tensor.of(new long[][] {{1, 0}, {0, 1}})).toLongArray());
    }
}
