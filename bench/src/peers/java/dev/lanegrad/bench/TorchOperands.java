package dev.lanegrad.bench;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// [Operands] as libtorch's tensors, and outputs for one row.
final class TorchOperands {
    final Tensor x;
    final Tensor w;
    final Tensor positive;
    final Tensor unit;
    final Tensor probability;
    final Tensor aboveOne;
    final Tensor powers;
    final Tensor flat;
    final Tensor integers;
    final Tensor otherIntegers;
    final Tensor mask;
    final Tensor otherMask;
    final Tensor yes;
    final Tensor rowMask;
    final Tensor row;
    final Tensor column;
    final Tensor slope;

    /// 1.5, of no axes.
    final Tensor number;

    final Tensor index;
    final Tensor shuffled;
    final Tensor order;
    final Tensor everySecondRow;
    final Tensor everySecond;
    final Tensor cube;
    final Tensor image;
    final Tensor nhwc;
    final Tensor query;
    final Tensor key;
    final Tensor value;
    final Tensor input;
    final Tensor hidden;
    final TensorOptional weight;
    final TensorOptional bias;
    final TensorOptional gain;
    final TensorOptional shift;
    final TensorVector both;
    final TensorVector state;
    final List<Tensor> lstm;
    final List<Tensor> gru;
    final long[] features;
    final long rows;
    final long columns;

    /// Outputs of one row: float32, float32, float32, int64, bool.
    final Tensor y;

    final Tensor y2;
    final Tensor y3;
    final Tensor indices;
    final Tensor truth;

    TorchOperands(Operands o) {
        x = of(o.x);
        w = of(o.w);
        positive = of(o.positive);
        unit = of(o.unit);
        probability = of(o.probability);
        aboveOne = of(o.aboveOne);
        powers = of(o.powers);
        flat = of(o.flat);
        integers = of(o.integers);
        otherIntegers = of(o.otherIntegers);
        mask = of(o.mask);
        otherMask = of(o.otherMask);
        yes = of(o.yes);
        rowMask = of(o.rowMask);
        row = of(o.row);
        column = of(o.column);
        slope = of(o.slope);
        number = torch.tensor(1.5f);
        index = of(o.index);
        shuffled = of(o.shuffled);
        order = of(o.order);
        everySecondRow = spread(of(o.everySecondRow), 0);
        everySecond = spread(of(o.everySecond), 1);
        cube = of(o.cube);
        image = of(o.image);
        nhwc = of(o.nhwc);
        query = of(o.query);
        key = of(o.key);
        value = of(o.value);
        input = of(o.input);
        hidden = of(o.hidden);
        weight = new TensorOptional(of(o.weight));
        bias = new TensorOptional(of(o.bias));
        gain = new TensorOptional(of(o.gain));
        shift = new TensorOptional(of(o.shift));
        both = new TensorVector(x, w);
        state = new TensorVector(hidden, of(o.cells));
        lstm = o.lstm.parameters().stream().map(TorchOperands::of).toList();
        gru = o.gru.parameters().stream().map(TorchOperands::of).toList();
        features = new long[] {o.columns};
        rows = o.rows;
        columns = o.columns;
        y = empty(torch.ScalarType.Float);
        y2 = empty(torch.ScalarType.Float);
        y3 = empty(torch.ScalarType.Float);
        indices = empty(torch.ScalarType.Long);
        truth = empty(torch.ScalarType.Bool);
    }

    private TorchOperands(TorchOperands o) {
        x = o.x;
        w = o.w;
        positive = o.positive;
        unit = o.unit;
        probability = o.probability;
        aboveOne = o.aboveOne;
        powers = o.powers;
        flat = o.flat;
        integers = o.integers;
        otherIntegers = o.otherIntegers;
        mask = o.mask;
        otherMask = o.otherMask;
        yes = o.yes;
        rowMask = o.rowMask;
        row = o.row;
        column = o.column;
        slope = o.slope;
        number = o.number;
        index = o.index;
        shuffled = o.shuffled;
        order = o.order;
        everySecondRow = o.everySecondRow;
        everySecond = o.everySecond;
        cube = o.cube;
        image = o.image;
        nhwc = o.nhwc;
        query = o.query;
        key = o.key;
        value = o.value;
        input = o.input;
        hidden = o.hidden;
        weight = o.weight;
        bias = o.bias;
        gain = o.gain;
        shift = o.shift;
        both = o.both;
        state = o.state;
        lstm = o.lstm;
        gru = o.gru;
        features = o.features;
        rows = o.rows;
        columns = o.columns;
        y = empty(torch.ScalarType.Float);
        y2 = empty(torch.ScalarType.Float);
        y3 = empty(torch.ScalarType.Float);
        indices = empty(torch.ScalarType.Long);
        truth = empty(torch.ScalarType.Bool);
    }

    /// The same operands with outputs of their own.
    TorchOperands withOwnOutputs() {
        return new TorchOperands(this);
    }

    /// A view's elements in [#y], in row-major order.
    Tensor copied(Tensor view) {
        try (view) {
            if (y.numel() != view.numel()) {
                y.resize_(view.sizes());
            }
            return y.copy_(view);
        }
    }

    private static Tensor empty(torch.ScalarType type) {
        return torch.empty(new long[] {0}).to(type);
    }

    /// A tensor equal to ours, in row-major order.
    private static Tensor of(dev.lanegrad.Tensor t) {
        Pointer values =
                switch (t.dtype()) {
                    case FLOAT32 -> new FloatPointer(t.toFloatArray());
                    case INT64 -> new LongPointer(t.toLongArray());
                    case BOOL -> TorchRows.bools(t.toBooleanArray());
                    default -> throw new IllegalArgumentException(t.dtype() + " is not expected");
                };
        torch.ScalarType type =
                switch (t.dtype()) {
                    case INT64 -> torch.ScalarType.Long;
                    case BOOL -> torch.ScalarType.Bool;
                    default -> torch.ScalarType.Float;
                };
        long[] size = t.shape().toArray();
        return torch.from_blob(values, size, new TensorOptions(type)).clone();
    }

    /// The same elements, every second along an axis of a tensor twice as long.
    private static Tensor spread(Tensor dense, long axis) {
        Tensor twice = torch.stack(new TensorVector(dense, dense), axis + 1);
        return twice.select(axis + 1, 0);
    }
}
