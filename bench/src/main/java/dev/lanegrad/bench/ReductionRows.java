package dev.lanegrad.bench;

/// Reductions over everything, along rows (the last axis) and along columns; cumulative operations;
/// order.
final class ReductionRows {
    private static final int[] ROWS = {1};
    private static final int[] COLUMNS = {0};

    private ReductionRows() {}

    static void addTo(OperationRows rows) {
        sums(rows.group("reduction"));
        extremes(rows);
        moments(rows);
        rows.group("cumulative")
                .row("cumsum rows", o -> o.x.cumsum(1))
                .row("cumsum columns", o -> o.x.cumsum(0))
                .row("cumprod rows", o -> o.powers.cumprod(1))
                .row("cumprod columns", o -> o.powers.cumprod(0))
                .row("cummax rows", o -> o.x.cummax(1).values())
                .row("cummax columns", o -> o.x.cummax(0).values())
                .row("cummin rows", o -> o.x.cummin(1).values())
                .row("cummin columns", o -> o.x.cummin(0).values())
                .row("logcumsumexp rows", o -> o.x.logcumsumexp(1))
                .row("logcumsumexp columns", o -> o.x.logcumsumexp(0));
        rows.group("order", 0.8)
                .row("sort rows", o -> o.x.sort(1).values())
                .row("sort columns", o -> o.x.sort(0).values())
                .row("sort descending", o -> o.x.sort(1, true).values())
                .row("sort flat", o -> o.flat.sort(0).values())
                .row("topk 10 rows", o -> o.x.topk(10).values())
                .row("topk 10 columns", o -> o.x.topk(10, 0, true).values())
                .row("topk 100 flat", o -> o.flat.topk(100).values());
        rows.group("selection")
                .row("kthvalue rows", o -> o.x.kthvalue(10, 1, false).values())
                .row("median", o -> o.x.median())
                .row("median rows", o -> o.x.median(1, false).values());
    }

    private static void sums(OperationRows rows) {
        rows.row("sum", o -> o.positive.sum())
                .row("sum rows", o -> o.x.sum(1))
                .row("sum columns", o -> o.x.sum(0))
                .row("mean", o -> o.positive.mean())
                .row("mean rows", o -> o.x.mean(1))
                .row("mean columns", o -> o.x.mean(0))
                .row("nansum", o -> o.positive.nansum())
                .row("nansum rows", o -> o.x.nansum(ROWS, false))
                .row("prod", o -> o.powers.prod())
                .row("prod rows", o -> o.powers.prod(1, false))
                .row("prod columns", o -> o.powers.prod(0, false))
                .row("sum int64", o -> o.integers.sum())
                .row("countNonzero", o -> o.x.countNonzero());
    }

    private static void extremes(OperationRows rows) {
        rows.row("max", o -> o.x.max())
                .row("max rows", o -> o.x.max(1).values())
                .row("max columns", o -> o.x.max(0).values())
                .row("min", o -> o.x.min())
                .row("min rows", o -> o.x.min(1).values())
                .row("min columns", o -> o.x.min(0).values())
                .row("amax rows", o -> o.x.amax(ROWS, false))
                .row("amax columns", o -> o.x.amax(COLUMNS, false))
                .row("amin rows", o -> o.x.amin(ROWS, false))
                .row("aminmax", o -> o.x.aminmax()[0])
                .row("argmax", o -> o.x.argmax())
                .row("argmax rows", o -> o.x.argmax(1))
                .row("argmax columns", o -> o.x.argmax(0))
                .row("argmin rows", o -> o.x.argmin(1))
                .row("all", o -> o.yes.all())
                .row("all rows", o -> o.yes.all(1, false))
                .row("any", o -> o.yes.any())
                .row("any columns", o -> o.mask.any(0, false));
    }

    private static void moments(OperationRows rows) {
        rows.row("var", o -> o.x.var())
                .row("var rows", o -> o.x.var(1, false))
                .row("var columns", o -> o.x.var(0, false))
                .row("std rows", o -> o.x.std(1, false))
                .row("varMean rows", o -> o.x.varMean(ROWS, 1, false)[0])
                .row("norm", o -> o.x.norm())
                .row("norm rows", o -> o.x.norm(2, ROWS, false))
                .row("norm columns", o -> o.x.norm(2, COLUMNS, false))
                .row("norm 1 rows", o -> o.x.norm(1, ROWS, false))
                .row("logsumexp rows", o -> o.x.logsumexp(1))
                .row("logsumexp columns", o -> o.x.logsumexp(0));
    }
}
