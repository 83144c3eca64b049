package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    @Test
    void functionsOfOneAndTwo() {
        double[] x = {-2, 0.5, 3};
        double[] y = new double[3];
        Elementwise.map(Unary.CLAMP, x, y, -1, 1);
        assertArrayEquals(new double[] {-1, 0.5, 1}, y);
        Elementwise.map(Binary.SUB, x, y, y);
        assertArrayEquals(new double[] {-1, 0, 2}, y);
        float[] z = {1, 4, 9};
        Elementwise.map(Unary.SQRT, z, z);
        assertArrayEquals(new float[] {1, 2, 3}, z);
    }

    @Test
    void whatIsWrongIsSaid() {
        float[] x = {1, 2};
        float[] y = {7};
        assertEquals(
                "EXP: operand 0 is float[] of 2 elements, but the output float[] of 1",
                assertThrows(IllegalArgumentException.class, () -> Elementwise.map(Unary.EXP, x, y))
                        .getMessage());
        assertEquals(
                "EXP: arrays must be float[] or double[], not int[]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Elementwise.map(Unary.EXP, x, new int[2]))
                        .getMessage());
        assertArrayEquals(new float[] {7}, y);
    }
}
