package dev.lanegrad;

import dev.lanegrad.ModuleReplay.NotReplayed;
import dev.lanegrad.nn.*;
import dev.lanegrad.nn.Module;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the recorded modules that pad, resample and rearrange images.
final class ImageReplay {
    private ImageReplay() {}

    static Module create(String op, PythonArguments a) throws NotReplayed {
        if (op.matches("nn\\.[A-Za-z]+Pad[123]d")) {
            return pad(op.substring(3), a);
        }
        return switch (op) {
            case "nn.PixelShuffle" -> new PixelShuffle(a.integer(0, "upscale_factor", 0));
            case "nn.PixelUnshuffle" -> new PixelUnshuffle(a.integer(0, "downscale_factor", 0));
            case "nn.GELU" ->
                    Objects.equals(a.get(0, "approximate", "none"), "tanh")
                            ? GELU.tanh()
                            : new GELU();
            case "nn.Unfold" ->
                    new Unfold(
                            ModuleReplay.ints(a.get(0, "kernel_size", 0)),
                            ModuleReplay.ints(a.get(1, "dilation", 1)),
                            ModuleReplay.ints(a.get(2, "padding", 0)),
                            ModuleReplay.ints(a.get(3, "stride", 1)));
            case "nn.Fold" ->
                    new Fold(
                            ModuleReplay.ints(a.get(0, "output_size", 0)),
                            ModuleReplay.ints(a.get(1, "kernel_size", 0)),
                            ModuleReplay.ints(a.get(2, "dilation", 1)),
                            ModuleReplay.ints(a.get(3, "padding", 0)),
                            ModuleReplay.ints(a.get(4, "stride", 1)));
            case "nn.LPPool1d" ->
                    new LPPool1d(
                            a.number(0, "norm_type", 2),
                            a.integer(1, "kernel_size", 0),
                            (Integer) a.get(2, "stride", null),
                            a.flag(3, "ceil_mode", false));
            case "nn.LPPool2d" ->
                    new LPPool2d(
                            a.number(0, "norm_type", 2),
                            a.integer(1, "kernel_size", 0),
                            (Integer) a.get(2, "stride", null),
                            a.flag(3, "ceil_mode", false));
            case "nn.EmbeddingBag" ->
                    new EmbeddingBag(
                            a.integer(0, "num_embeddings", 0),
                            a.integer(1, "embedding_dim", 0),
                            BagReduction.valueOf(
                                    String.valueOf(a.get(5, "mode", "mean"))
                                            .toUpperCase(java.util.Locale.ROOT)));
            case "nn.Upsample" -> upsample(a);
            case "nn.UpsamplingNearest2d" ->
                    a.has(0, "size")
                            ? UpsamplingNearest2d.toSize(ModuleReplay.ints(a.get(0, "size", 0)))
                            : UpsamplingNearest2d.scaledBy(factors(a));
            case "nn.UpsamplingBilinear2d" ->
                    a.has(0, "size")
                            ? UpsamplingBilinear2d.toSize(ModuleReplay.ints(a.get(0, "size", 0)))
                            : UpsamplingBilinear2d.scaledBy(factors(a));
            case "nn.BatchNorm3d" -> {
                BatchNorm3d.Builder b = BatchNorm3d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", true))
                        .trackRunningStats(a.flag(4, "track_running_stats", true))
                        .build();
            }
            case "nn.InstanceNorm3d" -> {
                InstanceNorm3d.Builder b = InstanceNorm3d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", false))
                        .trackRunningStats(a.flag(4, "track_running_stats", false))
                        .build();
            }
            default -> VolumeReplay.create(op, a);
        };
    }

    private static Module upsample(PythonArguments a) throws NotReplayed {
        Upsample.Builder b = Upsample.builder();
        if (a.get(0, "size", null) != null) {
            b.size(ModuleReplay.ints(a.get(0, "size", 0)));
        }
        if (a.get(1, "scale_factor", null) != null) {
            b.scaleFactor(factors(a));
        }
        return b.mode((String) Objects.requireNonNull(a.get(2, "mode", "nearest")))
                .alignCorners(Boolean.TRUE.equals(a.get(3, "align_corners", false)))
                .build();
    }

    private static double[] factors(PythonArguments a) {
        return numbers(a.get(1, "scale_factor", 1)).stream()
                .mapToDouble(Number::doubleValue)
                .toArray();
    }

    private static List<Number> numbers(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(v -> (Number) Objects.requireNonNull(v)).toList()
                : List.of((Number) Objects.requireNonNull(value));
    }

    /// A padding module by its class, through the constructor of one number or that of all sides.
    private static Module pad(String name, PythonArguments a) throws NotReplayed {
        int axes = name.charAt(name.length() - 2) - '0';
        int[] sides = ModuleReplay.ints(a.get(0, "padding", 0));
        Object[] arguments = Arrays.stream(sides).boxed().toArray();
        if (name.startsWith("Constant")) {
            arguments = Arrays.copyOf(arguments, arguments.length + 1);
            arguments[sides.length] = a.number(1, "value", 0);
        }
        for (var constructor : constructors(name)) {
            if (constructor.getParameterCount() == arguments.length
                    && (sides.length == 1 || sides.length == 2 * axes)) {
                try {
                    return (Module) constructor.newInstance(arguments);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new NotReplayed(name + " of " + Arrays.toString(sides));
    }

    private static java.lang.reflect.Constructor<?>[] constructors(String name) throws NotReplayed {
        try {
            return Class.forName("dev.lanegrad.nn." + name).getConstructors();
        } catch (ClassNotFoundException e) {
            throw new NotReplayed(name);
        }
    }
}
