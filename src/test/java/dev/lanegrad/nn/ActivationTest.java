package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ActivationTest {
    private static final List<Function<Boolean, Module>> KINDS =
            List.of(
                    ReLU::new,
                    ReLU6::new,
                    SELU::new,
                    SiLU::new,
                    Mish::new,
                    inplace -> new LeakyReLU(0.1, inplace),
                    inplace -> new ELU(0.5, inplace),
                    inplace -> new CELU(0.5, inplace),
                    inplace -> new Hardtanh(-1, 1, inplace),
                    inplace -> new Threshold(0.1, 20, inplace));

    @Test
    void inPlaceWritesOverTheInputAndHasTheSameGradient() {
        for (Function<Boolean, Module> kind : KINDS) {
            Tensor a = Tensor.of(-2.0, -0.5, 0.3, 8).requiresGrad(true);
            Tensor b = Tensor.of(-2.0, -0.5, 0.3, 8).requiresGrad(true);
            Tensor expected = kind.apply(false).forward(a.mul(1));
            Tensor input = b.mul(1);
            Tensor actual = kind.apply(true).forward(input);
            String name = kind.apply(true).toString();
            assertSame(input, actual, name);
            assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), name);
            expected.sum().backward();
            actual.sum().backward();
            assertArrayEquals(a.grad().toDoubleArray(), b.grad().toDoubleArray(), name);
        }
    }

    @Test
    void inPlaceOnALeafThatRequiresAGradientIsRefused() {
        Tensor x = Tensor.ones(2).requiresGrad(true);
        for (Function<Boolean, Module> kind : KINDS) {
            assertThrows(IllegalStateException.class, () -> kind.apply(true).forward(x));
        }
    }

    @Test
    void dropoutScalesWhatItKeepsAndDoesNothingInEvaluation() {
        Tensor.manualSeed(1);
        Dropout dropout = new Dropout(0.25);
        float[] y = dropout.forward(Tensor.ones(4000)).toFloatArray();
        int kept = 0;
        for (float v : y) {
            assertEquals(v == 0 ? 0 : 4f / 3, v);
            kept += v == 0 ? 0 : 1;
        }
        assertEquals(3000, kept, 120);
        Tensor x = Tensor.ones(3);
        assertSame(x, dropout.eval().forward(x));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5));
    }
}
