package dev.lanegrad.check;

import static dev.lanegrad.GridPadding.BORDER;
import static dev.lanegrad.GridPadding.REFLECTION;
import static dev.lanegrad.GridPadding.ZEROS;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Interpolation;
import dev.lanegrad.PadMode;
import dev.lanegrad.Tensor;
import java.util.List;

/// Operations that repeat elements, add some around them, or read between them.
final class MovementLines {
    private static final int[] ONE = {1};

    static final List<Operation> ALL =
            List.of(
                    of("diagonal", x -> x.diagonal(-1), in("M,n")).linear(),
                    of("diagonal", x -> x.diagonal(1, 2, 0), in("m,n,K")).linear(),
                    of("diag", x -> x.diag(1), in("m,N")).linear(),
                    of("diag", x -> x.diag(-2), in("3")).linear(),
                    of("diagEmbed", x -> x.diagEmbed(1), in("2,3")).linear(),
                    of("trace", Tensor::trace, in("m,n")).linear(),
                    of("triu", x -> x.triu(1), in("a,m,n")).linear(),
                    of("tril", x -> x.tril(-1), in("m,n")).linear(),
                    of("repeat", x -> x.repeat(2, 1, 3), in("m,n")).linear(),
                    of("tile", x -> x.tile(2), in("m,n")).linear(),
                    of("repeatInterleave", x -> x.repeatInterleave(2, 0), in("m,n")).linear(),
                    of(
                                    "repeatInterleave",
                                    x -> x.repeatInterleave(Tensor.of(2L, 0L, 1L), 1),
                                    in("m,3"))
                            .linear(),
                    of("roll", x -> x.roll(2, 1), in("m,N")).linear(),
                    of("rot90", x -> x.rot90(1, 0, 1), in("m,n")).linear(),
                    of("rot90", x -> x.rot90(-1, 1, 2), in("2,m,n")).linear(),
                    of("movedim", x -> x.movedim(0, 2), in("a,b,c")).linear(),
                    of("unfold", x -> x.unfold(1, 3, 2), in("m,N")).linear(),
                    of("unfold", x -> x.unfold(new int[] {2, 3}, ONE, ONE, ONE), in("n,c,3,4"))
                            .linear(),
                    of(
                                    "fold",
                                    x -> x.fold(new int[] {3}, new int[] {2}, ONE, ONE, ONE),
                                    in("n,8,16"))
                            .linear(),
                    of("pad", x -> x.pad(1, 2, -1, 1), in("m,2,n")).linear(),
                    of("pad", x -> x.pad(new int[] {1, 2}, 3.5), in("m,n")),
                    of("pad", x -> x.pad(new int[] {2, 1}, PadMode.REFLECT), in("m,N")).linear(),
                    of("pad", x -> x.pad(new int[] {1, 3, 2, 1}, PadMode.REPLICATE), in("a,m,n"))
                            .linear(),
                    of("pad", x -> x.pad(new int[] {1, 3}, PadMode.CIRCULAR), in("m,N")).linear(),
                    of("pixelShuffle", x -> x.pixelShuffle(2), in("n,8,h,w")).linear(),
                    of("pixelUnshuffle", x -> x.pixelUnshuffle(2), in("n,c,4,2")).linear(),
                    of(
                                    "interpolate",
                                    x -> scaled(x, 2, Interpolation.NEAREST, false),
                                    in("n,c,h,w"))
                            .linear(),
                    of(
                                    "interpolate",
                                    x -> scaled(x, 0.7, Interpolation.NEAREST_EXACT, false),
                                    in("n,c,H"))
                            .linear(),
                    of(
                                    "interpolate",
                                    x -> scaled(x, 1.5, Interpolation.BILINEAR, false),
                                    in("n,c,H"))
                            .linear(),
                    of(
                                    "interpolate",
                                    x -> scaled(x, 0.6, Interpolation.BILINEAR, true),
                                    in("n,c,H,W"))
                            .linear(),
                    of(
                                    "interpolate",
                                    x ->
                                            x.interpolate(
                                                    new int[] {3, 7}, Interpolation.BICUBIC, false),
                                    in("n,c,H,W"))
                            .linear(),
                    of(
                            "gridSample",
                            (x, g) -> x.gridSample(g, Interpolation.BILINEAR, ZEROS, false),
                            in("2,3,4,4"),
                            within(0.27, 0.48, "2,h,w,2")),
                    of(
                            "gridSample",
                            (x, g) -> x.gridSample(g, Interpolation.BILINEAR, BORDER, true),
                            in("2,1,4,4"),
                            within(-1.5, -1.1, "2,h,w,2")),
                    of(
                            "gridSample",
                            (x, g) -> x.gridSample(g, Interpolation.BILINEAR, REFLECTION, false),
                            in("2,3,4,4"),
                            within(1.27, 1.48, "2,h,w,2")),
                    of(
                            "gridSample",
                            (x, g) -> x.gridSample(g, Interpolation.BILINEAR, REFLECTION, true),
                            in("2,1,4,4"),
                            within(-3.6, -3.4, "2,h,w,2")),
                    of(
                            "gridSample",
                            (x, g) -> x.gridSample(g, Interpolation.NEAREST, ZEROS, false),
                            in("2,2,4,4"),
                            within(0.07, 0.18, "2,h,w,2")));

    private MovementLines() {}

    private static Tensor scaled(Tensor x, double scale, Interpolation mode, boolean alignCorners) {
        return x.interpolate(new double[] {scale}, mode, alignCorners);
    }
}
