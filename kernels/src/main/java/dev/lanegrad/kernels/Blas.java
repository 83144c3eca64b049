package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Gemm;

/// Products of matrices and vectors in plain arrays, as in BLAS but row-major: `float` by `s...`,
/// `double` by `d...`.
///
/// Sizes and offsets are checked, and everything that is wrong is an [IllegalArgumentException]
/// that leaves the output as it was. Results are bit-identical for any number of threads
/// ([Parallel#setNumThreads]).
public final class Blas {
    private Blas() {}

    /// `C := A·B`, where A is m×k, B is k×n and C is m×n, dense from the arrays' beginnings.
    public static void sgemm(int m, int n, int k, float[] a, float[] b, float[] c) {
        sgemm(false, false, m, n, k, a, 0, k, b, 0, n, c, 0, n, false);
    }

    /// `C := A·B`, where A is m×k, B is k×n and C is m×n, dense from the arrays' beginnings.
    public static void dgemm(int m, int n, int k, double[] a, double[] b, double[] c) {
        dgemm(false, false, m, n, k, a, 0, k, b, 0, n, c, 0, n, false);
    }

    /// `C := op(A)·op(B)`, or `C := C + op(A)·op(B)` if `accumulate`, where op transposes if asked
    /// to, op(A) is m×k, op(B) is k×n and C is m×n.
    ///
    /// Rows of A, B and C as they lie begin `lda`, `ldb` and `ldc` elements apart, the first at
    /// `ao`, `bo` and `co`. C may not share elements with A or B. If not `accumulate`, C is not
    /// read.
    public static void sgemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            int lda,
            float[] b,
            int bo,
            int ldb,
            float[] c,
            int co,
            int ldc,
            boolean accumulate) {
        gemm(
                new Sizes("sgemm", transposeA, transposeB, m, n, k),
                new Matrix("A", a, a.length, ao, lda),
                new Matrix("B", b, b.length, bo, ldb),
                new Matrix("C", c, c.length, co, ldc),
                accumulate);
    }

    /// As [#sgemm(boolean, boolean, int, int, int, float[], int, int, float[], int, int, float[],
    /// int, int, boolean)].
    public static void dgemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            double[] a,
            int ao,
            int lda,
            double[] b,
            int bo,
            int ldb,
            double[] c,
            int co,
            int ldc,
            boolean accumulate) {
        gemm(
                new Sizes("dgemm", transposeA, transposeB, m, n, k),
                new Matrix("A", a, a.length, ao, lda),
                new Matrix("B", b, b.length, bo, ldb),
                new Matrix("C", c, c.length, co, ldc),
                accumulate);
    }

    /// `y := A·x`, or `y := y + A·x` if `accumulate`, where A is m×n, dense from the array's
    /// beginning, as are x and y.
    public static void sgemv(int m, int n, float[] a, float[] x, float[] y, boolean accumulate) {
        gemm(
                new Sizes("sgemv", false, false, m, 1, n),
                new Matrix("A", a, a.length, 0, n),
                new Matrix("x", x, x.length, 0, 1),
                new Matrix("y", y, y.length, 0, 1),
                accumulate);
    }

    /// As [#sgemv].
    public static void dgemv(int m, int n, double[] a, double[] x, double[] y, boolean accumulate) {
        gemm(
                new Sizes("dgemv", false, false, m, 1, n),
                new Matrix("A", a, a.length, 0, n),
                new Matrix("x", x, x.length, 0, 1),
                new Matrix("y", y, y.length, 0, 1),
                accumulate);
    }

    /// A product's name and sizes.
    private record Sizes(String name, boolean transposeA, boolean transposeB, int m, int n, int k) {
        Sizes {
            if (m < 0 || n < 0 || k < 0) {
                throw new IllegalArgumentException(
                        "%s: sizes may not be negative (m %d, n %d, k %d)"
                                .formatted(name, m, n, k));
            }
        }
    }

    /// Where an operand lies.
    private record Matrix(String name, Object array, int length, int offset, int ld) {
        /// Refuses a place that the array does not have.
        void check(String op, int rows, int columns) {
            if (offset < 0 || ld < columns) {
                throw new IllegalArgumentException(
                        "%s: rows of %s from %d on, %d apart, have %d columns"
                                .formatted(op, name, offset, ld, columns));
            }
            if (end(rows, columns) > length) {
                throw new IllegalArgumentException(
                        "%s: %s is %d x %d from %d on, rows %d apart: it needs %d elements of an array of %d"
                                .formatted(
                                        op,
                                        name,
                                        rows,
                                        columns,
                                        offset,
                                        ld,
                                        end(rows, columns),
                                        length));
            }
        }

        /// Where its last element ends.
        long end(int rows, int columns) {
            return rows == 0 || columns == 0 ? offset : offset + (rows - 1) * (long) ld + columns;
        }
    }

    private static void gemm(Sizes s, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        int aRows = s.transposeA() ? s.k() : s.m();
        int aColumns = s.transposeA() ? s.m() : s.k();
        int bRows = s.transposeB() ? s.n() : s.k();
        int bColumns = s.transposeB() ? s.k() : s.n();
        a.check(s.name(), aRows, aColumns);
        b.check(s.name(), bRows, bColumns);
        c.check(s.name(), s.m(), s.n());
        apart(s, c, a, a.end(aRows, aColumns));
        apart(s, c, b, b.end(bRows, bColumns));
        Gemm.gemm(
                s.m(),
                s.n(),
                s.k(),
                a.array(),
                a.offset(),
                s.transposeA() ? 1 : a.ld(),
                s.transposeA() ? a.ld() : 1,
                b.array(),
                b.offset(),
                s.transposeB() ? 1 : b.ld(),
                s.transposeB() ? b.ld() : 1,
                c.array(),
                c.offset(),
                c.ld(),
                accumulate);
    }

    @SuppressWarnings("ReferenceEquality") // it is the memory that counts
    private static void apart(Sizes s, Matrix c, Matrix x, long end) {
        long cEnd = c.end(s.m(), s.n());
        if (c.array() == x.array()
                && c.offset() < end
                && x.offset() < cEnd
                && cEnd > c.offset()
                && end > x.offset()) {
            throw new IllegalArgumentException(
                    "%s: %s and %s share an array, elements %d to %d and %d to %d"
                            .formatted(
                                    s.name(),
                                    c.name(),
                                    x.name(),
                                    c.offset(),
                                    cEnd - 1,
                                    x.offset(),
                                    end - 1));
        }
    }
}
