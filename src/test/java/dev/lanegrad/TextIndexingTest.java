package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextIndexingTest {
    private final Tensor x = Tensor.arange(24).reshape(2, 3, 4);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1                | [3, 4]       | 12
                    -1, 0:2          | [2, 4]       | 12
                    1:3, ..., ::2    | [1, 3, 2]    | 12
                    ..., -1          | [2, 3]       | 3
                    :                | [2, 3, 4]    | 0
                    ...              | [2, 3, 4]    | 0
                    None, 1, None    | [1, 1, 3, 4] | 12
                    ..., None        | [2, 3, 4, 1] | 0
                    :,1:,-3:-1       | [2, 2, 2]    | 5
                    ' - 2 ,1 : 99,:' | [2, 4]       | 4
                    0, 1, 2,         | []           | 6
                    1, ..., 1, 1     | []           | 17
                    :, 2:1           | [2, 0, 4]    |
                    """)
    void anIndexIsReadAsPythonReadsIt(String index, String shape, Float first) {
        Tensor y = x.at(index);
        assertEquals(shape, y.shape().toString());
        if (first != null) {
            assertEquals(first, y.reshape(-1).toFloatArray()[0]);
        }
        assertEquals(x.storage(), y.storage());
    }

    @Test
    void everyOtherElementIsTaken() {
        assertArrayEquals(new float[] {4, 6}, x.at("0, 1, ::2").toFloatArray());
        assertArrayEquals(new float[] {5, 7}, x.at("0, 1, 1::2").toFloatArray());
        assertArrayEquals(new float[] {4, 7}, x.at("0, 1, -4:4:3").toFloatArray());
    }

    @Test
    void whatIsTakenIsAView() {
        Tensor y = Tensor.zeros(2, 3);
        y.at("1, ::2").fill_(5);
        y.at("...").at("0").add_(1);
        Tensor.scalar(1).at("None, ...").add_(1);
        assertArrayEquals(new float[] {1, 1, 1, 5, 0, 5}, y.toFloatArray());
    }

    @Test
    void valuesAreWrittenWhereTheIndexSays() {
        Tensor y = Tensor.zeros(2, 3);
        assertSame(y, y.atPut_("0, 1:", Tensor.of(7L, 8L)));
        y.atPut_("..., 0", Tensor.ones(1, 1, 2)).atPut_("1, -1", 9);
        assertArrayEquals(new float[] {1, 7, 8, 1, 0, 9}, y.toFloatArray());
    }

    @Test
    void gradientsGoThroughReadingAndWriting() {
        Tensor w = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad(true);
        Tensor v = Tensor.of(3.0).requiresGrad(true);
        Tensor y = w.at("...").mul(2).atPut_("0, ::2", v);
        assertEquals("torch::autograd::CopySlices", y.gradFn().name());
        assertEquals("AliasBackward0", w.at("...").gradFn().name());
        assertEquals("SliceBackward0", w.at(":").gradFn().name());
        assertEquals("SelectBackward0", w.at("1, :").gradFn().name());
        y.mul(w).sum().backward();
        assertArrayEquals(new double[] {3, 8, 3, 16, 20, 24}, w.grad().toDoubleArray());
        assertArrayEquals(new double[] {4}, v.grad().toDoubleArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''              | at: expected an integer, a slice, ... or None at position 0 of ""
                    1, x            | at: expected an integer, a slice, ... or None at position 3 of "1, x"
                    1,, 2           | at: expected an integer, a slice, ... or None at position 2 of "1,, 2"
                    1 2             | at: expected a comma at position 2 of "1 2"
                    ..., 1, ...     | at: a second ... at position 8 of "..., 1, ..."
                    0, ::-1         | at: step -1 is not positive (flip reverses an axis) at position 5 of "0, ::-1"
                    1:a             | at: expected an integer at position 2 of "1:a"
                    1:2:3:4         | at: expected a comma at position 5 of "1:2:3:4"
                    1.5             | at: expected a comma at position 1 of "1.5"
                    0, 99999999999999999999 | at: a number beyond 64 bits at position 3 of "0, 99999999999999999999"
                    0, 0, 0, 0      | at: "0, 0, 0, 0" names 4 axes, but the input has 3 (input [2, 3, 4])
                    :, -4           | at: index -4 at position 3 of ":, -4" is out of range for an axis of size 3 (input [2, 3, 4])
                    """)
    void whatCannotBeReadIsRefusedWithItsPosition(String index, String message) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> x.at(index));
        assertEquals(message, e.getMessage());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> x.atPut_("0, :2", Tensor.ones(3)));
        assertEquals(
                "atPut_: values [3] do not broadcast to the [2, 4] that \"0, :2\" is of input"
                        + " [2, 3, 4]",
                e.getMessage());
    }
}
