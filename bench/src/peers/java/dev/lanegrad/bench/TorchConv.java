package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The convolutions of [ConvBench] by libtorch, which allocates its outputs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public abstract class TorchConv {
    /// The layer, a name of [ConvLayer] and a batch.
    @Param("conv2_x 3x3 s1 b16")
    public String shape = "conv2_x 3x3 s1 b16";

    private final torch.MemoryFormat format;
    private final TensorOptional noBias = new TensorOptional();
    private final BoolPointer input = mask(0);
    private final BoolPointer weight = mask(1);
    private final long[] zero = {0, 0};
    private ConvShape s = ConvLayer.shape(shape);
    private long[] stride = zero;
    private long[] pad = zero;
    private long[] dilation = zero;
    private Tensor x = new Tensor();
    private Tensor w = x;
    private Tensor gy = x;

    /// Operands in a format of libtorch's.
    TorchConv(torch.MemoryFormat format) {
        this.format = format;
    }

    /// Operands as libtorch makes them.
    public static class Nchw extends TorchConv {
        /// Made by JMH.
        public Nchw() {
            super(torch.MemoryFormat.Contiguous);
        }
    }

    /// Operands as libtorch's networks run fastest.
    public static class ChannelsLast extends TorchConv {
        /// Made by JMH.
        public ChannelsLast() {
            super(torch.MemoryFormat.ChannelsLast);
        }
    }

    /// Makes the operands and holds the results against ours.
    @Setup
    public void setUp() {
        torch.set_num_threads(Integer.getInteger("lanegrad.threads", 1));
        s = ConvLayer.shape(shape);
        stride = new long[] {s.strideH(), s.strideW()};
        pad = new long[] {s.padH(), s.padW()};
        dilation = new long[] {s.dilationH(), s.dilationW()};
        float[] xs = Warm.values(s.n() * s.h() * s.w() * s.c(), 1);
        float[] ws = Warm.values(s.kh() * s.kw() * s.groupC() * s.o(), 2);
        float[] ys = Warm.values(s.n() * s.outH() * s.outW() * s.o(), 3);
        x = operand(xs, new long[] {s.n(), s.h(), s.w(), s.c()}, 0, 3, 1, 2);
        w = operand(ws, new long[] {s.kh(), s.kw(), s.groupC(), s.o()}, 3, 2, 0, 1);
        gy = operand(ys, new long[] {s.n(), s.outH(), s.outW(), s.o()}, 0, 3, 1, 2);

        WeightStrides strides = WeightStrides.channelsLast(s);
        ConvAlgorithm direct = ConvAlgorithm.DIRECT;
        float[] y = new float[ys.length];
        Conv2d.forward(xs, 0, ws, 0, strides, null, 0, y, 0, s, direct);
        float[] gx = new float[xs.length];
        Conv2d.gradInput(ys, 0, ws, 0, strides, gx, 0, s, direct);
        float[] gw = new float[ws.length];
        Conv2d.gradWeight(xs, 0, ys, 0, gw, 0, strides, s, direct);
        try (Tensor t = convolve()) {
            agree("forward", y, t, 0, 2, 3, 1);
        }
        try (T_TensorTensorTensor_T t = backward(input)) {
            agree("gradInput", gx, t.get0(), 0, 2, 3, 1);
        }
        try (T_TensorTensorTensor_T t = backward(weight)) {
            agree("gradWeight", gw, t.get1(), 2, 3, 1, 0);
        }
    }

    /// Only the gradient of that operand.
    private static BoolPointer mask(int operand) {
        BoolPointer mask = new BoolPointer(3);
        for (int i = 0; i < 3; i++) {
            mask.put(i, i == operand);
        }
        return mask;
    }

    private Tensor operand(float[] values, long[] size, long... axes) {
        return torch.from_blob(new FloatPointer(values), size)
                .permute(axes)
                .contiguous(format)
                .clone();
    }

    private void agree(String what, float[] ours, Tensor theirs, long... axes) {
        float[] values = new float[ours.length];
        new FloatPointer(theirs.permute(axes).contiguous().data_ptr_float()).get(values);
        Agreement.check("libtorch " + what + " " + shape, ours, values);
    }

    private Tensor convolve() {
        return torch.conv2d(x, w, noBias, stride, pad, dilation, s.groups());
    }

    private T_TensorTensorTensor_T backward(BoolPointer which) {
        return torch.convolution_backward(
                gy,
                x,
                w,
                new LongArrayRefOptional(),
                stride,
                pad,
                dilation,
                false,
                zero,
                s.groups(),
                which);
    }

    /// The output.
    @Benchmark
    public boolean forward(Adjacent peak) {
        try (Tensor y = convolve()) {
            return y.isNull();
        }
    }

    /// The gradient with respect to the input.
    @Benchmark
    public boolean gradInput(Adjacent peak) {
        try (T_TensorTensorTensor_T g = backward(input)) {
            return g.isNull();
        }
    }

    /// The gradient with respect to the weight.
    @Benchmark
    public boolean gradWeight(Adjacent peak) {
        try (T_TensorTensorTensor_T g = backward(weight)) {
            return g.isNull();
        }
    }
}
