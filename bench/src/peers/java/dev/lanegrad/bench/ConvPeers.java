package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
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

/// The convolutions of [ConvBench] by oneDNN, direct, every operand in the layout that oneDNN likes
/// best: no conversion is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ConvPeers {
    private static final memory.data_type F32 = memory.data_type.f32;

    /// The layer, a name of [ConvLayer] and a batch.
    @Param("conv2_x 3x3 s1 b16")
    public String shape = "conv2_x 3x3 s1 b16";

    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private Pass forward = new Pass(new primitive(), new IntMemoryMap());
    private Pass gradInput = forward;
    private Pass gradWeight = forward;

    /// A convolution and its operands.
    private record Pass(primitive work, IntMemoryMap operands) {}

    /// Made by JMH.
    public ConvPeers() {}

    /// Makes the operands and holds the results against ours.
    @Setup
    public void setUp() {
        ConvShape s = ConvLayer.shape(shape);
        memory.desc x = like(memory.format_tag.nhwc, s.n(), s.c(), s.h(), s.w());
        memory.desc w = like(memory.format_tag.hwio, s.o(), s.c(), s.kh(), s.kw());
        memory.desc y = like(memory.format_tag.nhwc, s.n(), s.o(), s.outH(), s.outW());
        memory.desc anyX = like(memory.format_tag.any, s.n(), s.c(), s.h(), s.w());
        memory.desc anyW = like(memory.format_tag.any, s.o(), s.c(), s.kh(), s.kw());
        memory.desc anyY = like(memory.format_tag.any, s.n(), s.o(), s.outH(), s.outW());
        long[] stride = {s.strideH(), s.strideW()};
        long[] pad = {s.padH(), s.padW()};
        var direct = dnnl.algorithm.convolution_direct;
        var training = dnnl.prop_kind.forward_training;
        var f =
                new convolution_forward.primitive_desc(
                        cpu, training, direct, anyX, anyW, anyY, stride, pad, pad);
        var gi =
                new convolution_backward_data.primitive_desc(
                        cpu, direct, anyX, anyW, anyY, stride, pad, pad, f);
        var gw =
                new convolution_backward_weights.primitive_desc(
                        cpu, direct, anyX, anyW, anyY, stride, pad, pad, f);

        float[] xs = Warm.values(s.n() * s.h() * s.w() * s.c(), 1);
        float[] ws = Warm.values(s.kh() * s.kw() * s.c() * s.o(), 2);
        float[] ys = Warm.values(s.n() * s.outH() * s.outW() * s.o(), 3);
        forward = new Pass(new convolution_forward(f), new IntMemoryMap());
        operand(forward, dnnl.DNNL_ARG_SRC, x, xs, f.src_desc());
        operand(forward, dnnl.DNNL_ARG_WEIGHTS, w, ws, f.weights_desc());
        forward.operands().put(dnnl.DNNL_ARG_DST, new memory(f.dst_desc(), cpu));
        gradInput = new Pass(new convolution_backward_data(gi), new IntMemoryMap());
        operand(gradInput, dnnl.DNNL_ARG_DIFF_DST, y, ys, gi.diff_dst_desc());
        operand(gradInput, dnnl.DNNL_ARG_WEIGHTS, w, ws, gi.weights_desc());
        gradInput.operands().put(dnnl.DNNL_ARG_DIFF_SRC, new memory(gi.diff_src_desc(), cpu));
        gradWeight = new Pass(new convolution_backward_weights(gw), new IntMemoryMap());
        operand(gradWeight, dnnl.DNNL_ARG_SRC, x, xs, gw.src_desc());
        operand(gradWeight, dnnl.DNNL_ARG_DIFF_DST, y, ys, gw.diff_dst_desc());
        gradWeight
                .operands()
                .put(dnnl.DNNL_ARG_DIFF_WEIGHTS, new memory(gw.diff_weights_desc(), cpu));

        WeightStrides strides = WeightStrides.channelsLast(s);
        float[] ours = new float[ys.length];
        Conv2d.forward(xs, 0, ws, 0, strides, null, 0, ours, 0, s, ConvAlgorithm.DIRECT);
        agree("forward", ours, forward, dnnl.DNNL_ARG_DST, y);
        ours = new float[xs.length];
        Conv2d.gradInput(ys, 0, ws, 0, strides, ours, 0, s, ConvAlgorithm.DIRECT);
        agree("gradInput", ours, gradInput, dnnl.DNNL_ARG_DIFF_SRC, x);
        ours = new float[ws.length];
        Conv2d.gradWeight(xs, 0, ys, 0, ours, 0, strides, s, ConvAlgorithm.DIRECT);
        agree("gradWeight", ours, gradWeight, dnnl.DNNL_ARG_DIFF_WEIGHTS, w);
    }

    private static memory.desc like(memory.format_tag format, long... size) {
        return new memory.desc(size, F32, format);
    }

    private void operand(Pass pass, int key, memory.desc given, float[] values, memory.desc liked) {
        memory from = new memory(given, cpu, new FloatPointer(values));
        memory to = new memory(liked, cpu);
        new reorder(from, to).execute(queue, from, to);
        queue._wait();
        pass.operands().put(key, to);
    }

    private void agree(String what, float[] ours, Pass pass, int key, memory.desc plain) {
        run(pass);
        memory from = pass.operands().get(key);
        FloatPointer values = new FloatPointer(ours.length);
        memory to = new memory(plain, cpu, values);
        new reorder(from, to).execute(queue, from, to);
        queue._wait();
        float[] theirs = new float[ours.length];
        values.get(theirs);
        Agreement.check("oneDNN " + what + " " + shape, ours, theirs);
    }

    private Object run(Pass pass) {
        pass.work().execute(queue, pass.operands());
        queue._wait();
        return pass;
    }

    /// The output.
    @Benchmark
    public Object forward(Adjacent peak) {
        return run(forward);
    }

    /// The gradient with respect to the input.
    @Benchmark
    public Object gradInput(Adjacent peak) {
        return run(gradInput);
    }

    /// The gradient with respect to the weight.
    @Benchmark
    public Object gradWeight(Adjacent peak) {
        return run(gradWeight);
    }
}
