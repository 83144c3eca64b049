package dev.lanegrad;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A function at chosen points near its inputs. Every call gets its own copies of the inputs, in
/// their layout, of which the checked ones require a gradient.
final class Probe {
    private final Function<Tensor[], Tensor[]> fn;
    private final Tensor[] inputs;
    private final int[] checked;

    Probe(Function<Tensor[], Tensor[]> fn, Tensor... inputs) {
        this.fn = fn;
        this.inputs = inputs.clone();
        boolean chosen = false;
        for (Tensor x : inputs) {
            chosen |= x.requiresGrad();
        }
        boolean byFlag = chosen;
        this.checked =
                IntStream.range(0, inputs.length)
                        .filter(i -> byFlag ? inputs[i].requiresGrad() : isFloating(inputs[i]))
                        .toArray();
    }

    private static boolean isFloating(Tensor x) {
        return x.dtype().isFloatingPoint();
    }

    /// Positions of the inputs whose gradients are looked at.
    int[] checked() {
        return checked;
    }

    Tensor input(int i) {
        return inputs[i];
    }

    /// One call of the function.
    ///
    /// @param leaves the checked inputs' copies
    /// @param outputs the results that are floating point
    /// @param places their places among all results
    record Call(Tensor[] leaves, Tensor[] outputs, int[] places) {
        /// The outputs' elements.
        double[][] values() {
            double[][] all = new double[outputs.length][];
            for (int k = 0; k < all.length; k++) {
                all[k] = outputs[k].toDoubleArray();
            }
            return all;
        }

        /// The gradients of output k weighted by `seed`, an array for each leaf; zeros where the
        /// output does not depend on the leaf.
        double[][] gradients(int k, double[] seed) {
            Tensor y = outputs[k];
            double[][] all = new double[leaves.length][];
            @Nullable Tensor[] g = new Tensor[leaves.length];
            if (y.requiresGrad()) {
                Tensor[] weight = {Tensor.of(seed, y.shape()).to(y.dtype())};
                g = Autograd.grad(new Tensor[] {y}, leaves, weight, true, false, true);
            }
            for (int i = 0; i < all.length; i++) {
                Tensor gradient = g[i];
                all[i] =
                        gradient == null ? new double[leaves[i].numel()] : gradient.toDoubleArray();
            }
            return all;
        }

        /// Whether weights of zero give gradients of zero, or NaN where a derivative is infinite.
        boolean zeroGivesZero() {
            for (int k = 0; k < outputs.length; k++) {
                for (double[] gradient : gradients(k, new double[outputs[k].numel()])) {
                    for (double g : gradient) {
                        if (g != 0 && !Double.isNaN(g)) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }
    }

    /// Calls the function at the inputs themselves.
    Call call() {
        return call(-1, 0, new double[0]);
    }

    /// Calls the function with input i moved by `step·direction`.
    Call call(int moved, double step, double[] direction) {
        Tensor[] all = new Tensor[inputs.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i == moved ? moved(inputs[i], step, direction) : copy(inputs[i]);
        }
        Tensor[] leaves = new Tensor[checked.length];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = all[checked[i]].requiresGrad(true);
        }
        try (var _ = Autograd.enableGrad()) {
            Tensor[] outputs = fn.apply(all);
            int[] places =
                    IntStream.range(0, outputs.length)
                            .filter(k -> isFloating(outputs[k]))
                            .toArray();
            Tensor[] floating =
                    Arrays.stream(places).mapToObj(k -> outputs[k]).toArray(Tensor[]::new);
            return new Call(leaves, floating, places);
        }
    }

    /// The derivative of every output's elements along `direction` of input i, by forward mode.
    double[][] tangents(int i, double[] direction) {
        Tensor[] all = new Tensor[inputs.length];
        try (var _ = Autograd.forwardMode()) {
            for (int j = 0; j < all.length; j++) {
                Tensor x = copy(inputs[j]);
                Tensor t = Tensor.of(direction, inputs[i].shape()).to(inputs[i].dtype());
                all[j] = j == i ? Autograd.makeDual(x, t) : x;
            }
            return Arrays.stream(fn.apply(all))
                    .filter(Probe::isFloating)
                    .map(y -> {
                        Tensor t = Autograd.unpackDual(y).tangent();
                        return t == null ? new double[y.numel()] : t.toDoubleArray();
                    })
                    .toArray(double[][]::new);
        }
    }

    /// The slope of every output's elements along `direction` of input i, between `from` and `to`
    /// times the direction.
    double[][] slopes(int i, double from, double to, double[] direction) {
        double[][] slopes = call(i, to, direction).values();
        double[][] low = call(i, from, direction).values();
        for (int k = 0; k < slopes.length; k++) {
            for (int j = 0; j < slopes[k].length; j++) {
                slopes[k][j] = (slopes[k][j] - low[k][j]) / (to - from);
            }
        }
        return slopes;
    }

    private static Tensor moved(Tensor x, double step, double[] direction) {
        Tensor y = overlaps(x) ? Creation.empty(x.shape(), x.dtype()) : copy(x);
        double[] values = x.toDoubleArray();
        for (int j = 0; j < values.length; j++) {
            y.storage().setDouble(position(y, j), values[j] + step * direction[j]);
        }
        return y;
    }

    /// Whether several elements may lie in one place, so that they cannot be moved one by one.
    static boolean overlaps(Tensor x) {
        for (int axis = 0; axis < x.dim(); axis++) {
            if (x.strides()[axis] == 0 && x.size(axis) > 1) {
                return true;
            }
        }
        return span(x) < x.numel();
    }

    /// Number of elements from the first in memory to the last.
    private static int span(Tensor x) {
        if (x.numel() == 0) {
            return 0;
        }
        int last = 0;
        for (int axis = 0; axis < x.dim(); axis++) {
            last += (x.size(axis) - 1) * x.strides()[axis];
        }
        return last + 1;
    }

    /// Where element j in row-major order lies in the storage.
    private static int position(Tensor x, int j) {
        int at = x.offset();
        int rest = j;
        for (int axis = x.dim() - 1; axis >= 0; axis--) {
            at += rest % x.size(axis) * x.strides()[axis];
            rest /= x.size(axis);
        }
        return at;
    }

    /// The same values in the same layout, in memory of their own.
    private static Tensor copy(Tensor x) {
        int span = span(x);
        Object from = x.array();
        Object to = Array.newInstance(from.getClass().getComponentType(), span);
        if (span > 0) {
            System.arraycopy(from, x.offset(), to, 0, span);
        }
        Storage storage = Storage.wrap(x.dtype(), to);
        return new Tensor(storage, 0, x.shape(), x.strides(), new Version(), false);
    }

    // ------------------------------------------------------------ directions

    /// Numbers of either sign and of a size between ½ and 1.
    static double[] direction(SplittableRandom random, int n) {
        double[] u = new double[n];
        for (int j = 0; j < n; j++) {
            u[j] = (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.5, 1);
        }
        return u;
    }

    /// Element j alone.
    static double[] unit(int n, int j) {
        double[] u = new double[n];
        u[j] = 1;
        return u;
    }
}
