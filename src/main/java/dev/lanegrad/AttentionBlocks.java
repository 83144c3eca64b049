package dev.lanegrad;

import dev.lanegrad.kernels.AttentionShape;
import dev.lanegrad.kernels.HeadStrides;
import dev.lanegrad.kernels.any.Attention;

/// Attention without a matrix of all scores. Queries, keys and values are read where they lie, and
/// the output lies as the queries do.
final class AttentionBlocks {
    private AttentionBlocks() {}

    static boolean serve(Tensor query, Tensor key, Tensor value) {
        int axes = query.dim();
        if (!query.dtype().isFloatingPoint()
                || key.dtype() != query.dtype()
                || value.dtype() != query.dtype()
                || axes < 2
                || key.dim() != axes
                || value.dim() != axes
                || key.size(-1) != query.size(-1)
                || value.size(-2) != key.size(-2)
                || query.numel() == 0
                || value.numel() == 0
                || key.numel() == 0
                || (Tape.records(query, key, value) && !MatrixShapes.hasKernel(query.dtype()))) {
            return false;
        }
        for (int i = 0; i < axes - 2; i++) {
            if (key.size(i) != query.size(i) || value.size(i) != query.size(i)) {
                return false;
            }
        }
        return true;
    }

    /// A tensor as the kernel reads it: its last axis is dense, and two axes lead the matrices.
    private record Heads(Tensor tensor, HeadStrides strides) {
        static Heads of(Tensor t, DType type) {
            Tensor x = Elementwise.convert(t.detach(), type);
            int last = x.dim() - 1;
            if (x.dim() > 4 || x.strides()[last] != 1) {
                x = x.contiguous();
            }
            int[] strides = x.strides();
            int row = strides[last - 1];
            return switch (x.dim()) {
                case 2 -> new Heads(x, new HeadStrides(0, 0, row));
                case 3 -> new Heads(x, new HeadStrides(strides[0], 0, row));
                case 4 -> new Heads(x, new HeadStrides(strides[0], strides[1], row));
                default -> new Heads(x, new HeadStrides(strides[last - 2], 0, row));
            };
        }

        /// Undefined values that lie as `like` does.
        static Heads empty(Shape shape, Tensor like, DType type) {
            int last = shape.dim() - 1;
            int[] strides = Layout.denseLike(shape, like.strides());
            Tensor y =
                    strides[last] == 1
                            ? Creation.empty(shape, type, strides)
                            : Creation.empty(shape, type);
            return of(y, type);
        }

        Object array() {
            return tensor.array();
        }

        int offset() {
            return tensor.offset();
        }
    }

    private static AttentionShape shape(Tensor query, Tensor value) {
        int axes = query.dim();
        int heads = axes == 4 ? query.size(1) : 1;
        int l = query.size(-2);
        int d = query.size(-1);
        int batch = query.numel() / (heads * l * d);
        return new AttentionShape(batch, heads, l, value.size(-2), d, value.size(-1));
    }

    private static double scale(Tensor query) {
        return 1 / Math.sqrt(query.size(-1));
    }

    static Tensor attention(Tensor query, Tensor key, Tensor value, boolean causal) {
        boolean records = Tape.records(query, key, value);
        DType type = Elementwise.working(query.dtype());
        Heads q = Heads.of(query, type);
        Heads k = Heads.of(key, type);
        Heads v = Heads.of(value, type);
        AttentionShape shape = shape(query, value);
        int[] sizes = query.shape().sizes().clone();
        sizes[sizes.length - 1] = shape.e();
        Heads y = Heads.empty(Shape.of(sizes), q.tensor, type);
        int rows = shape.batch() * shape.heads() * shape.l();
        Tensor logSums = records ? Creation.empty(Shape.of(rows), type) : null;
        ProductEvent.of(1, rows, shape.s(), shape.d() + shape.e());
        Attention.forward(
                shape,
                q.array(),
                q.offset(),
                q.strides,
                k.array(),
                k.offset(),
                k.strides,
                v.array(),
                v.offset(),
                v.strides,
                causal,
                scale(query),
                logSums == null ? null : logSums.array(),
                y.array(),
                0,
                y.strides);
        if (logSums == null) {
            return Elementwise.convert(y.tensor, query.dtype());
        }
        return Tape.record(
                y.tensor,
                new ScaledDotProductFlashAttentionForCpuBackward0(
                        Saved.of(query),
                        Saved.of(key),
                        Saved.of(value),
                        Saved.of(y.tensor),
                        Saved.of(logSums),
                        causal),
                query,
                key,
                value);
    }

    record ScaledDotProductFlashAttentionForCpuBackward0(
            Saved query, Saved key, Saved value, Saved y, Saved logSums, boolean causal)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.recording()) {
                inOperations(g);
            } else {
                fused(g);
            }
        }

        private void fused(Gradients g) {
            Tensor out = y.get();
            DType type = out.dtype();
            Heads q = Heads.of(query.get(), type);
            Heads k = Heads.of(key.get(), type);
            Heads v = Heads.of(value.get(), type);
            Heads o = Heads.of(out, type);
            Heads gy = Heads.of(g.gy(), type);
            Heads gq = Heads.empty(q.tensor.shape(), q.tensor, type);
            Heads gk = Heads.empty(k.tensor.shape(), k.tensor, type);
            Heads gv = Heads.empty(v.tensor.shape(), v.tensor, type);
            AttentionShape shape = shape(q.tensor, v.tensor);
            long rows = (long) shape.batch() * shape.heads() * shape.l();
            ProductEvent.of(1, rows, shape.s(), 3L * shape.d() + 2L * shape.e());
            Attention.backward(
                    shape,
                    q.array(),
                    q.offset(),
                    q.strides,
                    k.array(),
                    k.offset(),
                    k.strides,
                    v.array(),
                    v.offset(),
                    v.strides,
                    causal,
                    scale(q.tensor),
                    logSums.get().array(),
                    o.array(),
                    o.strides,
                    gy.array(),
                    gy.offset(),
                    gy.strides,
                    gq.array(),
                    gq.strides,
                    gk.array(),
                    gk.strides,
                    gv.array(),
                    gv.strides);
            g.put(0, gq.tensor);
            g.put(1, gk.tensor);
            g.put(2, gv.tensor);
        }

        private void inOperations(Gradients g) {
            Tensor q = query.get();
            Tensor k = key.get();
            Tensor v = value.get();
            Tensor gy = g.gy();
            double scale = scale(q);
            Tensor scores = q.matmul(k.transpose(-2, -1)).mul(scale);
            if (causal) {
                Tensor later = Tensor.arange(k.size(-2)).gt(Tensor.arange(q.size(-2)).unsqueeze(1));
                scores = scores.maskedFill(later, Double.NEGATIVE_INFINITY);
            }
            Tensor p = scores.softmax(-1);
            Tensor gp = gy.matmul(v.transpose(-2, -1));
            Tensor slope = p.mul(gp.sub(p.mul(gp).sum(-1, true))).mul(scale);
            g.put(0, slope.matmul(k));
            g.put(1, slope.transpose(-2, -1).matmul(q));
            g.put(2, p.transpose(-2, -1).matmul(gy));
        }
    }
}
