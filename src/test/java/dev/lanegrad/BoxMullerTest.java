package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BoxMullerTest {
    /// `torch.manual_seed(0); torch.randn(16)`, recorded on a processor with AVX2.
    @Test
    void floatValuesHaveTheBitsOfPyTorchWithAvx2() {
        float[] y = new float[16];
        Distributions.normal(new Generator().manualSeed(0), y, 0, 16, 0, 1);
        assertArrayEquals(RECORDED, y);
    }

    @Test
    void floatAndDoubleFormsAgree() {
        float[] y = new float[1 << 16];
        Distributions.uniform(new Generator().manualSeed(1), y, 0, y.length, 0, 1);
        double[] z = Fills.widened(y);
        for (int i = 0; i < y.length; i += BoxMuller.BLOCK) {
            BoxMuller.turn(y, i, BoxMuller.BLOCK, 1, 2);
            BoxMuller.turn(z, i, BoxMuller.BLOCK, 1, 2);
        }
        // A float angle near 2·pi is up to 5e-7 off; times the largest radius, 5.8, and std.
        for (int i = 0; i < y.length; i++) {
            assertEquals(z[i], y[i], 5e-7 * 5.8 * 2);
        }
    }

    @Test
    void theEndsOfTheUniformRangeGiveFiniteValues() {
        float last = 1 - 0x1p-24f;
        float[] y = {0, last, 0, last, 0, 0, last, last};
        BoxMuller.turn(y, 0, 8, 0, 1);
        double far = Math.sqrt(-2 * Math.log(0x1p-24));
        assertEquals(0, y[0]);
        assertEquals(far, y[1], 1e-5);
        assertEquals(far, y[3], 1e-5);
        assertEquals(0, y[4]);
        assertEquals(0, y[5], 1e-5);
        assertEquals(0, y[7], 1e-5);
    }

    private static final float[] RECORDED = {
        -1.1258398f, -1.1523602f, -0.25057858f, -0.4338788f, 0.84871036f, 0.69200915f,
        -0.31601277f, -2.1152194f, 0.32227492f, -1.2633348f, 0.3499832f, 0.30813393f,
        0.11984151f, 1.2376579f, 1.1167772f, -0.24727815f
    };
}
