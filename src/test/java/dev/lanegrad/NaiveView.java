package dev.lanegrad;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/// A view as a list: which element of its base each of its elements is, in row-major order.
///
/// @param shape the sizes
/// @param places the elements' numbers in the base
record NaiveView(int[] shape, int[] places) {
    static NaiveView ofAll(int... shape) {
        int[] places = new int[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(places, i -> i);
        return new NaiveView(shape, places);
    }

    int dim() {
        return shape.length;
    }

    /// The view of this shape whose element at an index is this one's at the index that `from`
    /// makes of it.
    NaiveView pick(int[] sizes, UnaryOperator<int[]> from) {
        NaiveView y = ofAll(sizes);
        int[] index = new int[sizes.length];
        for (int i = 0; i < y.places.length; i++) {
            int rest = i;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                index[axis] = rest % sizes[axis];
                rest /= sizes[axis];
            }
            y.places[i] = at(from.apply(index.clone()));
        }
        return y;
    }

    private int at(int[] index) {
        int place = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            place = place * shape[axis] + index[axis];
        }
        return places[place];
    }

    /// The same elements in another shape.
    NaiveView reshaped(int... sizes) {
        return new NaiveView(sizes, places);
    }

    /// How many elements of a base of n each of its elements is.
    double[] counts(int n) {
        double[] counts = new double[n];
        for (int place : places) {
            counts[place]++;
        }
        return counts;
    }

    /// The sizes without the one at `axis`.
    int[] without(int axis) {
        return with(axis, 1);
    }

    /// The sizes with more in the place of the one at `axis`.
    int[] with(int axis, int gone, int... more) {
        int[] sizes = Arrays.copyOf(shape, shape.length - gone + more.length);
        System.arraycopy(more, 0, sizes, axis, more.length);
        System.arraycopy(shape, axis + gone, sizes, axis + more.length, shape.length - axis - gone);
        return sizes;
    }
}
