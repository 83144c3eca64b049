package dev.lanegrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/// Reading images at the places of a grid, and both derivatives, in tensor operations.
///
/// @param h rows of the images
/// @param w columns of the images
record GridSampling(int h, int w, boolean nearest, GridPadding padding, boolean alignCorners) {
    static GridSampling of(
            Tensor x, Tensor grid, Interpolation mode, GridPadding padding, boolean alignCorners) {
        boolean fits =
                x.dim() == 4
                        && grid.dim() == 4
                        && grid.size(3) == 2
                        && grid.size(0) == x.size(0)
                        && grid.dtype() == x.dtype()
                        && x.size(2) > 0
                        && x.size(3) > 0;
        if (!fits || (mode != Interpolation.NEAREST && mode != Interpolation.BILINEAR)) {
            throw new IllegalArgumentException(
                    "gridSample: %s of images %s %s at grid %s %s"
                            .formatted(mode, x.dtype(), x.shape(), grid.dtype(), grid.shape()));
        }
        return new GridSampling(
                x.size(2), x.size(3), mode == Interpolation.NEAREST, padding, alignCorners);
    }

    /// One of the pixels around a place.
    ///
    /// @param pixels numbers of the pixels, `[N, 1, L]`
    /// @param wx its share across, 0 where there is no pixel, `[N, 1, L]`
    /// @param wy its share down
    /// @param signX by how much its share across grows with x
    /// @param signY by how much its share down grows with y
    private record Corner(Tensor pixels, Tensor wx, Tensor wy, Tensor signX, Tensor signY) {}

    private int size(int axis) {
        return axis == 0 ? w : h;
    }

    /// Places in pixels, `[N, 1, L]`, also those outside.
    private Tensor unbounded(Tensor grid, int axis) {
        Tensor at = grid.select(3, axis).reshape(grid.size(0), 1, -1).add(1);
        int size = size(axis);
        return alignCorners ? at.mul((size - 1) / 2.0) : at.mul(size).sub(1).div(2);
    }

    private Tensor places(Tensor grid, int axis) {
        Tensor place = unbounded(grid, axis);
        return switch (padding) {
            case ZEROS -> place;
            case BORDER -> place.clamp(0, size(axis) - 1);
            case REFLECTION -> reflected(place, axis).clamp(0, size(axis) - 1);
        };
    }

    /// Where the image that is mirrored at its borders begins, in pixels.
    private double edge() {
        return alignCorners ? 0 : -0.5;
    }

    /// How far it is from one border to the other.
    private double span(int axis) {
        return alignCorners ? size(axis) - 1 : size(axis);
    }

    /// A place mirrored at the borders until it lies between them.
    private Tensor reflected(Tensor place, int axis) {
        double span = span(axis);
        if (span == 0) {
            return place.mul(0.0);
        }
        Tensor from = place.sub(edge()).abs();
        Tensor times = from.detach().div(span).floor();
        Tensor rest = from.sub(times.mul(span));
        return rest.where(times.remainder(2).eq(0), rest.rsub(span)).add(edge());
    }

    /// The slope of a place by the grid, 0 beyond the border.
    private Tensor slope(Tensor grid, int axis) {
        int size = size(axis);
        Tensor place = unbounded(grid.detach(), axis);
        Tensor all = Tensor.onesLike(place).mul(alignCorners ? (size - 1) / 2.0 : size / 2.0);
        if (padding == GridPadding.ZEROS) {
            return all;
        }
        Tensor within = place;
        if (padding == GridPadding.REFLECTION) {
            Tensor from = place.sub(edge());
            Tensor odd = from.abs().div(Math.max(span(axis), 1)).floor().remainder(2).ne(0);
            all = all.where(from.lt(0).eq(odd), all.neg());
            within = reflected(place, axis);
        }
        return all.maskedFill(within.le(0).logicalOr(within.ge(size - 1)), 0);
    }

    private List<Corner> corners(Tensor grid) {
        Tensor px = places(grid, 0);
        Tensor py = places(grid, 1);
        List<Corner> corners = new ArrayList<>();
        if (nearest) {
            Tensor ones = Tensor.onesLike(px.detach());
            Tensor none = Tensor.zerosLike(ones);
            corners.add(corner(px.detach().round(), py.detach().round(), ones, ones, none, none));
            return corners;
        }
        Tensor x0 = px.detach().floor();
        Tensor y0 = py.detach().floor();
        Tensor tx = px.sub(x0);
        Tensor ty = py.sub(y0);
        Tensor one = Tensor.onesLike(x0);
        for (int i = 0; i < 4; i++) {
            boolean right = i % 2 == 1;
            boolean below = i >= 2;
            corners.add(
                    corner(
                            x0.add(right ? 1 : 0),
                            y0.add(below ? 1 : 0),
                            right ? tx : tx.rsub(1),
                            below ? ty : ty.rsub(1),
                            right ? one : one.neg(),
                            below ? one : one.neg()));
        }
        return corners;
    }

    private Corner corner(Tensor x, Tensor y, Tensor wx, Tensor wy, Tensor signX, Tensor signY) {
        Tensor outside = x.lt(0).logicalOr(x.gt(w - 1)).logicalOr(y.lt(0)).logicalOr(y.gt(h - 1));
        Tensor missing = outside.logicalOr(x.isfinite().logicalAnd(y.isfinite()).logicalNot());
        Tensor pixels = y.mul(w).add(x).maskedFill(missing, 0).to(DType.INT64);
        return new Corner(
                pixels,
                wx.maskedFill(missing, 0),
                wy.maskedFill(missing, 0),
                signX.maskedFill(missing, 0),
                signY.maskedFill(missing, 0));
    }

    private static Tensor flat(Tensor x) {
        return x.reshape(x.size(0), x.size(1), -1);
    }

    private static Tensor at(Corner c, Tensor x) {
        Tensor wide = c.pixels.expand(x.size(0), x.size(1), c.pixels.size(2));
        return flat(x).gather(2, wide);
    }

    Tensor values(Tensor x, Tensor grid) {
        Tensor sum = null;
        for (Corner c : corners(grid)) {
            Tensor part = at(c, x).mul(c.wx.mul(c.wy));
            sum = sum == null ? part : sum.add(part);
        }
        return requireNonNull(sum).reshape(x.size(0), x.size(1), grid.size(1), grid.size(2));
    }

    Tensor imageGradient(Tensor gy, Tensor x, Tensor grid) {
        Tensor gx = Creation.zeros(Shape.of(x.size(0), x.size(1), (long) h * w), gy.dtype());
        for (Corner c : corners(grid)) {
            Tensor wide = c.pixels.expand(x.size(0), x.size(1), c.pixels.size(2));
            gx = gx.scatterAdd(2, wide, flat(gy).mul(c.wx.mul(c.wy)));
        }
        return gx.reshape(x.shape());
    }

    Tensor gridGradient(Tensor gy, Tensor x, Tensor grid) {
        Tensor byX = null;
        Tensor byY = null;
        for (Corner c : corners(grid)) {
            Tensor value = at(c, x).mul(flat(gy)).sum(1, true);
            Tensor partX = value.mul(c.signX.mul(c.wy));
            Tensor partY = value.mul(c.signY.mul(c.wx));
            byX = byX == null ? partX : byX.add(partX);
            byY = byY == null ? partY : byY.add(partY);
        }
        Tensor gx = requireNonNull(byX).mul(slope(grid, 0));
        Tensor g = requireNonNull(byY).mul(slope(grid, 1));
        return Tensor.stack(List.of(gx, g), -1).reshape(grid.shape());
    }
}
