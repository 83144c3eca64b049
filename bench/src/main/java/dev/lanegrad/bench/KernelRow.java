package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A row of the kernels' table.
///
/// @param kernel what is measured
/// @param bench the class of its benchmark
/// @param method the benchmark
/// @param shape the benchmark's shape
/// @param more further parameters of the benchmark
/// @param floor the least share of the peak in percent; 0: none
record KernelRow(
        String kernel,
        Class<?> bench,
        String method,
        String shape,
        Map<String, String> more,
        int floor) {
    private static final List<String> STAGES = List.of("conv2_x", "conv3_x", "conv4_x", "conv5_x");
    private static final List<String> PASSES = List.of("forward", "gradInput", "gradWeight");

    String benchmark() {
        return bench.getName() + "." + method;
    }

    /// Floating point operations of the definition, two a product.
    double flop() {
        if (bench == GemmBench.class) {
            int[] s = GemmBench.size(shape);
            return 2.0 * s[0] * s[1] * s[2];
        }
        return ConvLayer.flop(ConvLayer.shape(shape));
    }

    /// Bytes of the operands and of the output, each once.
    double bytes() {
        if (bench == GemmBench.class) {
            double[] s = Arrays.stream(GemmBench.size(shape)).asDoubleStream().toArray();
            double size = "double".equals(more.get("type")) ? Double.BYTES : Float.BYTES;
            return size * (s[0] * s[2] + s[2] * s[1] + s[0] * s[1]);
        }
        ConvShape s = ConvLayer.shape(shape);
        double x = (double) s.n() * s.h() * s.w() * s.c();
        double w = (double) s.kh() * s.kw() * s.groupC() * s.o();
        double y = (double) s.n() * s.outH() * s.outW() * s.o();
        return Float.BYTES * (x + w + y);
    }

    /// The operations' peak as a part of single precision's.
    double partOfPeak() {
        return "double".equals(more.get("type")) ? 0.5 : 1;
    }

    /// The rows that must keep a floor: products, and direct convolutions.
    static List<KernelRow> floors() {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(product("sgemm", "ab", "64x64x64", "float", 75));
        rows.add(product("sgemm", "ab", "1024x1024x1024", "float", 80));
        for (String pass : PASSES) {
            for (String stage : STAGES) {
                int floor = pass.equals("forward") ? 75 : 60;
                rows.add(convolution(pass, stage + " 3x3 s1 b16", ConvAlgorithm.DIRECT, floor));
            }
        }
        return rows;
    }

    /// The same convolutions by the faster algorithm for their shape, which is what tensors use.
    static List<KernelRow> fast() {
        List<KernelRow> rows = new ArrayList<>();
        for (String pass : PASSES) {
            for (String stage : STAGES) {
                rows.add(fastest(pass, stage + " 3x3 s1 b16"));
            }
        }
        return rows;
    }

    /// Everything else: more products, and the other layers of ResNet-18 and ResNet-20.
    static List<KernelRow> others() {
        List<KernelRow> rows = new ArrayList<>();
        for (String shape :
                List.of(
                        "32x32x32",
                        "128x128x128",
                        "207x207x207",
                        "256x256x256",
                        "512x512x512",
                        "2048x2048x2048",
                        "1000x1x512",
                        "1x4096x4096",
                        "64x3136x147",
                        "64x3136x576",
                        "128x784x1152",
                        "256x196x2304",
                        "512x49x4608")) {
            rows.add(product("sgemm", "ab", shape, "float", 0));
        }
        for (String shape : List.of("256x256x256", "1024x1024x1024")) {
            rows.add(product("sgemm A·Bᵀ", "abt", shape, "float", 0));
            rows.add(product("sgemm Aᵀ·B", "atb", shape, "float", 0));
            rows.add(product("dgemm", "ab", shape, "double", 0));
        }
        for (String pass : PASSES) {
            for (String layer :
                    List.of(
                            "conv1 7x7 s2 b16",
                            "conv3_1 3x3 s2 b16",
                            "conv4_1 3x3 s2 b16",
                            "conv5_1 3x3 s2 b16",
                            "conv3_1 1x1 s2 b16",
                            "conv2_x 3x3 s1 b1",
                            "conv3_x 3x3 s1 b1",
                            "conv4_x 3x3 s1 b1",
                            "conv5_x 3x3 s1 b1",
                            "small1 3x3 s1 b128",
                            "small2 3x3 s1 b128",
                            "small3 3x3 s1 b128",
                            "channels24 3x3 s1 b16",
                            "channels48 3x3 s1 b16",
                            "channels96 3x3 s1 b16",
                            "channels100 3x3 s1 b16",
                            "channels320 3x3 s1 b16")) {
                rows.add(fastest(pass, layer));
            }
        }
        return rows;
    }

    private static KernelRow product(
            String kernel, String method, String shape, String type, int floor) {
        return new KernelRow(kernel, GemmBench.class, method, shape, Map.of("type", type), floor);
    }

    private static KernelRow fastest(String pass, String layer) {
        return convolution(pass, layer, ConvAlgorithm.fastest(ConvLayer.shape(layer)), 0);
    }

    private static KernelRow convolution(
            String pass, String layer, ConvAlgorithm algorithm, int floor) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("algorithm", algorithm.name());
        String kernel = algorithm == ConvAlgorithm.WINOGRAD ? pass + " F4" : pass;
        return new KernelRow(kernel, ConvBench.class, pass, layer, more, floor);
    }
}
