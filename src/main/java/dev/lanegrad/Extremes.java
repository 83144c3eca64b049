package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;

/// Largest and smallest elements, and whether all or any are true. NaN counts as an extreme.
public sealed interface Extremes permits Tensor {
    // ------------------------------------------------------------ over everything

    /// The largest element, as `torch.max`; equal ones share its gradient.
    ///
    /// @throws IllegalArgumentException if there is no element
    default Tensor max() {
        return Extreme.overall("max", (Tensor) this, Reduce::max);
    }

    /// The smallest element, as `torch.min`; equal ones share its gradient.
    ///
    /// @throws IllegalArgumentException if there is no element
    default Tensor min() {
        return Extreme.overall("min", (Tensor) this, Reduce::min);
    }

    record MaxBackward1(Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.share(g.gy(), x.get(), y.get()));
        }
    }

    record MinBackward1(Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.share(g.gy(), x.get(), y.get()));
        }
    }

    // ------------------------------------------------------------ along one axis

    /// The largest elements along an axis and their first positions, as `torch.max` with `dim`; the
    /// gradient goes to those positions.
    default ValuesAndIndices max(int axis, boolean keepdim) {
        return Extreme.along("max", (Tensor) this, axis, keepdim, true);
    }

    /// The smallest elements along an axis and their first positions, as `torch.min` with `dim`.
    default ValuesAndIndices min(int axis, boolean keepdim) {
        return Extreme.along("min", (Tensor) this, axis, keepdim, false);
    }

    /// The largest elements along an axis and their first positions.
    default ValuesAndIndices max(int axis) {
        return max(axis, false);
    }

    /// The smallest elements along an axis and their first positions.
    default ValuesAndIndices min(int axis) {
        return min(axis, false);
    }

    record MaxBackward0(Saved indices, int axis, int size, boolean keepdim) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.place(g.gy(), indices.get(), axis, size, keepdim));
        }
    }

    record MinBackward0(Saved indices, int axis, int size, boolean keepdim) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.place(g.gy(), indices.get(), axis, size, keepdim));
        }
    }

    /// The first position of the largest of all elements, in row-major order, as `torch.argmax`.
    default Tensor argmax() {
        return Extreme.positions((Tensor) this, "argmax").flatten().max(0).indices();
    }

    /// The first position of the smallest of all elements, in row-major order, as `torch.argmin`.
    default Tensor argmin() {
        return Extreme.positions((Tensor) this, "argmin").flatten().min(0).indices();
    }

    /// The first positions of the largest elements along an axis, as `torch.argmax` with `dim`.
    default Tensor argmax(int axis, boolean keepdim) {
        return Extreme.positions((Tensor) this, "argmax").max(axis, keepdim).indices();
    }

    /// The first positions of the smallest elements along an axis, as `torch.argmin` with `dim`.
    default Tensor argmin(int axis, boolean keepdim) {
        return Extreme.positions((Tensor) this, "argmin").min(axis, keepdim).indices();
    }

    /// The first positions of the largest elements along an axis.
    default Tensor argmax(int axis) {
        return argmax(axis, false);
    }

    /// The first positions of the smallest elements along an axis.
    default Tensor argmin(int axis) {
        return argmin(axis, false);
    }

    // ------------------------------------------------------------ over some axes

    /// The largest elements over some axes, over all if none is named, as `torch.amax`; equal ones
    /// share the gradient.
    default Tensor amax(int[] axes, boolean keepdim) {
        Tensor x = (Tensor) this;
        Tensor y = Extreme.run("amax", x, axes, keepdim, Reduce::max);
        return Tape.records(x)
                ? Tape.record(y, new AmaxBackward0(Saved.of(x), Saved.of(y), axes.clone()), x)
                : y;
    }

    /// The smallest elements over some axes, over all if none is named, as `torch.amin`; equal ones
    /// share the gradient.
    default Tensor amin(int[] axes, boolean keepdim) {
        Tensor x = (Tensor) this;
        Tensor y = Extreme.run("amin", x, axes, keepdim, Reduce::min);
        return Tape.records(x)
                ? Tape.record(y, new AminBackward0(Saved.of(x), Saved.of(y), axes.clone()), x)
                : y;
    }

    record AmaxBackward0(Saved x, Saved y, int[] axes) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.share(g.gy(), x.get(), y.get(), axes));
        }
    }

    record AminBackward0(Saved x, Saved y, int[] axes) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.share(g.gy(), x.get(), y.get(), axes));
        }
    }

    /// The smallest and the largest of all elements, as `torch.aminmax`; equal ones share the
    /// gradients.
    ///
    /// @throws IllegalArgumentException if there is no element
    default Tensor[] aminmax() {
        return Extreme.both((Tensor) this, new int[0], false);
    }

    /// The smallest and the largest elements along an axis, as `torch.aminmax` with `dim`; equal
    /// ones share the gradients.
    default Tensor[] aminmax(int axis, boolean keepdim) {
        return Extreme.both((Tensor) this, new int[] {axis}, keepdim);
    }

    record AminmaxBackward0(Saved x, Saved least, Saved most, int[] axes) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            if (g.has(0)) {
                Tensor ofLeast = Extreme.share(g.gy(0), in, least.get(), axes);
                g.put(
                        0,
                        g.has(1)
                                ? ofLeast.add(Extreme.share(g.gy(1), in, most.get(), axes))
                                : ofLeast);
            } else {
                g.put(0, Extreme.share(g.gy(1), in, most.get(), axes));
            }
        }
    }

    // ------------------------------------------------------------ truth

    /// Whether all elements are true (not zero), as `torch.all`; true if there is none.
    default Tensor all() {
        return Extreme.truth("all", (Tensor) this, new int[0], false, Reduce::min);
    }

    /// Whether any element is true (not zero), as `torch.any`; false if there is none.
    default Tensor any() {
        return Extreme.truth("any", (Tensor) this, new int[0], false, Reduce::max);
    }

    /// Whether all elements along an axis are true.
    default Tensor all(int axis, boolean keepdim) {
        return Extreme.truth("all", (Tensor) this, new int[] {axis}, keepdim, Reduce::min);
    }

    /// Whether any element along an axis is true.
    default Tensor any(int axis, boolean keepdim) {
        return Extreme.truth("any", (Tensor) this, new int[] {axis}, keepdim, Reduce::max);
    }
}
