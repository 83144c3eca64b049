package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;

/// Diagonals and triangles of matrices.
public sealed interface Diagonals permits Tensor {
    // ------------------------------------------------------------ diagonal

    /// The elements on a diagonal of the matrices along two axes, which one last axis replaces, as
    /// `torch.diagonal`; a view.
    ///
    /// @param offset 0 for the main diagonal, above 0 for one above it
    /// @throws IllegalArgumentException if the axes are the same
    default Tensor diagonal(int offset, int axis1, int axis2) {
        Tensor x = (Tensor) this;
        Diagonal d = Diagonal.of("diagonal", x.shape(), offset, axis1, axis2);
        Geometry to = d.of(Geometry.of(x));
        return Views.viewed(
                x, to.offset(), to.shape(), to.strides(), new DiagonalBackward0(d, x.shape()));
    }

    /// The elements on a diagonal of the matrices along the first two axes.
    default Tensor diagonal(int offset) {
        return diagonal(offset, 0, 1);
    }

    /// The elements on the main diagonal of the matrices along the first two axes.
    default Tensor diagonal() {
        return diagonal(0, 0, 1);
    }

    record DiagonalBackward0(Diagonal diagonal, Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, diagonal.embed(g.gy(), shape));
        }
    }

    /// The diagonal of a matrix, or the matrix that has this vector on its diagonal and zeros
    /// elsewhere, as `torch.diag`.
    ///
    /// @throws IllegalArgumentException if there are neither one nor two axes
    default Tensor diag(int offset) {
        Tensor x = (Tensor) this;
        if (x.dim() != 1 && x.dim() != 2) {
            throw new IllegalArgumentException(
                    "diag: needs 1 or 2 axes, but the shape is " + x.shape());
        }
        if (x.dim() == 1) {
            return x.diagEmbed(offset);
        }
        Diagonal d = Diagonal.of("diag", x.shape(), offset, 0, 1);
        Tensor y = x.detach().diagonal(offset).clone();
        return Tape.records(x) ? Tape.record(y, new DiagonalCopyBackward(d, x.shape()), x) : y;
    }

    /// As [#diag(int)], on the main diagonal.
    default Tensor diag() {
        return diag(0);
    }

    record DiagonalCopyBackward(Diagonal diagonal, Shape shape) implements Backward {
        @Override
        public String name() {
            return "DiagonalBackward0_copy";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, diagonal.embed(g.gy(), shape));
        }
    }

    /// Square matrices with the last axis on a diagonal and zeros elsewhere, as `torch.diag_embed`.
    default Tensor diagEmbed(int offset) {
        Tensor x = (Tensor) this;
        if (x.dim() == 0) {
            throw new IllegalArgumentException("diagEmbed: needs at least one axis");
        }
        int n = x.size(-1) + Math.abs(offset);
        int[] sizes = java.util.Arrays.copyOf(x.shape().sizes(), x.dim() + 1);
        sizes[x.dim() - 1] = n;
        sizes[x.dim()] = n;
        Shape shape = Shape.of(sizes);
        Diagonal d = Diagonal.of("diagEmbed", shape, offset, -2, -1);
        Tensor y = d.embed(x.detach(), shape);
        return Tape.records(x) ? Tape.record(y, new DiagEmbedBackward0(offset), x) : y;
    }

    record DiagEmbedBackward0(int offset) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().diagonal(offset, -2, -1));
        }
    }

    /// A diagonal of matrices of some shape.
    record Diagonal(int offset, int axis1, int axis2) {
        static Diagonal of(String op, Shape shape, int offset, int axis1, int axis2) {
            int a = shape.dim() < 2 ? 0 : shape.axis(axis1, op);
            int b = shape.dim() < 2 ? 0 : shape.axis(axis2, op);
            if (a == b) {
                throw new IllegalArgumentException(
                        "%s: needs two different axes, but got %d and %d (input %s)"
                                .formatted(op, axis1, axis2, shape));
            }
            return new Diagonal(offset, a, b);
        }

        Geometry of(Geometry x) {
            int rows = x.shape().size(axis1) + Math.min(0, offset);
            int columns = x.shape().size(axis2) - Math.max(0, offset);
            int n = Math.max(0, Math.min(rows, columns));
            int skipped = offset < 0 ? -offset * x.strides()[axis1] : offset * x.strides()[axis2];
            List<Integer> sizes = new ArrayList<>();
            List<Integer> strides = new ArrayList<>();
            for (int axis = 0; axis < x.strides().length; axis++) {
                if (axis != axis1 && axis != axis2) {
                    sizes.add(x.shape().size(axis));
                    strides.add(x.strides()[axis]);
                }
            }
            sizes.add(n);
            strides.add(x.strides()[axis1] + x.strides()[axis2]);
            return new Geometry(
                    Shape.of(sizes.stream().mapToInt(i -> i).toArray()),
                    strides.stream().mapToInt(i -> i).toArray(),
                    x.offset() + (n == 0 ? 0 : skipped));
        }

        /// Zeros of the shape with `gy` on the diagonal.
        Tensor embed(Tensor gy, Shape shape) {
            Geometry whole = new Geometry(shape, shape.contiguousStrides(), 0);
            return Restrided.transposed(gy, whole, of(whole));
        }
    }

    // ------------------------------------------------------------ trace

    /// The sum of the main diagonal of a matrix, as `torch.trace`.
    ///
    /// @throws IllegalArgumentException if this is no matrix
    default Tensor trace() {
        Tensor x = (Tensor) this;
        if (x.dim() != 2) {
            throw new IllegalArgumentException("trace: needs a matrix, but got " + x.shape());
        }
        Tensor y = x.detach().diagonal().sum();
        return Tape.records(x) ? Tape.record(y, new TraceBackward0(x.shape()), x) : y;
    }

    record TraceBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            Diagonal d = new Diagonal(0, 0, 1);
            g.put(0, d.embed(g.gy().expand(Math.min(shape.size(0), shape.size(1))), shape));
        }
    }

    // ------------------------------------------------------------ triangles

    /// Matrices with zeros below a diagonal, as `torch.triu`.
    default Tensor triu(int offset) {
        Tensor x = (Tensor) this;
        Tensor y = x.detach().maskedFill(Triangle.below("triu", x, offset), 0);
        return Tape.records(x) ? Tape.record(y, new TriuBackward0(offset), x) : y;
    }

    record TriuBackward0(int offset) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().triu(offset));
        }
    }

    /// Matrices with zeros above a diagonal, as `torch.tril`.
    default Tensor tril(int offset) {
        Tensor x = (Tensor) this;
        Tensor y = x.detach().maskedFill(Triangle.above("tril", x, offset), 0);
        return Tape.records(x) ? Tape.record(y, new TrilBackward0(offset), x) : y;
    }

    record TrilBackward0(int offset) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().tril(offset));
        }
    }

    /// Which elements of a matrix lie on one side of a diagonal.
    final class Triangle {
        private Triangle() {}

        private static Tensor below(String op, Tensor x, int offset) {
            return side(op, x, offset, true);
        }

        private static Tensor above(String op, Tensor x, int offset) {
            return side(op, x, offset, false);
        }

        private static Tensor side(String op, Tensor x, int offset, boolean below) {
            if (x.dim() < 2) {
                throw new IllegalArgumentException(
                        op + ": needs at least 2 axes, but the shape is " + x.shape());
            }
            int rows = x.size(-2);
            int columns = x.size(-1);
            boolean[] chosen = new boolean[rows * columns];
            for (int i = 0; i < rows; i++) {
                long diagonal = (long) i + offset + (below ? 0 : 1);
                int edge = Math.clamp(diagonal, 0, columns);
                int start = below ? 0 : edge;
                int end = below ? edge : columns;
                java.util.Arrays.fill(chosen, i * columns + start, i * columns + end, true);
            }
            return Creation.wrap(chosen, Shape.of(rows, columns));
        }
    }
}
