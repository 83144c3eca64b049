package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;
import java.util.Arrays;

/// More elements around the last axes, without parameters.
abstract class Pad extends Module {
    private final int[] pad;
    private final PadMode mode;
    private final Number value;

    /// @param pad elements before and after the last axis, before and after the one before it, ...
    /// @param value what stands there, in the mode of constants
    Pad(int[] pad, PadMode mode, Number value) {
        this.pad = pad;
        this.mode = mode;
        this.value = value;
    }

    /// As many elements on every side of so many axes.
    static int[] around(int axes, int padding) {
        int[] pad = new int[2 * axes];
        Arrays.fill(pad, padding);
        return pad;
    }

    final PerAxis padding() {
        return PerAxis.of(pad);
    }

    final Number value() {
        return value;
    }

    @Override
    public final Tensor forward(Tensor x) {
        return mode == PadMode.CONSTANT ? x.pad(pad, value.doubleValue()) : x.pad(pad, mode);
    }

    @Override
    protected String extraRepr() {
        return padding().tuple();
    }
}
