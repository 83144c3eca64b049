package dev.lanegrad;

import dev.lanegrad.ModuleReplay.NotReplayed;
import dev.lanegrad.nn.AdaptiveAvgPool3d;
import dev.lanegrad.nn.AdaptiveMaxPool3d;
import dev.lanegrad.nn.AvgPool3d;
import dev.lanegrad.nn.ChannelShuffle;
import dev.lanegrad.nn.Conv3d;
import dev.lanegrad.nn.ConvTranspose3d;
import dev.lanegrad.nn.GLU;
import dev.lanegrad.nn.LocalResponseNorm;
import dev.lanegrad.nn.MaxPool3d;
import dev.lanegrad.nn.MaxUnpool1d;
import dev.lanegrad.nn.MaxUnpool2d;
import dev.lanegrad.nn.MaxUnpool3d;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.Softmax2d;
import dev.lanegrad.nn.Unflatten;
import org.jspecify.annotations.Nullable;

/// Makes the recorded modules for volumes, and those that put maxima back.
final class VolumeReplay {
    private VolumeReplay() {}

    static Module create(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.Conv3d" -> conv3d(a);
            case "nn.ConvTranspose3d" -> convTranspose3d(a);
            case "nn.MaxPool3d" -> maxPool3d(a);
            case "nn.AvgPool3d" -> avgPool3d(a);
            case "nn.AdaptiveAvgPool3d" -> {
                int[] size = ModuleReplay.ints(a.get(0, "output_size", 0));
                yield size.length == 1
                        ? new AdaptiveAvgPool3d(size[0])
                        : new AdaptiveAvgPool3d(size[0], size[1], size[2]);
            }
            case "nn.AdaptiveMaxPool3d" -> {
                int[] size = ModuleReplay.ints(a.get(0, "output_size", 0));
                yield size.length == 1
                        ? new AdaptiveMaxPool3d(size[0])
                        : new AdaptiveMaxPool3d(size[0], size[1], size[2]);
            }
            case "nn.MaxUnpool1d" -> new MaxUnpool1d(kernel(a), stride(a), padding(a));
            case "nn.MaxUnpool2d" -> new MaxUnpool2d(kernel(a), stride(a), padding(a));
            case "nn.MaxUnpool3d" -> new MaxUnpool3d(kernel(a), stride(a), padding(a));
            default -> small(op, a);
        };
    }

    private static Module small(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.ChannelShuffle" -> new ChannelShuffle(a.integer(0, "groups", 0));
            case "nn.GLU" -> new GLU(a.integer(0, "dim", -1));
            case "nn.Softmax2d" -> new Softmax2d();
            case "nn.Unflatten" ->
                    new Unflatten(
                            a.integer(0, "dim", 0),
                            ModuleReplay.ints(a.get(1, "unflattened_size", 0)));
            case "nn.LocalResponseNorm" ->
                    new LocalResponseNorm(
                            a.integer(0, "size", 0),
                            a.number(1, "alpha", 1e-4),
                            a.number(2, "beta", 0.75),
                            a.number(3, "k", 1.0));
            default -> throw new NotReplayed(op);
        };
    }

    private static int kernel(PythonArguments a) {
        return a.integer(0, "kernel_size", 0);
    }

    private static int stride(PythonArguments a) {
        return a.integer(1, "stride", kernel(a));
    }

    private static int padding(PythonArguments a) {
        return a.integer(2, "padding", 0);
    }

    private static int[] three(@Nullable Object value) throws NotReplayed {
        int[] ints = ModuleReplay.ints(value);
        return ints.length == 3 ? ints : new int[] {ints[0], ints[0], ints[0]};
    }

    private static Module conv3d(PythonArguments a) throws NotReplayed {
        int[] kernel = three(a.get(2, "kernel_size", 0));
        int[] stride = three(a.get(3, "stride", 1));
        int[] dilation = three(a.get(5, "dilation", 1));
        int in = a.integer(0, "in_channels", 0);
        int out = a.integer(1, "out_channels", 0);
        Conv3d.Builder b =
                Conv3d.builder(in, out, kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .dilation(dilation[0], dilation[1], dilation[2])
                        .groups(a.integer(6, "groups", 1))
                        .bias(a.flag(7, "bias", true))
                        .paddingMode(ModuleReplay.mode(a));
        if (a.get(4, "padding", 0) instanceof String name) {
            return b.padding(name).build();
        }
        int[] padding = three(a.get(4, "padding", 0));
        return b.padding(padding[0], padding[1], padding[2]).build();
    }

    private static Module convTranspose3d(PythonArguments a) throws NotReplayed {
        int[] kernel = three(a.get(2, "kernel_size", 0));
        int[] stride = three(a.get(3, "stride", 1));
        int[] padding = three(a.get(4, "padding", 0));
        int[] output = three(a.get(5, "output_padding", 0));
        int[] dilation = three(a.get(8, "dilation", 1));
        int in = a.integer(0, "in_channels", 0);
        int out = a.integer(1, "out_channels", 0);
        return ConvTranspose3d.builder(in, out, kernel[0], kernel[1], kernel[2])
                .stride(stride[0], stride[1], stride[2])
                .padding(padding[0], padding[1], padding[2])
                .outputPadding(output[0], output[1], output[2])
                .groups(a.integer(6, "groups", 1))
                .bias(a.flag(7, "bias", true))
                .dilation(dilation[0], dilation[1], dilation[2])
                .build();
    }

    private static Module maxPool3d(PythonArguments a) throws NotReplayed {
        int[] kernel = ModuleReplay.ints(a.get(0, "kernel_size", 0));
        MaxPool3d.Builder b =
                kernel.length == 1
                        ? MaxPool3d.builder(kernel[0])
                        : MaxPool3d.builder(kernel[0], kernel[1], kernel[2]);
        if (a.has(1, "stride")) {
            int[] stride = ModuleReplay.ints(a.get(1, "stride", 0));
            b =
                    stride.length == 1
                            ? b.stride(stride[0])
                            : b.stride(stride[0], stride[1], stride[2]);
        }
        int[] padding = ModuleReplay.ints(a.get(2, "padding", 0));
        b =
                padding.length == 1
                        ? b.padding(padding[0])
                        : b.padding(padding[0], padding[1], padding[2]);
        return b.dilation(a.integer(3, "dilation", 1))
                .ceilMode(a.flag(5, "ceil_mode", false))
                .build();
    }

    private static Module avgPool3d(PythonArguments a) throws NotReplayed {
        int[] kernel = ModuleReplay.ints(a.get(0, "kernel_size", 0));
        AvgPool3d.Builder b =
                kernel.length == 1
                        ? AvgPool3d.builder(kernel[0])
                        : AvgPool3d.builder(kernel[0], kernel[1], kernel[2]);
        if (a.has(1, "stride")) {
            int[] stride = ModuleReplay.ints(a.get(1, "stride", 0));
            b =
                    stride.length == 1
                            ? b.stride(stride[0])
                            : b.stride(stride[0], stride[1], stride[2]);
        }
        int[] padding = ModuleReplay.ints(a.get(2, "padding", 0));
        b =
                padding.length == 1
                        ? b.padding(padding[0])
                        : b.padding(padding[0], padding[1], padding[2]);
        return b.ceilMode(a.flag(3, "ceil_mode", false))
                .countIncludePad(a.flag(4, "count_include_pad", true))
                .build();
    }
}
