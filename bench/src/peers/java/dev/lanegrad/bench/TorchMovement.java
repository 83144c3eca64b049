package dev.lanegrad.bench;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/// Operations that move elements, and pairs that broadcast.
final class TorchMovement {
    private static final Scalar HALF = new Scalar(0.5);
    private static final Scalar MINUS_ONE = new Scalar(-1.0);

    private TorchMovement() {}

    static void addTo(TorchRows rows) {
        copies(rows);
        joins(rows);
        indices(rows);
        masks(rows);
        broadcasts(rows);
    }

    private static void copies(TorchRows rows) {
        rows.makes("to float64", t -> t.x.to(torch.ScalarType.Double))
                .makes("to int64", t -> t.x.to(torch.ScalarType.Long))
                .makes("to bool", t -> t.x.to(torch.ScalarType.Bool))
                .makes("int64 to float32", t -> t.integers.to(torch.ScalarType.Float))
                .into("clone", t -> t.copied(t.x.alias()))
                .into("copy every second row", t -> t.copied(t.everySecondRow.alias()))
                .into("copy every second", t -> t.copied(t.everySecond.alias()))
                .into("transpose", t -> t.copied(t.x.t()))
                .into("permute 2,0,1", t -> t.copied(t.cube.permute(2, 0, 1)))
                .into("permute 0,2,1", t -> t.copied(t.cube.permute(0, 2, 1)))
                .into("permute 1,0,2", t -> t.copied(t.cube.permute(1, 0, 2)))
                .into("NCHW to NHWC", t -> t.copied(t.image.permute(0, 2, 3, 1)))
                .into("NHWC to NCHW", t -> t.copied(t.nhwc.permute(0, 3, 1, 2)))
                .into("expand", t -> t.copied(t.row.expand(t.rows, t.columns)))
                .makes("repeat", t -> t.row.repeat(t.rows, 1))
                .makes("flip rows", t -> torch.flip(t.x, 0))
                .makes("flip columns", t -> torch.flip(t.x, 1))
                .makes("roll", t -> torch.roll(t.x, new long[] {3}, 1));
    }

    private static void joins(TorchRows rows) {
        rows.into("cat rows", t -> torch.cat_out(t.y, t.both, 0))
                .into("cat columns", t -> torch.cat_out(t.y, t.both, 1))
                .into("stack 0", t -> torch.stack_out(t.y, t.both, 0))
                .into("stack -1", t -> torch.stack_out(t.y, t.both, -1));
    }

    private static void indices(TorchRows rows) {
        rows.into("gather rows", t -> torch.gather_out(t.y, t.x, 1, t.index))
                .into("gather columns", t -> torch.gather_out(t.y, t.x, 0, t.index))
                .into("scatterAdd rows", t -> torch.scatter_add_out(t.y, t.x, 1, t.index, t.w))
                .into("scatterAdd columns", t -> torch.scatter_add_out(t.y, t.x, 0, t.index, t.w))
                .into("scatter rows", t -> torch.scatter_out(t.y, t.x, 1, t.shuffled, t.w))
                .into("indexSelect rows", t -> torch.index_select_out(t.y, t.x, 0, t.order))
                .into("indexSelect columns", t -> torch.index_select_out(t.y, t.x, 1, t.order))
                .into("indexAdd rows", t -> torch.index_add_out(t.y, t.x, 0, t.order, t.w))
                .makes("index rows", t -> torch.index_select(t.x, 0, t.order))
                .makes("embedding", t -> torch.embedding(t.x, t.order))
                .into("take", t -> torch.take_out(t.y, t.x, t.index))
                .makes("maskedSelect", t -> torch.masked_select(t.x, t.mask));
    }

    private static void masks(TorchRows rows) {
        rows.makes("maskedFill", t -> torch.masked_fill(t.x, t.mask, MINUS_ONE))
                .makes("maskedFill row", t -> torch.masked_fill(t.x, t.rowMask, MINUS_ONE))
                .into("where", t -> torch.where_out(t.y, t.mask, t.x, t.w))
                .makes("where number", t -> torch.where(t.mask, t.x, HALF))
                .into("tril", t -> torch.tril_out(t.y, t.x));
    }

    private static void broadcasts(TorchRows rows) {
        rows.into("add row", t -> torch.add_out(t.y, t.x, t.row))
                .into("add column", t -> torch.add_out(t.y, t.x, t.column))
                .into("mul row", t -> torch.mul_out(t.y, t.x, t.row))
                .into("mul column", t -> torch.mul_out(t.y, t.x, t.column))
                .into("div column", t -> torch.div_out(t.y, t.x, t.column))
                .into("maximum row", t -> torch.maximum_out(t.y, t.x, t.row))
                .into("outer add", t -> torch.add_out(t.y, t.row, t.column))
                .into("gt row", t -> torch.gt_out(t.truth, t.x, t.row))
                .into("add transposed", t -> torch.add_out(t.y, t.x, t.w.t()))
                .into("mul strided", t -> torch.mul_out(t.y, t.everySecond, t.row));
    }
}
