package dev.lanegrad;

/// Every `step`-th of `count` elements of an axis from `start` on.
///
/// @param drop whether the axis, of one element, disappears
record Strip(int axis, int start, int step, int count, boolean drop) {
    int offset(Tensor x) {
        return x.offset() + start * x.strides()[axis];
    }

    Shape shape(Shape whole) {
        return Shape.of(without(whole.sizes(), count));
    }

    int[] strides(Tensor x) {
        return without(x.strides(), x.strides()[axis] * step);
    }

    /// `values` with that of the axis replaced, or left out.
    private int[] without(int[] values, int replacement) {
        int[] result = new int[values.length - (drop ? 1 : 0)];
        for (int i = 0, k = 0; i < values.length; i++) {
            if (i != axis) {
                result[k++] = values[i];
            } else if (!drop) {
                result[k++] = replacement;
            }
        }
        return result;
    }

    /// The strip of `x`.
    Tensor of(Tensor x) {
        return drop
                ? x.select(axis, start)
                : x.slice(axis, start, (long) start + (long) count * step, step);
    }

    /// Zeros of `shape` with `part` in the place of the strip.
    static Tensor embed(Tensor part, Strip strip, Shape shape) {
        Tensor whole = Creation.zeros(shape, part.dtype());
        Tensor place =
                new Tensor(
                        whole.storage(),
                        strip.offset(whole),
                        strip.shape(shape),
                        strip.strides(whole),
                        whole.version(),
                        false);
        Elementwise.copy(place, part);
        return Tape.records(part) ? Tape.record(whole, new StripBackward0(strip), part) : whole;
    }

    record StripBackward0(Strip strip) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, strip.of(g.gy()));
        }
    }
}
