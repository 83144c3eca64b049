package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Elements repeated, rolled, turned, and seen through windows.
public sealed interface Rearranging permits Tensor {
    // ------------------------------------------------------------ repeat

    /// Copies side by side, so many along each axis, as `Tensor.repeat`; missing leading axes count
    /// as size 1.
    ///
    /// @throws IllegalArgumentException if there are fewer numbers than axes
    default Tensor repeat(long... times) {
        Tensor x = (Tensor) this;
        if (times.length < x.dim()) {
            throw new IllegalArgumentException(
                    "repeat: %s has fewer numbers than the input %s axes"
                            .formatted(Arrays.toString(times), x.shape()));
        }
        int lead = times.length - x.dim();
        long[] apart = new long[2 * times.length];
        long[] wide = new long[2 * times.length];
        long[] sizes = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            long size = i < lead ? 1 : x.size(i - lead);
            apart[2 * i] = 1;
            apart[2 * i + 1] = size;
            wide[2 * i] = times[i];
            wide[2 * i + 1] = size;
            sizes[i] = times[i] * size;
        }
        Tensor y = x.detach().reshape(apart).expand(wide).reshape(sizes);
        y = y.storage() == x.storage() ? y.clone() : y;
        return Tape.records(x) ? Tape.record(y, new RepeatBackward0(x.shape(), wide), x) : y;
    }

    record RepeatBackward0(Shape shape, long[] apart) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            int[] copies = new int[apart.length / 2];
            Arrays.setAll(copies, i -> 2 * i);
            g.put(
                    0,
                    copies.length == 0
                            ? g.gy()
                            : g.gy().reshape(apart).sum(copies, false).reshape(shape));
        }
    }

    /// As [#repeat], where missing leading numbers count as 1, as `torch.tile`.
    default Tensor tile(long... times) {
        Tensor x = (Tensor) this;
        if (times.length >= x.dim()) {
            return x.repeat(times);
        }
        long[] all = new long[x.dim()];
        Arrays.fill(all, 1);
        System.arraycopy(times, 0, all, all.length - times.length, times.length);
        return x.repeat(all);
    }

    /// Each slice along an axis `times` times in a row, as `torch.repeat_interleave`.
    default Tensor repeatInterleave(int times, int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "repeatInterleave");
        long[] sizes = new long[x.dim() + 1];
        Arrays.fill(sizes, -1);
        sizes[at + 1] = times;
        Tensor wide = x.unsqueeze(at + 1).expand(sizes);
        Tensor copy = wide.isContiguous() ? wide.clone() : wide.contiguous();
        return copy.flatten(at, at + 1);
    }

    /// Each slice along an axis as often in a row as `times` says.
    ///
    /// @param times int64, one number for each slice
    default Tensor repeatInterleave(Tensor times, int axis) {
        Tensor x = (Tensor) this;
        long[] counts = times.toLongArray();
        int at = x.shape().axis(axis, "repeatInterleave");
        if (counts.length != x.size(at) || Arrays.stream(counts).anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException(
                    "repeatInterleave: needs %d numbers from 0 on, but got %s (input %s)"
                            .formatted(x.size(at), Arrays.toString(counts), x.shape()));
        }
        List<Long> slices = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (long n = 0; n < counts[i]; n++) {
                slices.add((long) i);
            }
        }
        return x.indexSelect(at, Tensor.of(slices.stream().mapToLong(i -> i).toArray()));
    }

    // ------------------------------------------------------------ roll, rot90, movedim

    /// The elements moved on along an axis, those at the end to the start, as `torch.roll`.
    default Tensor roll(long shift, int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "roll");
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = rolled(x, shift, at);
        }
        return Tape.records(x) ? Tape.record(y, new RollBackward0(shift, at), x) : y;
    }

    private static Tensor rolled(Tensor x, long shift, int axis) {
        if (x.numel() == 0 || x.dim() == 0) {
            return x.clone();
        }
        int size = x.size(axis);
        long first = Math.floorMod(-shift, (long) size);
        return Tensor.cat(
                List.of(x.narrow(axis, first, size - first), x.narrow(axis, 0, first)), axis);
    }

    record RollBackward0(long shift, int axis) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().roll(-shift, axis));
        }
    }

    /// The planes along two axes turned by `times` right angles, from the first axis to the second,
    /// as `torch.rot90`.
    default Tensor rot90(int times, int axis1, int axis2) {
        Tensor x = (Tensor) this;
        int a = x.shape().axis(axis1, "rot90");
        int b = x.shape().axis(axis2, "rot90");
        if (a == b) {
            throw new IllegalArgumentException(
                    "rot90: needs two different axes, but got " + axis1 + " and " + axis2);
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y =
                    switch (Math.floorMod(times, 4)) {
                        case 1 -> x.flip(b).transpose(a, b);
                        case 2 -> x.flip(a, b);
                        case 3 -> x.flip(a).transpose(a, b);
                        default -> x.clone();
                    };
        }
        y = y.detach();
        return Tape.records(x) ? Tape.record(y, new Rot90Backward0(times, a, b), x) : y;
    }

    record Rot90Backward0(int times, int axis1, int axis2) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().rot90(-times, axis1, axis2));
        }
    }

    /// An axis moved to another place, the others keeping their order, as `torch.movedim`; a view.
    default Tensor movedim(int from, int to) {
        Tensor x = (Tensor) this;
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < x.dim(); axis++) {
            axes.add(axis);
        }
        Integer moved = axes.remove(/* index */ x.shape().axis(from, "movedim"));
        axes.add(x.shape().axis(to, "movedim"), moved);
        return x.permute(axes.stream().mapToInt(i -> i).toArray());
    }

    // ------------------------------------------------------------ channelShuffle

    /// The channels of `[N, C, ...]` dealt out: the first of each of `groups` groups, then the
    /// second of each and so on, as `F.channel_shuffle`.
    ///
    /// @throws IllegalArgumentException if there are fewer than 3 axes or `groups` does not divide
    ///   the channels
    default Tensor channelShuffle(int groups) {
        Tensor x = (Tensor) this;
        if (x.dim() < 3 || groups < 1 || x.size(1) % groups != 0) {
            throw new IllegalArgumentException(
                    "channelShuffle: needs more than 2 axes and a number of channels divisible by %d groups (input %s)"
                            .formatted(groups, x.shape()));
        }
        Tensor y = x.detach().unflatten(1, groups, x.size(1) / groups).transpose(1, 2);
        y = Elementwise.converted(y, y.dtype()).reshape(x.shape());
        y = y.storage() == x.storage() ? y.clone() : y;
        return Tape.records(x)
                ? Tape.record(y, new ChannelShuffleBackward0(x.size(1) / groups), x)
                : y;
    }

    record ChannelShuffleBackward0(int groups) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().channelShuffle(groups));
        }
    }

    // ------------------------------------------------------------ unfold

    /// Windows along an axis: the axis counts them, a new last axis has their elements, as
    /// `Tensor.unfold`; a view.
    ///
    /// @param size elements of a window
    /// @param step elements from one window to the next
    /// @throws IllegalArgumentException if no window fits, or the step is not positive
    default Tensor unfold(int axis, int size, int step) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "unfold");
        int length = x.dim() == 0 ? 1 : x.size(at);
        if (size < 0 || size > length || step < 1) {
            throw new IllegalArgumentException(
                    "unfold: windows of %d, a step of %d apart, do not fit axis %d with size %d (input %s)"
                            .formatted(size, step, at, length, x.shape()));
        }
        Windows windows = new Windows(at, size, step);
        Geometry to = windows.of(Geometry.of(x));
        return Views.viewed(
                x, to.offset(), to.shape(), to.strides(), new UnfoldBackward0(windows, x.shape()));
    }

    /// Windows along an axis.
    record Windows(int axis, int size, int step) {
        Geometry of(Geometry x) {
            int n = x.strides().length;
            int[] sizes = Arrays.copyOf(x.shape().sizes(), n + 1);
            int[] strides = Arrays.copyOf(x.strides(), n + 1);
            sizes[n] = size;
            strides[n] = n == 0 ? 1 : strides[axis];
            if (n > 0) {
                sizes[axis] = (sizes[axis] - size) / step + 1;
                strides[axis] *= step;
            }
            return new Geometry(Shape.of(sizes), strides, x.offset());
        }
    }

    record UnfoldBackward0(Windows windows, Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            Geometry whole = new Geometry(shape, shape.contiguousStrides(), 0);
            g.put(0, Restrided.transposed(g.gy(), whole, windows.of(whole)));
        }
    }
}
