package dev.lanegrad.bench;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/// Reductions, cumulative operations, order.
final class TorchReductions {
    private static final long[] ROWS = {1};
    private static final long[] COLUMNS = {0};
    private static final LongOptional ZERO = new LongOptional(0);
    private static final LongOptional ONE = new LongOptional(1);
    private static final ScalarOptional P1 = new ScalarOptional(new Scalar(1.0));
    private static final ScalarOptional P2 = new ScalarOptional(new Scalar(2.0));
    private static final ScalarTypeOptional NO_TYPE = new ScalarTypeOptional();

    private TorchReductions() {}

    static void addTo(TorchRows rows) {
        sums(rows);
        extremes(rows);
        moments(rows);
        cumulative(rows);
        order(rows);
    }

    private static void sums(TorchRows rows) {
        rows.makes("sum", t -> torch.sum(t.positive))
                .into("sum rows", t -> torch.sum_out(t.y, t.x, ROWS))
                .into("sum columns", t -> torch.sum_out(t.y, t.x, COLUMNS))
                .makes("mean", t -> torch.mean(t.positive))
                .into("mean rows", t -> torch.mean_out(t.y, t.x, ROWS))
                .into("mean columns", t -> torch.mean_out(t.y, t.x, COLUMNS))
                .into("nansum", t -> torch.nansum_out(t.y, t.positive))
                .into("nansum rows", t -> torch.nansum_out(t.y, t.x, ROWS, false, NO_TYPE))
                .makes("prod", t -> torch.prod(t.powers))
                .into("prod rows", t -> torch.prod_out(t.y, t.powers, 1))
                .into("prod columns", t -> torch.prod_out(t.y, t.powers, 0))
                .makes("sum int64", t -> torch.sum(t.integers))
                .makes("countNonzero", t -> torch.count_nonzero(t.x));
    }

    private static void extremes(TorchRows rows) {
        rows.into("max", t -> torch.max_out(t.y, t.x))
                .into("max rows", t -> torch.max_out(t.y, t.indices, t.x, 1, false))
                .into("max columns", t -> torch.max_out(t.y, t.indices, t.x, 0, false))
                .into("min", t -> torch.min_out(t.y, t.x))
                .into("min rows", t -> torch.min_out(t.y, t.indices, t.x, 1, false))
                .into("min columns", t -> torch.min_out(t.y, t.indices, t.x, 0, false))
                .into("amax rows", t -> torch.amax_out(t.y, t.x, ROWS, false))
                .into("amax columns", t -> torch.amax_out(t.y, t.x, COLUMNS, false))
                .into("amin rows", t -> torch.amin_out(t.y, t.x, ROWS, false))
                .into("aminmax", t -> torch.aminmax_out(t.y, t.y2, t.x))
                .into("argmax", t -> torch.argmax_out(t.indices, t.x))
                .into("argmax rows", t -> torch.argmax_out(t.indices, t.x, ONE, false))
                .into("argmax columns", t -> torch.argmax_out(t.indices, t.x, ZERO, false))
                .into("argmin rows", t -> torch.argmin_out(t.indices, t.x, ONE, false))
                .into("all", t -> torch.all_out(t.truth, t.yes))
                .into("all rows", t -> torch.all_out(t.truth, t.yes, 1, false))
                .into("any", t -> torch.any_out(t.truth, t.yes))
                .into("any columns", t -> torch.any_out(t.truth, t.mask, 0, false));
    }

    private static void moments(TorchRows rows) {
        rows.makes("var", t -> torch.var(t.x, true))
                .into("var rows", t -> torch.var_out(t.y, t.x, ROWS, true))
                .into("var columns", t -> torch.var_out(t.y, t.x, COLUMNS, true))
                .into("std rows", t -> torch.std_out(t.y, t.x, ROWS, true))
                .makes("varMean rows", t -> torch.var_mean(t.x, ROWS, true))
                .makes("norm", t -> torch.norm(t.x))
                .into("norm rows", t -> torch.norm_out(t.y, t.x, P2, ROWS, false))
                .into("norm columns", t -> torch.norm_out(t.y, t.x, P2, COLUMNS, false))
                .into("norm 1 rows", t -> torch.norm_out(t.y, t.x, P1, ROWS, false))
                .into("logsumexp rows", t -> torch.logsumexp_out(t.y, t.x, ROWS))
                .into("logsumexp columns", t -> torch.logsumexp_out(t.y, t.x, COLUMNS));
    }

    private static void cumulative(TorchRows rows) {
        rows.into("cumsum rows", t -> torch.cumsum_out(t.y, t.x, 1))
                .into("cumsum columns", t -> torch.cumsum_out(t.y, t.x, 0))
                .into("cumprod rows", t -> torch.cumprod_out(t.y, t.powers, 1))
                .into("cumprod columns", t -> torch.cumprod_out(t.y, t.powers, 0))
                .into("cummax rows", t -> torch.cummax_out(t.y, t.indices, t.x, 1))
                .into("cummax columns", t -> torch.cummax_out(t.y, t.indices, t.x, 0))
                .into("cummin rows", t -> torch.cummin_out(t.y, t.indices, t.x, 1))
                .into("cummin columns", t -> torch.cummin_out(t.y, t.indices, t.x, 0))
                .into("logcumsumexp rows", t -> torch.logcumsumexp_out(t.y, t.x, 1))
                .into("logcumsumexp columns", t -> torch.logcumsumexp_out(t.y, t.x, 0));
    }

    private static void order(TorchRows rows) {
        rows.into("sort rows", t -> torch.sort_out(t.y, t.indices, t.x, 1, false))
                .into("sort columns", t -> torch.sort_out(t.y, t.indices, t.x, 0, false))
                .into("sort descending", t -> torch.sort_out(t.y, t.indices, t.x, 1, true))
                .into("sort flat", t -> torch.sort_out(t.y, t.indices, t.flat, 0, false))
                .into("topk 10 rows", t -> torch.topk_out(t.y, t.indices, t.x, 10))
                .into(
                        "topk 10 columns",
                        t -> torch.topk_out(t.y, t.indices, t.x, 10, 0, true, true))
                .into("topk 100 flat", t -> torch.topk_out(t.y, t.indices, t.flat, 100))
                .into("kthvalue rows", t -> torch.kthvalue_out(t.y, t.indices, t.x, 10, 1, false))
                .makes("median", t -> torch.median(t.x))
                .into("median rows", t -> torch.median_out(t.y, t.indices, t.x, 1, false));
    }
}
