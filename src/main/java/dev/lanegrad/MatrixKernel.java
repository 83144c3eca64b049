package dev.lanegrad;

import static dev.lanegrad.OptionalOperand.array;
import static dev.lanegrad.OptionalOperand.offset;

import dev.lanegrad.kernels.any.Gemm;
import dev.lanegrad.kernels.any.PackedGemm;
import org.jspecify.annotations.Nullable;

/// Products of two matrices by the kernels. A right factor that lies column by column, as the
/// weight of a linear layer does, may be kept in the form that these read.
final class MatrixKernel {
    /// What that form depends on: the factor is `[k, n]`.
    private record Form(int k, int n) {}

    /// Columns below which most of that form may be padding.
    private static final int FEW_COLUMNS = 8;

    /// Elements of the largest factor that is kept twice: 64 MiB of float32.
    private static final long LARGEST = 1 << 24;

    private MatrixKernel() {}

    /// `y := z + a·b`; without z, `y := a·b`. Rows of z are dense and may repeat.
    static void multiply(@Nullable Tensor z, Tensor a, Tensor b, Tensor y) {
        int m = a.size(0);
        int k = a.size(1);
        int n = b.size(1);
        int ldz = z == null ? 0 : z.strides()[0];
        int ars = a.strides()[0];
        int acs = a.strides()[1];
        ProductEvent.of(1, m, n, k);
        Object packed = packed(m, k, n, b);
        if (packed != null) {
            PackedGemm.addmm(
                    m,
                    n,
                    k,
                    array(z),
                    offset(z),
                    ldz,
                    a.array(),
                    a.offset(),
                    ars,
                    acs,
                    packed,
                    y.array(),
                    0,
                    n);
            return;
        }
        Gemm.addmm(
                m,
                n,
                k,
                array(z),
                offset(z),
                ldz,
                a.array(),
                a.offset(),
                ars,
                acs,
                b.array(),
                b.offset(),
                b.strides()[0],
                b.strides()[1],
                y.array(),
                0,
                n);
    }

    /// The form of b that is kept, if there is any: one row is multiplied by b in its place.
    private static @Nullable Object packed(int m, int k, int n, Tensor b) {
        if (m < 2 || n < FEW_COLUMNS || k < 2 || !MatrixShapes.byColumns(b)) {
            return null;
        }
        if (Tape.records(b)) {
            PackedWeight.forget(b);
            return null;
        }
        return (long) k * n > LARGEST
                ? null
                : PackedWeight.ifReused(
                        b,
                        new Form(k, n),
                        () -> PackedGemm.pack(n, k, b.array(), b.offset(), 1, k));
    }
}
