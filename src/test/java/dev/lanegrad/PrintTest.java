package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class PrintTest {
    @Test
    void wholeNumbersEndWithAPoint() {
        assertEquals(
                "tensor([ 56., 143.], grad_fn=<SubBackward0>)",
                text(of(56, 143), "grad_fn=<SubBackward0>"));
    }

    @Test
    void fractionsHaveFourDigits() {
        assertEquals("tensor([0.1000, 2.0000])", text(of(0.1f, 2)));
    }

    @Test
    void aNumberHalfwayRoundsToEven() {
        assertEquals("tensor([0.0312, 0.0938])", text(of(0.03125, 0.09375)));
    }

    @Test
    void aRatioOfMoreThanAThousandIsScientific() {
        assertEquals("tensor([1.0000e+00, 1.0010e+03])", text(of(1, 1001)));
        assertEquals("tensor([   1., 1000.])", text(of(1, 1000)));
    }

    @Test
    void zeroKeepsItsSign() {
        assertEquals("tensor([-0., 0.])", text(of(-0.0, 0)));
        assertEquals("tensor([-0.0000, 0.5000])", text(of(-0.0, 0.5)));
        assertEquals("tensor([-0.0001,  0.0500])", text(of(-0.0001, 0.05)));
    }

    @Test
    void infinitiesAndNaNDoNotWidenTheColumn() {
        assertEquals(
                "tensor([nan, inf, -inf, 1.])",
                text(of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1)));
    }

    @Test
    void aScalarHasNoBrackets() {
        assertEquals(
                "tensor(-520.9473, grad_fn=<SumBackward0>)",
                text(new Flat(DType.FLOAT32, _ -> -520.9473f), "grad_fn=<SumBackward0>"));
    }

    @Test
    void booleansAlign() {
        assertEquals("tensor([False,  True])", text(new Flat(DType.BOOL, i -> i, 2)));
    }

    @Test
    void theDefaultTypeIsNotNamed() {
        Printable x = new Flat(DType.FLOAT64, i -> i, 2);
        assertEquals("tensor([0., 1.], dtype=float64)", text(x));
        assertEquals(
                "tensor([0., 1.])",
                TensorText.format(x, List.of(), DType.FLOAT64, PrintOptions.defaults()));
    }

    @Test
    void anEmptyTensorNamesItsSizeAndType() {
        assertEquals(
                "tensor([], size=(2, 0), dtype=int64)", text(new Flat(DType.INT64, i -> i, 2, 0)));
        assertEquals("tensor([])", text(new Flat(DType.FLOAT32, i -> i, 0)));
    }

    @Test
    void blocksAreParted() {
        assertEquals(
                """
                tensor([[[0, 1],
                         [2, 3]],

                        [[4, 5],
                         [6, 7]]])\
                """,
                text(new Flat(DType.INT64, i -> i, 2, 2, 2)));
    }

    @Test
    void aHugeTensorIsReadAtItsEdgesOnly() {
        long n = 1L << 40;
        assertEquals(
                """
                tensor([[            0,             1,             2,  ...,
                         1099511627773, 1099511627774, 1099511627775],
                        [1099511627776, 1099511627777, 1099511627778,  ...,
                         2199023255549, 2199023255550, 2199023255551]])\
                """,
                text(new Flat(DType.INT64, i -> i, 2, n)));
    }

    @Test
    void withoutEdgesOnlyTheGapIsLeft() {
        Printable x = new Flat(DType.INT64, i -> i, 30, 40);
        assertEquals(
                "tensor([...])",
                TensorText.format(
                        x, List.of(), DType.FLOAT32, PrintOptions.defaults().edgeItems(0)));
    }

    @Test
    void aSuffixThatDoesNotFitStartsALine() {
        assertEquals(
                """
                tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.],
                       dtype=float64)\
                """,
                text(new Flat(DType.FLOAT64, i -> i, 14)));
    }

    @Test
    void aShapeIsASize() {
        assertEquals("Size([2, 3])", TensorText.size(new long[] {2, 3}));
        assertEquals("Size([])", TensorText.size(new long[0]));
    }

    private static String text(Printable t, String... origin) {
        return TensorText.format(t, List.of(origin), DType.FLOAT32, PrintOptions.defaults());
    }

    private static Printable of(double... values) {
        return new Flat(DType.FLOAT32, i -> values[(int) i], values.length);
    }

    /// Elements given by their place in logical order.
    private static final class Flat implements Printable {
        private final DType dtype;
        private final LongToDoubleFunction values;
        private final long[] sizes;

        Flat(DType dtype, LongToDoubleFunction values, long... sizes) {
            this.dtype = dtype;
            this.values = values;
            this.sizes = sizes;
        }

        @Override
        public DType dtype() {
            return dtype;
        }

        @Override
        public long[] sizes() {
            return sizes;
        }

        @Override
        public double doubleAt(long... index) {
            long place = 0;
            for (int axis = 0; axis < sizes.length; axis++) {
                place = place * sizes[axis] + index[axis];
            }
            return values.applyAsDouble(place);
        }

        @Override
        public long longAt(long... index) {
            return (long) doubleAt(index);
        }
    }
}
