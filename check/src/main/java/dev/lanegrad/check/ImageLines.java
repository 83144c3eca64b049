package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.ofChoice;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;

/// Pooling and normalization.
final class ImageLines {
    private static final int[] TWO = {2};
    private static final int[] ONE = {1};
    private static final int[] ZERO = {0};
    private static final Tensor PLACES = Tensor.of(new long[][] {{0, 3, 5}, {4, 1, 2}});

    static final List<Operation> POOLS =
            List.of(
                    of("maxPool2d", x -> x.maxPool2d(2), apart("n,c,H,W")),
                    of("maxPool2d", x -> x.maxPool2d(3, 2, 1), apart("n,c,H,W")),
                    of("maxPool2d", x -> x.maxPool2d(2, 1, 0, 2, true), apart("n,c,H,W")),
                    ofChoice(
                            "maxPool2dWithIndices",
                            x -> x.maxPool2dWithIndices(TWO, null, ZERO, ONE, false),
                            apart("n,c,H,W")),
                    of("maxPool1d", x -> x.maxPool1d(2, 2, 0, 1, false), apart("n,c,L")),
                    of("avgPool2d", x -> x.avgPool2d(3, 2, 1), in("n,c,H,W")).linear(),
                    of("avgPool2d", x -> x.avgPool2d(3, 2, 1, true, false, 0), in("n,c,H,W"))
                            .linear(),
                    of("avgPool1d", x -> x.avgPool1d(2, 2, 0, false, true), in("n,c,L")).linear(),
                    of("adaptiveAvgPool2d", x -> x.adaptiveAvgPool2d(2, 3), in("n,c,H,W")).linear(),
                    of("adaptiveAvgPool2d", x -> x.adaptiveAvgPool2d(1), in("n,c,h,w")).linear(),
                    of("adaptiveAvgPool1d", x -> x.adaptiveAvgPool1d(3), in("n,c,L")).linear(),
                    of("adaptiveMaxPool2d", x -> x.adaptiveMaxPool2d(2), apart("n,c,H,W")),
                    ofChoice(
                            "adaptiveMaxPool2dWithIndices",
                            x -> x.adaptiveMaxPool2dWithIndices(2, 3),
                            apart("n,c,H,W")),
                    of("adaptiveMaxPool1d", x -> x.adaptiveMaxPool1d(3), apart("n,c,L")),
                    of(
                            "maxPool3d",
                            x ->
                                    x.maxPool3d(
                                            new int[] {3, 2, 2},
                                            TWO,
                                            new int[] {1, 0, 1},
                                            ONE,
                                            true),
                            apart("n,c,D,H,W")),
                    of("maxPool3d", x -> x.maxPool3d(2), apart("c,D,H,W")),
                    ofChoice(
                            "maxPool3dWithIndices",
                            x -> x.maxPool3dWithIndices(TWO, null, ZERO, ONE, false),
                            apart("n,c,D,H,W")),
                    of("adaptiveMaxPool3d", x -> x.adaptiveMaxPool3d(2, 3, 2), apart("n,c,D,H,W")),
                    ofChoice(
                            "adaptiveMaxPool3dWithIndices",
                            x -> x.adaptiveMaxPool3dWithIndices(2, 1, 2),
                            apart("n,c,D,H,W")),
                    of(
                                    "avgPool3d",
                                    x -> x.avgPool3d(new int[] {3}, TWO, ONE, true, false, 0),
                                    in("n,c,D,H,W"))
                            .linear(),
                    of("avgPool3d", x -> x.avgPool3d(TWO, null, ONE, false, true, 3), in("c,D,H,W"))
                            .linear(),
                    of("adaptiveAvgPool3d", x -> x.adaptiveAvgPool3d(2, 3, 1), in("n,c,D,H,W"))
                            .linear(),
                    of("maxUnpool1d", x -> x.maxUnpool1d(PLACES, TWO, null, ZERO, null), in("2,3"))
                            .linear(),
                    of(
                                    "maxUnpool2d",
                                    x -> x.maxUnpool2d(PLACES.view(2, 1, 3), TWO, null, ZERO, null),
                                    in("2,1,3"))
                            .linear(),
                    of(
                                    "maxUnpool3d",
                                    x ->
                                            x.maxUnpool3d(
                                                    PLACES.view(1, 2, 1, 1, 3),
                                                    TWO,
                                                    null,
                                                    ZERO,
                                                    null),
                                    in("1,2,1,1,3"))
                            .linear(),
                    of("lpPool1d", x -> x.lpPool1d(2, 2, 2, false), within(0.2, 2, "n,c,L")),
                    of("lpPool2d", x -> x.lpPool2d(2, 2, 2, false), within(0.2, 2, "n,c,H,W")));

    static final List<Operation> NORMALIZATIONS =
            List.of(
                    ofAll(
                                    "batchNorm",
                                    t -> t[0].batchNorm(null, null, t[1], t[2], true, 0.1, 1e-5),
                                    apart("N,c,h,w"),
                                    in("c"),
                                    in("c"))
                            .single(1e-4),
                    ofAll(
                            "batchNorm",
                            t -> evaluated(t[0], t[1], t[2]),
                            in("n,2,h,w"),
                            in("2"),
                            in("2")),
                    ofAll(
                                    "layerNorm",
                                    t -> t[0].layerNorm(Shape.of(4), t[1], t[2], 1e-5),
                                    apart("m,4"),
                                    in("4"),
                                    in("4"))
                            .single(1e-4),
                    ofAll(
                            "rmsNorm",
                            t -> t[0].rmsNorm(Shape.of(4), t[1], 1e-5),
                            apart("m,4"),
                            in("4")),
                    ofAll(
                                    "groupNorm",
                                    t -> t[0].groupNorm(2, t[1], t[2], 1e-5),
                                    apart("n,4,L"),
                                    in("4"),
                                    in("4"))
                            .single(1e-4),
                    of(
                                    "instanceNorm",
                                    x -> x.instanceNorm(null, null, null, null, true, 0.1, 1e-5),
                                    apart("n,c,L"))
                            .single(1e-4),
                    of(
                            "localResponseNorm",
                            x -> x.localResponseNorm(3, 1e-1, 0.75, 1),
                            in("n,C,l")));

    private ImageLines() {}

    private static Tensor evaluated(Tensor x, Tensor weight, Tensor bias) {
        Tensor mean = Tensor.of(0.1, 0.2).to(x.dtype());
        Tensor variance = Tensor.of(0.9, 1.2).to(x.dtype());
        return x.batchNorm(mean, variance, weight, bias, false, 0.1, 1e-5);
    }
}
