package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
    private static Tensor matrix(int rows, int columns, double... values) {
        return Tensor.of(values, Shape.of(rows, columns));
    }

    private static Tensor gradient(Tensor y, Tensor x) {
        return java.util.Objects.requireNonNull(
                Autograd.grad(new Tensor[] {y}, new Tensor[] {x}, null, true, true, false)[0]);
    }

    @Test
    void gradientOfADeterminantOfRankOneLessIsTheCofactors() {
        Tensor a = matrix(3, 3, 1, 2, 3, 2, 4, 6, 1, 0, 5).requiresGrad(true);
        Tensor expected = matrix(3, 3, 20, -4, -4, -10, 2, 2, 0, 0, 0);
        a.det().backward();
        assertTrue(java.util.Objects.requireNonNull(a.grad()).allclose(expected));
        assertTrue(gradient(a.det(), a).allclose(expected), "recorded");
    }

    @Test
    void aDeterminantOfRankTwoLessHasASecondDerivativeAlone() {
        Tensor a = matrix(2, 2, 0, 0, 0, 0).requiresGrad(true);
        Tensor first = gradient(a.det(), a);
        assertTrue(first.eq(0).all().isTrue());
        Tensor second = gradient(first.select(0, 0).select(0, 0), a);
        assertArrayEquals(new double[] {0, 0, 0, 1}, second.toDoubleArray());
        Tensor b = matrix(3, 3, new double[9]).requiresGrad(true);
        b.det().backward();
        assertArrayEquals(
                new double[9], java.util.Objects.requireNonNull(b.grad()).toDoubleArray());
    }

    @Test
    void logarithmsOfDeterminantsDoNotOverflow() {
        Tensor a = Tensor.eye(50).to(DType.FLOAT64).mul(1e10);
        a.select(0, 3).mul_(-1);
        Tensor[] y = a.slogdet();
        assertEquals(-1.0, y[0].item());
        assertEquals(50 * Math.log(1e10), (double) y[1].item(), 1e-9);
        assertEquals(Double.NaN, a.logdet().item());
        Tensor[] none = matrix(2, 2, 1, 2, 2, 4).slogdet();
        assertEquals(0.0, none[0].item());
        assertEquals(Double.NEGATIVE_INFINITY, none[1].item());
    }

    @Test
    void factorsMultiplyToTheMatrix() {
        Tensor.manualSeed(3);
        for (Shape shape : List.of(Shape.of(4, 3), Shape.of(3, 4), Shape.of(2, 3, 3))) {
            Tensor a = Tensor.empty(shape, DType.FLOAT64).normal_();
            Tensor[] qr = a.qr();
            assertTrue(qr[0].matmul(qr[1]).allclose(a), "qr " + shape);
            assertTrue(qr[1].triu(0).allclose(qr[1]), "triangle " + shape);
            Tensor[] svd = a.svd();
            Tensor product = svd[0].mul(svd[1].unsqueeze(-2)).matmul(svd[2]);
            assertTrue(product.allclose(a), "svd " + shape);
        }
    }

    @Test
    void aMatrixOfLowRankHasOrthogonalFactors() {
        Tensor a = matrix(3, 2, 1, 2, 2, 4, 3, 6);
        Tensor[] svd = a.svd();
        assertEquals(Math.sqrt(70), svd[1].toDoubleArray()[0], 1e-12);
        assertEquals(0, svd[1].toDoubleArray()[1], 1e-12);
        Tensor eye = Tensor.eye(2).to(DType.FLOAT64);
        assertTrue(svd[0].t().matmul(svd[0]).allclose(eye));
        Tensor[] zero = matrix(2, 2, 0, 0, 0, 0).svd();
        assertTrue(zero[0].t().matmul(zero[0]).allclose(eye));
    }

    @Test
    void chainsTakeTheShorterWayAndVectorsAtTheirEnds() {
        Tensor a = Tensor.ones(2, 3);
        assertEquals(Shape.of(2, 4), a.multiDot(List.of(Tensor.ones(3, 4))).shape());
        Tensor y = Tensor.ones(2).multiDot(List.of(a, Tensor.ones(3, 5), Tensor.ones(5)));
        assertEquals(Shape.of(), y.shape());
        assertEquals(30f, y.item());
    }

    @Test
    void blocksOfAKroneckerProductAreMultiplesOfTheOther() {
        Tensor a = Tensor.of(new float[][] {{1, 2}}).narrow(1, 1, 1);
        Tensor b = Tensor.of(3f, 4);
        assertArrayEquals(new float[] {6, 8}, a.kron(b).toFloatArray());
        assertEquals(Shape.of(1, 2), a.kron(b).shape());
    }

    @Test
    void sumsOfProductsAreWrittenInPlace() {
        Tensor a = Tensor.ones(2, 3).requiresGrad(true);
        Tensor b = Tensor.ones(3, 2);
        Tensor y = Tensor.ones(2, 2).mul(a.sum());
        y.addmm_(a, b, 0.5, 2);
        assertArrayEquals(new float[] {9, 9, 9, 9}, y.toFloatArray());
        y.sum().backward();
        float[] expected = {6, 6, 6, 6, 6, 6};
        assertArrayEquals(
                expected, java.util.Objects.requireNonNull(a.grad()).toFloatArray(), 1e-6f);
        Tensor v = Tensor.zeros(2).addmv_(b.t(), Tensor.ones(3));
        assertArrayEquals(new float[] {3, 3}, v.toFloatArray());
        assertArrayEquals(
                new float[] {2, 2},
                Tensor.ones(1, 2).addr_(v.div(3).narrow(0, 0, 1), v.div(3)).toFloatArray());
    }

    @Test
    void mistakesNameTheShapes() {
        Tensor x = Tensor.ones(2, 3);
        assertEquals(
                "outer: needs 1-d vectors, but got 2-d [2, 3] and 1-d [3]",
                assertThrows(IllegalArgumentException.class, () -> x.outer(Tensor.ones(3)))
                        .getMessage());
        assertEquals(
                "matrixPower: needs matrices [..., n, n], but got [2, 3]",
                assertThrows(IllegalArgumentException.class, () -> x.matrixPower(2)).getMessage());
        assertEquals(
                "matrixNorm: the order must be ±1, ±2 or ±∞, but is 3.0 (input [2, 3])",
                assertThrows(IllegalArgumentException.class, () -> x.matrixNorm(3, 0, 1, false))
                        .getMessage());
        assertEquals(
                "addr: shape [5] does not broadcast to [3, 3] ([3] · [3])",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tensor.ones(5).addr(Tensor.ones(3), Tensor.ones(3)))
                        .getMessage());
    }
}
