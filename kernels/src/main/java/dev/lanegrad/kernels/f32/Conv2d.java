package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Two-dimensional convolution of channels-last images and its gradients.
public final class Conv2d {
    private Conv2d() {}

    /// `y[n, o, i, j] := bias[o] + Σ w[o, c, r, q] · x[n, g·C/groups + c, i·strideH + r·dilationH −
    /// padH, j·strideW + q·dilationW − padW]`, the sum over c, r and q inside the image, where g is
    /// o's group.
    ///
    /// x is dense channels-last `[N, C, H, W]` from `xo`, y likewise `[N, O, outH, outW]` from
    /// `yo`; w is `[O, C / groups, KH, KW]` at any strides from `wo`; a null bias is zero. y is not
    /// read.
    public static void forward(
            float[] x,
            int xo,
            float[] w,
            int wo,
            WeightStrides ws,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            ConvShape s) {
        int outs = s.groupO();
        for (int n = 0; n < s.n(); n++) {
            for (int i = 0; i < s.outH(); i++) {
                for (int j = 0; j < s.outW(); j++) {
                    int at = yo + ((n * s.outH() + i) * s.outW() + j) * s.o();
                    for (int o = 0; o < s.o(); o++) {
                        float sum = bias == null ? 0 : bias[bo + o];
                        int g = o / outs;
                        for (int r = 0; r < s.kh(); r++) {
                            int h = i * s.strideH() + r * s.dilationH() - s.padH();
                            for (int q = 0; q < s.kw(); q++) {
                                int v = j * s.strideW() + q * s.dilationW() - s.padW();
                                if (h < 0 || v < 0 || h >= s.h() || v >= s.w()) {
                                    continue;
                                }
                                int xi =
                                        xo + ((n * s.h() + h) * s.w() + v) * s.c() + g * s.groupC();
                                int wi = wo + o * ws.o() + r * ws.kh() + q * ws.kw();
                                for (int c = 0; c < s.groupC(); c++) {
                                    sum += x[xi + c] * w[wi + c * ws.c()];
                                }
                            }
                        }
                        y[at + o] = sum;
                    }
                }
            }
        }
    }

    /// `gx := ` the gradient of `Σ gy · y` with respect to x, for y of [#forward].
    ///
    /// gy is dense channels-last `[N, O, outH, outW]` from `gyo`, gx likewise `[N, C, H, W]` from
    /// `gxo`, w as for [#forward]. gx is not read.
    public static void gradInput(
            float[] gy,
            int gyo,
            float[] w,
            int wo,
            WeightStrides ws,
            float[] gx,
            int gxo,
            ConvShape s) {
        Arrays.fill(gx, gxo, gxo + s.n() * s.h() * s.w() * s.c(), 0);
        walk(s, ws, (xi, wi, yi) -> gx[gxo + xi] += gy[gyo + yi] * w[wo + wi]);
    }

    /// `gw := ` the gradient of `Σ gy · y` with respect to w, for y of [#forward].
    ///
    /// x and gy are dense channels-last `[N, C, H, W]` from `xo` and `[N, O, outH, outW]` from
    /// `gyo`; gw is `[O, C / groups, KH, KW]` at any strides from `gwo`, fastest at
    /// [WeightStrides#channelsLast]. gw is not read.
    public static void gradWeight(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] gw,
            int gwo,
            WeightStrides ws,
            ConvShape s) {
        for (int o = 0; o < s.o(); o++) {
            for (int c = 0; c < s.groupC(); c++) {
                for (int r = 0; r < s.kh(); r++) {
                    for (int q = 0; q < s.kw(); q++) {
                        gw[gwo + o * ws.o() + c * ws.c() + r * ws.kh() + q * ws.kw()] = 0;
                    }
                }
            }
        }
        walk(s, ws, (xi, wi, yi) -> gw[gwo + wi] += gy[gyo + yi] * x[xo + xi]);
    }

    private interface Product {
        void at(int xi, int wi, int yi);
    }

    private static void walk(ConvShape s, WeightStrides ws, Product product) {
        for (int n = 0; n < s.n(); n++) {
            for (int i = 0; i < s.outH(); i++) {
                for (int j = 0; j < s.outW(); j++) {
                    for (int r = 0; r < s.kh(); r++) {
                        int h = i * s.strideH() + r * s.dilationH() - s.padH();
                        for (int q = 0; q < s.kw(); q++) {
                            int v = j * s.strideW() + q * s.dilationW() - s.padW();
                            if (h >= 0 && v >= 0 && h < s.h() && v < s.w()) {
                                int xi = ((n * s.h() + h) * s.w() + v) * s.c();
                                int yi = ((n * s.outH() + i) * s.outW() + j) * s.o();
                                int wi = r * ws.kh() + q * ws.kw();
                                channels(s, ws, xi, wi, yi, product);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void channels(
            ConvShape s, WeightStrides ws, int xi, int wi, int yi, Product product) {
        for (int o = 0; o < s.o(); o++) {
            int first = o / s.groupO() * s.groupC();
            for (int c = 0; c < s.groupC(); c++) {
                product.at(xi + first + c, wi + o * ws.o() + c * ws.c(), yi + o);
            }
        }
    }
}
