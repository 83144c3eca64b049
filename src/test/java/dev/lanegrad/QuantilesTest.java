package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Quantiles, counts and integrals: the examples of PyTorch's documentation.
class QuantilesTest {
    private static double between(QuantileInterpolation how, double q) {
        Tensor x = Tensor.of(0.0, 1, 2, 3);
        return (double) x.quantile(Tensor.scalar(q), 0, false, how).item();
    }

    @Test
    void betweenTwoElementsTheInterpolationDecides() {
        assertEquals(1.8, between(QuantileInterpolation.LINEAR, 0.6), 1e-12);
        assertEquals(1, between(QuantileInterpolation.LOWER, 0.6));
        assertEquals(2, between(QuantileInterpolation.HIGHER, 0.6));
        assertEquals(1.5, between(QuantileInterpolation.MIDPOINT, 0.6));
        assertEquals(2, between(QuantileInterpolation.NEAREST, 0.6));
        assertEquals(1, between(QuantileInterpolation.NEAREST, 0.4));
    }

    @Test
    void shapesFollowTheSharesAndTheAxis() {
        Tensor x = Tensor.ones(2, 3);
        Tensor q = Tensor.of(0f, 0.5f, 1, 1);
        QuantileInterpolation linear = QuantileInterpolation.LINEAR;
        assertEquals(Shape.of(4, 2), x.quantile(q, 1, false, linear).shape());
        assertEquals(Shape.of(4, 1, 3), x.quantile(q, 0, true, linear).shape());
        assertEquals(Shape.of(2, 1), x.quantile(0.5, 1, true).shape());
        assertEquals(Shape.of(4), x.quantile(q).shape());
    }

    @Test
    void nansCountUnlessTheyAreSkipped() {
        Tensor x = Tensor.of(Double.NaN, 1, 2);
        assertEquals(Double.NaN, x.quantile(0.5).item());
        assertEquals(1.5, x.nanquantile(0.5).item());
        assertEquals(Double.NaN, Tensor.of(Double.NaN).nanquantile(0.5).item());
    }

    @Test
    void sharesAreFromZeroToOne() {
        assertEquals(
                "quantile: q must be in [0, 1], but is [1.5]",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of(1.0, 2).quantile(1.5))
                        .getMessage());
        assertEquals(
                "quantile: input must be float32 or float64, but is int64 (input [3])",
                assertThrows(IllegalArgumentException.class, () -> Tensor.arange(3).quantile(0.5))
                        .getMessage());
    }

    @Test
    void countsByValue() {
        Tensor x = Tensor.of(4L, 3, 6, 3, 4);
        assertArrayEquals(new long[] {0, 0, 0, 2, 2, 0, 1}, x.bincount().toLongArray());
        assertArrayEquals(
                new double[] {0, 0, 0, 1, 1, 0, 0.5},
                x.bincount(Tensor.of(0, 0.25, 0.5, 0.75, 1), 0).toDoubleArray());
        assertEquals(Shape.of(9), x.bincount(9).shape());
        assertArrayEquals(new long[] {3, 4, 6}, x.unique().toLongArray());
        assertArrayEquals(
                new long[] {1, 2},
                Tensor.of(new long[][] {{0, 1}, {2, 3}}).countNonzero(1).toLongArray());
        assertEquals(
                "bincount: only supports 1-d non-negative integers, but got int64 [1] with -1",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of(-1L).bincount())
                        .getMessage());
    }

    @Test
    void differencesAndIntegrals() {
        Tensor y = Tensor.of(1.0, 5, 10);
        Tensor x = Tensor.of(1.0, 3, 6);
        assertEquals(10.5, y.trapezoid().item());
        assertEquals(28.5, y.trapezoid(x, 0).item());
        assertArrayEquals(new double[] {3, 10.5}, y.cumulativeTrapezoid(1, 0).toDoubleArray());
        assertArrayEquals(new double[] {6, 28.5}, y.cumulativeTrapezoid(x, 0).toDoubleArray());
        assertArrayEquals(
                new long[] {2, -1, 2, 1},
                Tensor.of(1L, 3, 2).diff(1, 0, null, Tensor.of(4L, 5)).toLongArray());
        assertArrayEquals(
                new boolean[] {true, false}, Tensor.of(true, false, false).diff().toBooleanArray());
        assertEquals(
                "trapezoid: 2 points for 3 values along axis 0 (input [3])",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> y.trapezoid(Tensor.of(1.0, 2), 0))
                        .getMessage());
    }
}
