package dev.lanegrad;

import dev.lanegrad.kernels.any.Gru;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One direction of a layer of gated recurrent units.
final class GruLayer {
    private GruLayer() {}

    static Tensor run(
            Tensor x, Tensor weight, @Nullable Tensor bias, Tensor hidden, boolean backwards) {
        RecurrentShapes.check("gru", 3, x, weight, bias, hidden, null);
        if (!RecurrentShapes.hasKernel(x, weight, bias, hidden)) {
            List<Step> steps = steps(x, weight, bias, hidden, backwards);
            Tensor[] states = new Tensor[steps.size()];
            steps.forEach(step -> states[step.t] = step.after);
            return Tensor.stack(List.of(states), 0);
        }
        boolean records = Tape.records(x, weight, bias, hidden);
        int moments = x.size(0);
        int n = x.size(1);
        int h = weight.size(1);
        Tensor in = Elementwise.converted(x.detach(), x.dtype());
        Tensor h0 = Elementwise.converted(hidden.detach(), x.dtype());
        Tensor b = bias == null ? null : Elementwise.converted(bias.detach(), x.dtype());
        Tensor gates = Creation.empty(Shape.of(records ? moments : 1, n, 4L * h), x.dtype());
        Tensor y = Creation.empty(Shape.of(moments, n, h), x.dtype());
        ProductEvent.of(moments, n, 3L * h, h);
        Gru.forward(
                moments,
                n,
                h,
                backwards,
                in.array(),
                in.offset(),
                weight.array(),
                weight.offset(),
                weight.strides()[0],
                weight.strides()[1],
                b == null ? null : b.array(),
                b == null ? 0 : b.offset(),
                h0.array(),
                h0.offset(),
                gates.array(),
                records ? n * 4 * h : 0,
                y.array());
        if (!records) {
            return y;
        }
        Saved savedBias = bias == null ? null : Saved.of(bias);
        return Tape.record(
                y,
                new GruBackward0(
                        Saved.of(x),
                        Saved.of(weight),
                        savedBias,
                        Saved.of(hidden),
                        Saved.of(y),
                        Saved.of(gates),
                        backwards),
                x,
                weight,
                bias,
                hidden);
    }

    /// @param t which moment it is
    /// @param product what the new values add of the state
    private record Step(
            int t,
            Tensor before,
            Tensor reset,
            Tensor update,
            Tensor product,
            Tensor fresh,
            Tensor after) {
        static Step of(int t, Tensor x, Tensor q, Tensor before) {
            Tensor[] gx = x.chunk(3, -1);
            Tensor[] gq = q.chunk(3, -1);
            Tensor reset = gx[0].add(gq[0]).sigmoid();
            Tensor update = gx[1].add(gq[1]).sigmoid();
            Tensor fresh = gx[2].add(reset.mul(gq[2])).tanh();
            Tensor after = fresh.add(update.mul(before.sub(fresh)));
            return new Step(t, before, reset, update, gq[2], fresh, after);
        }
    }

    private static List<Step> steps(
            Tensor x, Tensor weight, @Nullable Tensor bias, Tensor hidden, boolean backwards) {
        List<Step> steps = new ArrayList<>();
        Tensor h = hidden;
        for (int s = 0; s < x.size(0); s++) {
            int t = RecurrentShapes.moment(s, x.size(0), backwards);
            Step step = Step.of(t, x.select(0, t), h.linear(weight, bias), h);
            steps.add(step);
            h = step.after;
        }
        return steps;
    }

    /// @param gates what the kernel left there, of all moments
    record GruBackward0(
            Saved x,
            Saved weight,
            @Nullable Saved bias,
            Saved hidden,
            Saved y,
            Saved gates,
            boolean backwards)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.recording()) {
                inOperations(g);
            } else {
                fused(g);
            }
        }

        private void fused(Gradients g) {
            Tensor w = weight.get();
            Tensor kept = gates.get();
            DType type = kept.dtype();
            Tensor states = y.get();
            Tensor h0 = Elementwise.converted(hidden.get().detach(), type);
            Tensor gy = Elementwise.converted(g.gy(), type);
            Tensor gx = Creation.empty(x.get().shape(), type);
            Tensor gq = Creation.empty(gx.shape(), type);
            Tensor gh = Creation.empty(h0.shape(), type);
            ProductEvent.of(gx.size(0), gx.size(1), w.size(1), gx.size(2));
            Gru.backward(
                    gx.size(0),
                    gx.size(1),
                    w.size(1),
                    backwards,
                    w.array(),
                    w.offset(),
                    w.strides()[0],
                    w.strides()[1],
                    h0.array(),
                    h0.offset(),
                    kept.array(),
                    states.array(),
                    gy.array(),
                    gy.offset(),
                    gx.array(),
                    gq.array(),
                    gh.array());
            g.put(0, gx);
            if (g.needs(1)) {
                g.put(1, RecurrentShapes.ofWeight(gq, states, h0, backwards));
            }
            if (g.needs(2)) {
                g.put(2, gq);
            }
            g.put(3, gh);
        }

        private void inOperations(Gradients g) {
            Tensor w = weight.get();
            Tensor b = bias == null ? null : bias.get();
            List<Step> steps = steps(x.get(), w, b, hidden.get(), backwards);
            Tensor gh = null;
            Tensor[] gx = new Tensor[steps.size()];
            Tensor[] gq = new Tensor[steps.size()];
            Tensor[] before = new Tensor[steps.size()];
            for (Step s : steps.reversed()) {
                Tensor now = g.gy().select(0, s.t);
                Tensor dh = gh == null ? now : now.add(gh);
                Tensor fresh = dh.mul(s.update.rsub(1)).mul(LstmLayer.ofTanh(s.fresh));
                Tensor reset = fresh.mul(s.product).mul(LstmLayer.ofSigmoid(s.reset));
                Tensor update = dh.mul(s.before.sub(s.fresh)).mul(LstmLayer.ofSigmoid(s.update));
                gx[s.t] = Tensor.cat(List.of(reset, update, fresh), -1);
                gq[s.t] = Tensor.cat(List.of(reset, update, fresh.mul(s.reset)), -1);
                before[s.t] = s.before;
                gh = dh.mul(s.update).add(gq[s.t].mm(w));
            }
            Tensor all = Tensor.stack(Arrays.asList(gq), 0);
            Tensor left = all.reshape(-1, all.size(2)).t();
            g.put(0, Tensor.stack(Arrays.asList(gx), 0));
            g.put(1, left.mm(Tensor.stack(Arrays.asList(before), 0).reshape(-1, w.size(1))));
            if (g.needs(2)) {
                g.put(2, all);
            }
            g.put(3, Objects.requireNonNull(gh));
        }
    }
}
