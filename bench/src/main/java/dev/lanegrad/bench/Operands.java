package dev.lanegrad.bench;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.GRUCell;
import dev.lanegrad.nn.LSTMCell;
import java.util.Arrays;
import java.util.Random;

/// The operands of the tables, of `n` elements each where nothing else is said; the same in every
/// process.
final class Operands {
    final int n;
    final int rows;
    final int columns;

    /// `[rows, columns]` in −2 to 2.
    final Tensor x;

    /// As [#x], other values.
    final Tensor w;

    /// As [#x] in 0.1 to 4.
    final Tensor positive;

    /// As [#x] in −0.95 to 0.95.
    final Tensor unit;

    /// As [#x] in 0.01 to 0.99.
    final Tensor probability;

    /// As [#x] in 1.01 to 5.
    final Tensor aboveOne;

    /// As [#x], ones but for pairs of 2 and a half: no order of multiplication rounds.
    final Tensor powers;

    /// The elements of [#x], `[n]`.
    final Tensor flat;

    /// int64 `[rows, columns]`.
    final Tensor integers;

    /// As [#integers], other values.
    final Tensor otherIntegers;

    /// bool `[rows, columns]`, half of it true.
    final Tensor mask;

    /// As [#mask], other values.
    final Tensor otherMask;

    /// bool `[rows, columns]`, all true.
    final Tensor yes;

    /// bool `[1, columns]`.
    final Tensor rowMask;

    /// `[1, columns]`.
    final Tensor row;

    /// `[rows, 1]`, positive.
    final Tensor column;

    /// `[1]`, PReLU's.
    final Tensor slope = Tensor.of(0.25f);

    /// `[columns]`.
    final Tensor weight;

    /// `[columns]`.
    final Tensor bias;

    /// int64 `[rows, columns]`, each valid along both axes.
    final Tensor index;

    /// int64 `[rows, columns]`, each row a permutation.
    final Tensor shuffled;

    /// int64 `[rows]`, a permutation of both axes.
    final Tensor order;

    /// `[rows / 2, columns]` of `[rows, columns]` elements twice as many.
    final Tensor everySecondRow;

    /// `[rows, columns]` out of `[rows, 2·columns]`.
    final Tensor everySecond;

    /// `[16, m, m]`.
    final Tensor cube;

    /// `[16, C, H, H]`.
    final Tensor image;

    /// `[16, H, H, C]`.
    final Tensor nhwc;

    /// `[C]`, positive.
    final Tensor gain;

    /// `[C]`.
    final Tensor shift;

    /// `[N, 8, 128, 64]`.
    final Tensor query;

    /// As [#query].
    final Tensor key;

    /// As [#query].
    final Tensor value;

    /// `[N, 256]`.
    final Tensor input;

    /// As [#input].
    final Tensor hidden;

    /// As [#input].
    final Tensor cells;

    final LSTMCell lstm = new LSTMCell(256, 256);
    final GRUCell gru = new GRUCell(256, 256);

    private final Random random = new Random(7);

    /// @param n a power of four from 64 Ki on
    Operands(int n) {
        this.n = n;
        rows = 1 << ((31 - Integer.numberOfLeadingZeros(n)) / 2);
        columns = n / rows;
        Shape matrix = Shape.of(rows, columns);
        x = uniform(-2, 2, matrix);
        w = uniform(-2, 2, matrix);
        positive = uniform(0.1, 4, matrix);
        unit = uniform(-0.95, 0.95, matrix);
        probability = uniform(0.01, 0.99, matrix);
        aboveOne = uniform(1.01, 5, matrix);
        powers = powers(matrix);
        flat = x.reshape(n);
        integers = integers(1 << 20, matrix);
        otherIntegers = integers(1 << 20, matrix);
        mask = booleans(matrix);
        otherMask = booleans(matrix);
        yes = Tensor.of(new boolean[n], matrix).logicalNot();
        rowMask = booleans(Shape.of(1, columns));
        row = uniform(-2, 2, Shape.of(1, columns));
        column = uniform(0.1, 4, Shape.of(rows, 1));
        weight = uniform(0.5, 1.5, Shape.of(columns));
        bias = uniform(-1, 1, Shape.of(columns));
        index = integers(rows, matrix);
        shuffled = uniform(0, 1, matrix).sort(1).indices();
        order = uniform(0, 1, Shape.of(rows)).sort(0).indices();
        everySecondRow = uniform(-2, 2, Shape.of(2L * rows, columns)).slice(0, 0, 2L * rows, 2);
        everySecond = uniform(-2, 2, Shape.of(rows, 2L * columns)).slice(1, 0, 2L * columns, 2);
        cube = uniform(-2, 2, Shape.of(16, rows / 4, columns / 4));
        int channels = n > 1 << 16 ? 64 : 16;
        int side = (int) Math.sqrt(n / 16.0 / channels);
        image = uniform(-2, 2, Shape.of(16, channels, side, side));
        nhwc = uniform(-2, 2, Shape.of(16, side, side, channels));
        gain = uniform(0.5, 1.5, Shape.of(channels));
        shift = uniform(-1, 1, Shape.of(channels));
        Shape heads = Shape.of(n >> 16, 8, 128, 64);
        query = uniform(-2, 2, heads);
        key = uniform(-2, 2, heads);
        value = uniform(-2, 2, heads);
        Shape states = Shape.of(n / 256, 256);
        input = uniform(-1, 1, states);
        hidden = uniform(-1, 1, states);
        cells = uniform(-1, 1, states);
        lstm.requiresGrad(false);
        gru.requiresGrad(false);
    }

    private Tensor uniform(double low, double high, Shape shape) {
        float[] values = new float[shape.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * random.nextDouble());
        }
        return Tensor.of(values, shape);
    }

    private Tensor powers(Shape shape) {
        float[] values = new float[shape.numel()];
        Arrays.fill(values, 1);
        for (int i = 0; i < values.length; i += 1024) {
            int at = i + random.nextInt(1023);
            values[at] = 2;
            values[at + 1] = 0.5f;
        }
        return Tensor.of(values, shape);
    }

    private Tensor integers(int below, Shape shape) {
        long[] values = new long[shape.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(below);
        }
        return Tensor.of(values, shape);
    }

    private Tensor booleans(Shape shape) {
        boolean[] values = new boolean[shape.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean();
        }
        return Tensor.of(values, shape);
    }
}
