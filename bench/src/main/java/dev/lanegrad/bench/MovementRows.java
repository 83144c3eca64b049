package dev.lanegrad.bench;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.List;

/// Operations that move elements: copies, joins, indices, masks; and pairs that broadcast.
final class MovementRows {
    private MovementRows() {}

    static void addTo(OperationRows rows) {
        copies(rows.group("copy"));
        rows.group("join")
                .row("cat rows", o -> Tensor.cat(List.of(o.x, o.w), 0))
                .row("cat columns", o -> Tensor.cat(List.of(o.x, o.w), 1))
                .row("stack 0", o -> Tensor.stack(List.of(o.x, o.w), 0))
                .row("stack -1", o -> Tensor.stack(List.of(o.x, o.w), -1));
        rows.group("index")
                .row("gather rows", o -> o.x.gather(1, o.index))
                .row("gather columns", o -> o.x.gather(0, o.index))
                .row("scatterAdd rows", o -> o.x.scatterAdd(1, o.index, o.w))
                .row("scatterAdd columns", o -> o.x.scatterAdd(0, o.index, o.w))
                .row("scatter rows", o -> o.x.scatter(1, o.shuffled, o.w))
                .row("indexSelect rows", o -> o.x.indexSelect(0, o.order))
                .row("indexSelect columns", o -> o.x.indexSelect(1, o.order))
                .row("indexAdd rows", o -> o.x.indexAdd(0, o.order, o.w))
                .row("index rows", o -> o.x.index(o.order))
                .row("embedding", o -> o.order.embedding(o.x))
                .row("take", o -> o.x.take(o.index))
                .row("maskedSelect", o -> o.x.maskedSelect(o.mask));
        rows.group("mask")
                .row("maskedFill", o -> o.x.maskedFill(o.mask, -1))
                .row("maskedFill row", o -> o.x.maskedFill(o.rowMask, -1))
                .row("where", o -> o.x.where(o.mask, o.w))
                .row("where number", o -> o.x.where(o.mask, 0.5))
                .row("tril", o -> o.x.tril(0));
        rows.group("broadcast")
                .row("add row", o -> o.x.add(o.row))
                .row("add column", o -> o.x.add(o.column))
                .row("mul row", o -> o.x.mul(o.row))
                .row("mul column", o -> o.x.mul(o.column))
                .row("div column", o -> o.x.div(o.column))
                .row("maximum row", o -> o.x.maximum(o.row))
                .row("outer add", o -> o.row.add(o.column))
                .row("gt row", o -> o.x.gt(o.row))
                .row("add transposed", o -> o.x.add(o.w.t()))
                .row("mul strided", o -> o.everySecond.mul(o.row));
    }

    private static void copies(OperationRows rows) {
        rows.row("clone", o -> o.x.clone())
                .row("copy every second row", o -> o.everySecondRow.contiguous())
                .row("copy every second", o -> o.everySecond.contiguous())
                .row("transpose", o -> o.x.t().contiguous())
                .row("permute 2,0,1", o -> o.cube.permute(2, 0, 1).contiguous())
                .row("permute 0,2,1", o -> o.cube.permute(0, 2, 1).contiguous())
                .row("permute 1,0,2", o -> o.cube.permute(1, 0, 2).contiguous())
                .row("NCHW to NHWC", o -> o.image.permute(0, 2, 3, 1).contiguous())
                .row("NHWC to NCHW", o -> o.nhwc.permute(0, 3, 1, 2).contiguous())
                .row("expand", o -> o.row.expand(o.rows, o.columns).contiguous())
                .row("repeat", o -> o.row.repeat(o.rows, 1))
                .row("flip rows", o -> o.x.flip(0))
                .row("flip columns", o -> o.x.flip(1))
                .row("roll", o -> o.x.roll(3, 1))
                .row("to float64", o -> o.x.to(DType.FLOAT64))
                .row("to int64", o -> o.x.to(DType.INT64))
                .row("to bool", o -> o.x.to(DType.BOOL))
                .row("int64 to float32", o -> o.integers.to(DType.FLOAT32));
    }
}
