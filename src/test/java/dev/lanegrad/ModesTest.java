package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Inference mode, switching of recording, and the search for the operation that fails.
class ModesTest {
    private final Tensor x = Tensor.of(1f, 2f).requiresGrad(true);

    private static String refusal(Runnable wrong) {
        return String.valueOf(assertThrows(IllegalStateException.class, wrong::run).getMessage());
    }

    @Test
    void recordingIsSwitchedForAStretch() {
        try (var _ = Autograd.setGradEnabled(false)) {
            assertFalse(x.mul(2).requiresGrad());
        }
        assertTrue(x.mul(2).requiresGrad());
    }

    @Test
    void tensorsMadeInInferenceModeTakeNoPartInRecordedOperations() {
        Tensor made;
        try (var _ = Autograd.inferenceMode()) {
            assertTrue(Autograd.isInferenceModeEnabled());
            made = x.mul(2);
            made.mul_(2);
            assertFalse(made.requiresGrad());
        }
        assertFalse(Autograd.isInferenceModeEnabled());
        assertTrue(made.isInference());
        assertTrue(made.select(0, 0).isInference());
        assertArrayEquals(new float[] {4, 8}, made.toFloatArray());
        assertEquals(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not"
                        + " allowed.",
                refusal(() -> made.requiresGrad(true)));
        assertTrue(
                refusal(() -> made.add_(1))
                        .startsWith("Inplace update to inference tensor outside InferenceMode"));
        assertTrue(
                refusal(() -> x.mul(made))
                        .startsWith("Inference tensors cannot be saved for backward."));
        assertTrue(x.add(made).requiresGrad());
        assertTrue(x.mul(made.clone()).requiresGrad());
    }

    @Test
    void normalTensorsStayNormalInInferenceMode() {
        Tensor y = x.mul(2);
        Tensor v;
        try (var _ = Autograd.inferenceMode()) {
            v = y.select(0, 0);
            assertFalse(v.isInference());
            y.add_(1);
            try (var _ = Autograd.inferenceMode(false)) {
                assertTrue(x.mul(2).requiresGrad());
                assertFalse(x.mul(2).isInference());
            }
        }
        assertArrayEquals(new float[] {3, 5}, y.toFloatArray());
        assertTrue(refusal(() -> v.add_(1)).contains("created in inference mode"));
    }

    @Test
    void modesAreAMatterOfOneThread() throws InterruptedException {
        List<Boolean> seen = new ArrayList<>();
        try (var _ = Autograd.inferenceMode()) {
            Thread other = Thread.ofVirtual().start(() -> seen.add(x.mul(2).isInference()));
            other.join();
        }
        assertEquals(List.of(false), seen);
    }

    @Test
    void anomalyDetectionNamesTheOperationThatMakesANan() {
        List<String> warnings = new ArrayList<>();
        Tensor negative = Tensor.of(-1f).requiresGrad(true);
        IllegalStateException e;
        Consumer<String> before = Lanegrad.onWarning(warnings::add);
        try (var _ = Autograd.detectAnomaly()) {
            Tensor y = negative.sqrt().sum();
            e = assertThrows(IllegalStateException.class, y::backward);
        } finally {
            Lanegrad.onWarning(before);
        }
        assertEquals(
                "Function 'SqrtBackward0' returned nan values in its 0th output.", e.getMessage());
        assertEquals(
                List.of(
                        "Error detected in SqrtBackward0. Traceback of forward call that caused the"
                                + " error:"),
                warnings);
        StackTraceElement[] forward = e.getSuppressed()[0].getStackTrace();
        assertTrue(
                java.util.Arrays.stream(forward)
                        .anyMatch(f ->
                                f.getMethodName()
                                        .equals("anomalyDetectionNamesTheOperationThatMakesANan")),
                "the forward call is in the trace");
        negative.sqrt().sum().backward();
    }

    @Test
    void anomalyDetectionNamesTheOperationWhoseBackwardFails() {
        List<String> warnings = new ArrayList<>();
        Consumer<String> before = Lanegrad.onWarning(warnings::add);
        try (var _ = Autograd.detectAnomaly(false);
                var _ = Autograd.place("the test")) {
            Tensor y = x.exp();
            y.add_(1);
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> y.sum().backward());
            assertEquals(
                    List.of(
                            "the latest write in place was called here, in the test",
                            "the operation was called here, in the test"),
                    java.util.Arrays.stream(e.getSuppressed()).map(Throwable::getMessage).toList());
            assertTrue(
                    e.getMessage()
                            .startsWith(
                                    "one of the variables needed for gradient computation has been"
                                            + " modified by an inplace operation: [FloatTensor"
                                            + " [2]], which is output 0 of Exp, is at version 1;"
                                            + " expected version 0 instead. Hint: the backtrace"
                                            + " further above"),
                    e.getMessage());
        } finally {
            Lanegrad.onWarning(before);
        }
        assertTrue(warnings.getFirst().startsWith("Error detected in ExpBackward0 in the test."));
    }
}
