package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import java.util.concurrent.TimeUnit;
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

/// Convolution and its gradients, into preallocated outputs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ConvBench {
    /// The layer, a name of [ConvLayer] and a batch.
    @Param({
        "conv2_x 3x3 s1 b16",
        "conv3_x 3x3 s1 b16",
        "conv4_x 3x3 s1 b16",
        "conv5_x 3x3 s1 b16",
        "conv1 7x7 s2 b16",
        "conv3_1 3x3 s2 b16",
        "conv3_1 1x1 s2 b16",
        "small1 3x3 s1 b128",
        "small2 3x3 s1 b128",
        "small3 3x3 s1 b128"
    })
    public String shape = "";

    /// How: a name of [ConvAlgorithm].
    @Param("DIRECT")
    public ConvAlgorithm algorithm = ConvAlgorithm.DIRECT;

    private ConvShape s = ConvShape.of(0, 1, 1, 1, 1, 1, 1, 1, 0);
    private WeightStrides ws = WeightStrides.channelsLast(s);
    private float[] x = {};
    private float[] w = {};
    private float[] gy = {};
    private float[] y = {};
    private float[] gx = {};
    private float[] gw = {};

    /// Made by JMH.
    public ConvBench() {}

    /// Makes the operands and warms other shapes.
    @Setup
    public void setUp() {
        s = ConvLayer.shape(shape);
        ws = WeightStrides.channelsLast(s);
        x = Warm.values(s.n() * s.h() * s.w() * s.c(), 1);
        w = Warm.values(s.kh() * s.kw() * s.groupC() * s.o(), 2);
        gy = Warm.values(s.n() * s.outH() * s.outW() * s.o(), 3);
        y = new float[gy.length];
        gx = new float[x.length];
        gw = new float[w.length];
        Warm.up();
    }

    /// The output.
    @Benchmark
    public float[] forward(Adjacent peak) {
        Conv2d.forward(x, 0, w, 0, ws, null, 0, y, 0, s, algorithm);
        return y;
    }

    /// The output, in a new array.
    @Benchmark
    public float[] allocated(Adjacent peak) {
        float[] fresh = new float[y.length];
        Conv2d.forward(x, 0, w, 0, ws, null, 0, fresh, 0, s, algorithm);
        return fresh;
    }

    /// The gradient with respect to the input.
    @Benchmark
    public float[] gradInput(Adjacent peak) {
        Conv2d.gradInput(gy, 0, w, 0, ws, gx, 0, s, algorithm);
        return gx;
    }

    /// The gradient with respect to the weight.
    @Benchmark
    public float[] gradWeight(Adjacent peak) {
        Conv2d.gradWeight(x, 0, gy, 0, gw, 0, ws, s, algorithm);
        return gw;
    }
}
