package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import java.util.ArrayList;
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
/// @param options of the virtual machine
/// @param floor the least share of the peak in percent; 0: none
/// @param targets what the row is to reach
record KernelRow(
        String kernel,
        Class<?> bench,
        String method,
        String shape,
        Map<String, String> more,
        List<String> options,
        int floor,
        List<KernelTarget> targets) {
    private static final List<String> STAGES = List.of("conv2_x", "conv3_x", "conv4_x", "conv5_x");
    private static final List<String> PASSES = List.of("forward", "gradInput", "gradWeight");

    /// Odd numbers of channels, each with the next whole number of vectors or panels; those come
    /// first.
    private static final Map<String, String> NEXT = new LinkedHashMap<>();

    static {
        for (String whole : List.of("channels32", "channels64", "channels128")) {
            NEXT.put(whole, whole);
        }
        NEXT.put("channels3", "channels32");
        NEXT.put("channels16", "channels32");
        NEXT.put("channels24", "channels32");
        NEXT.put("channels48", "channels64");
        NEXT.put("channels96", "channels128");
        NEXT.put("channels100", "channels128");
        NEXT.put("channels320", "channels128");
    }

    private static final KernelTarget[] LARGE = {KernelTarget.peak(95, 92)};
    private static final KernelTarget[] SMALL = {
        KernelTarget.peak(92, 0), KernelTarget.times(1.15)
    };

    String benchmark() {
        return bench.getName() + "." + method;
    }

    /// Floating point operations of the definition, two a product.
    double flop() {
        if (isProduct()) {
            return GemmBench.Size.of(shape).flop();
        }
        return ConvLayer.flop(ConvLayer.shape(shape));
    }

    /// Bytes of the operands and of the output, each once.
    double bytes() {
        if (isProduct()) {
            GemmBench.Size s = GemmBench.Size.of(shape);
            double size = "double".equals(more.get("type")) ? Double.BYTES : Float.BYTES;
            return size * ((double) s.a() + s.b() + s.c());
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

    /// Whether it is a product of matrices.
    boolean isProduct() {
        return bench == GemmBench.class;
    }

    /// Whether reading a matrix once is what takes the time.
    boolean isBoundByMemory() {
        return isProduct() && GemmBench.Size.of(shape).isVector();
    }

    /// The rows that must keep a floor: products, and direct convolutions.
    static List<KernelRow> floors() {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(product("sgemm", "ab", "64x64x64", 75, SMALL));
        rows.add(product("sgemm", "ab", "1024x1024x1024", 80, LARGE));
        for (String pass : PASSES) {
            for (String stage : STAGES) {
                boolean forward = pass.equals("forward");
                rows.add(
                        convolution(
                                pass,
                                stage + " 3x3 s1 b16",
                                ConvAlgorithm.DIRECT,
                                forward ? 75 : 60,
                                List.of(KernelTarget.peak(forward ? 95 : 88))));
            }
        }
        return rows;
    }

    /// The same convolutions by the faster algorithm for their shape, which is what tensors use.
    static List<KernelRow> fast() {
        List<KernelRow> rows = new ArrayList<>();
        for (String pass : PASSES) {
            for (String stage : STAGES) {
                rows.add(fastest(pass, stage + " 3x3 s1 b16", KernelTarget.times(2.4)));
            }
        }
        return rows;
    }

    /// Everything else: more products, and layers of other networks and sizes.
    static List<KernelRow> others() {
        List<KernelRow> rows = new ArrayList<>(products());
        for (String pass : PASSES) {
            boolean forward = pass.equals("forward");
            for (String layer : List.of("conv3_1 3x3 s2", "conv4_1 3x3 s2", "conv5_1 3x3 s2")) {
                rows.add(
                        fastest(
                                pass,
                                layer + " b16",
                                KernelTarget.times(1.1),
                                KernelTarget.peak(forward ? 95 : 88)));
            }
            for (String layer : List.of("conv1 7x7 s2", "conv3_1 1x1 s2")) {
                rows.add(
                        fastest(
                                pass,
                                layer + " b16",
                                KernelTarget.times(1.1),
                                KernelTarget.peak(forward ? 90 : 88)));
            }
            for (String stage : STAGES) {
                rows.add(fastest(pass, stage + " 3x3 s1 b1", KernelTarget.times(1.1)));
            }
            for (String stage : STAGES) {
                rows.add(fastest(pass, "64/" + stage + " 3x3 s1 b1", KernelTarget.times(2)));
            }
            for (String layer :
                    List.of(
                            "depthwise56 3x3 s1",
                            "depthwise56 3x3 s2",
                            "depthwise14 3x3 s1",
                            "expand56 1x1 s1",
                            "project14 1x1 s1",
                            "groups32 3x3 s1",
                            "window5 5x5 s1",
                            "dilation2 3x3 s1")) {
                rows.add(fastest(pass, layer + " b16", KernelTarget.times(1)));
            }
        }
        NEXT.forEach((odd, whole) ->
                rows.add(
                        fastest(
                                "forward",
                                odd + " 3x3 s1 b16",
                                KernelTarget.shareOf(whole + " 3x3 s1 b16", 80))));
        rows.add(
                new KernelRow(
                        "forward F4, new",
                        ConvBench.class,
                        "allocated",
                        "conv2_x 3x3 s1 b16",
                        Map.of("algorithm", ConvAlgorithm.WINOGRAD.name()),
                        List.of(),
                        0,
                        List.of()));
        return rows;
    }

    private static List<KernelRow> products() {
        List<KernelRow> rows = new ArrayList<>();
        rows.add(
                product(
                        "sgemm",
                        "ab",
                        "32x32x32",
                        0,
                        KernelTarget.peak(75, 0),
                        KernelTarget.times(1.15)));
        rows.add(product("sgemm", "ab", "128x128x128", 0, SMALL));
        rows.add(product("sgemm", "ab", "207x207x207", 0, KernelTarget.times(1)));
        for (String shape : List.of("256x256x256", "512x512x512", "2048x2048x2048")) {
            rows.add(product("sgemm", "ab", shape, 0, LARGE));
        }
        for (String shape :
                List.of(
                        "64x3136x147",
                        "64x3136x576",
                        "128x784x1152",
                        "256x196x2304",
                        "512x49x4608")) {
            rows.add(product("sgemm", "ab", shape, 0, KernelTarget.times(1)));
            rows.add(product("sgemm A·Bᵀ", "abt", shape, 0, KernelTarget.times(1)));
            rows.add(product("sgemm Aᵀ·B", "atb", shape, 0, KernelTarget.times(1)));
        }
        for (String shape : List.of("256x256x256", "1024x1024x1024")) {
            rows.add(product("sgemm A·Bᵀ", "abt", shape, 0, KernelTarget.times(1)));
            rows.add(product("sgemm Aᵀ·B", "atb", shape, 0, KernelTarget.times(1)));
            rows.add(
                    new KernelRow(
                            "dgemm",
                            GemmBench.class,
                            "ab",
                            shape,
                            Map.of("type", "double"),
                            List.of(),
                            0,
                            List.of(KernelTarget.peak(92))));
        }
        for (String shape : List.of("4096x1x4096", "1x4096x4096", "1000x1x512")) {
            rows.add(product("sgemv", "ab", shape, 0, KernelTarget.bandwidth(95)));
        }
        rows.add(product("sgemm batched", "ab", "64*32x32x32", 0, KernelTarget.times(1.5)));
        rows.add(product("sgemm batched", "ab", "8*128x128x64", 0, KernelTarget.times(1.5)));
        rows.add(product("sgemm, new", "allocated", "256x256x256", 0));
        rows.add(narrow("sgemm AVX2", "-XX:UseAVX=2", 88));
        rows.add(narrow("sgemm 128 bits", "-XX:MaxVectorSize=16", 80));
        return rows;
    }

    private static KernelRow product(
            String kernel, String method, String shape, int floor, KernelTarget... targets) {
        return new KernelRow(
                kernel,
                GemmBench.class,
                method,
                shape,
                Map.of("type", "float"),
                List.of(),
                floor,
                List.of(targets));
    }

    /// Beside the peak of narrower vectors.
    private static KernelRow narrow(String kernel, String option, int percent) {
        return new KernelRow(
                kernel,
                GemmBench.class,
                "ab",
                "1024x1024x1024",
                Map.of("type", "float"),
                List.of(option),
                0,
                List.of(KernelTarget.peak(percent)));
    }

    private static KernelRow fastest(String pass, String layer, KernelTarget... targets) {
        ConvAlgorithm algorithm = ConvAlgorithm.fastest(ConvLayer.shape(layer));
        return convolution(pass, layer, algorithm, 0, List.of(targets));
    }

    private static KernelRow convolution(
            String pass,
            String layer,
            ConvAlgorithm algorithm,
            int floor,
            List<KernelTarget> targets) {
        String kernel = algorithm == ConvAlgorithm.WINOGRAD ? pass + " F4" : pass;
        Map<String, String> more = Map.of("algorithm", algorithm.name());
        return new KernelRow(kernel, ConvBench.class, pass, layer, more, List.of(), floor, targets);
    }
}
