package dev.lanegrad;

import dev.lanegrad.kernels.any.Lstm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// One direction of a layer of long short-term memories.
final class LstmLayer {
    private LstmLayer() {}

    static Recurrences.Memories run(
            Tensor x, Tensor weight, Tensor hidden, Tensor cells, boolean backwards) {
        RecurrentShapes.check("lstm", 4, x, weight, null, hidden, cells);
        if (!RecurrentShapes.hasKernel(x, weight, hidden, cells)) {
            return inOperations(x, weight, hidden, cells, backwards);
        }
        boolean records = Tape.records(x, weight, hidden, cells);
        int moments = x.size(0);
        int n = x.size(1);
        int h = cells.size(1);
        Tensor in = Elementwise.converted(x.detach(), x.dtype());
        Tensor h0 = Elementwise.converted(hidden.detach(), x.dtype());
        Tensor c0 = Elementwise.converted(cells.detach(), x.dtype());
        int kept = records ? moments : 1;
        Tensor gates = Creation.empty(Shape.of(kept, n, 4L * h), x.dtype());
        Tensor all = Creation.empty(Shape.of(kept, n, h), x.dtype());
        Tensor y = Creation.empty(Shape.of(moments, n, h), x.dtype());
        ProductEvent.of(moments, n, 4L * h, weight.size(1));
        Lstm.forward(
                moments,
                n,
                h,
                weight.size(1),
                backwards,
                in.array(),
                in.offset(),
                weight.array(),
                weight.offset(),
                weight.strides()[0],
                weight.strides()[1],
                h0.array(),
                h0.offset(),
                c0.array(),
                c0.offset(),
                gates.array(),
                records ? n * 4 * h : 0,
                all.array(),
                records ? n * h : 0,
                y.array());
        Tensor last = all.select(0, backwards || !records ? 0 : moments - 1);
        if (!records) {
            return new Recurrences.Memories(y, last);
        }
        Tensor[] outputs = {y, last.clone()};
        Tape.recordAll(
                outputs,
                new LstmBackward0(
                        Saved.of(x),
                        Saved.of(weight),
                        Saved.of(hidden),
                        Saved.of(cells),
                        Saved.of(y),
                        Saved.of(gates),
                        Saved.of(all),
                        backwards),
                x,
                weight,
                hidden,
                cells);
        return new Recurrences.Memories(outputs[0], outputs[1]);
    }

    private static Recurrences.Memories inOperations(
            Tensor x, Tensor weight, Tensor hidden, Tensor cells, boolean backwards) {
        List<Step> steps = steps(x, weight, hidden, cells, backwards);
        Tensor[] states = new Tensor[steps.size()];
        steps.forEach(step -> states[step.t] = step.hidden);
        return new Recurrences.Memories(Tensor.stack(List.of(states), 0), steps.getLast().cells);
    }

    /// @param t which moment it is
    /// @param before the hidden state and the cells before
    private record Step(
            int t,
            Tensor[] before,
            Tensor in,
            Tensor forget,
            Tensor fresh,
            Tensor out,
            Tensor cells,
            Tensor tanh,
            Tensor hidden) {
        static Step of(int t, Tensor gates, Tensor hidden, Tensor cells) {
            Tensor[] g = gates.chunk(4, -1);
            Tensor in = g[0].sigmoid();
            Tensor forget = g[1].sigmoid();
            Tensor fresh = g[2].tanh();
            Tensor out = g[3].sigmoid();
            Tensor next = forget.mul(cells).add(in.mul(fresh));
            Tensor tanh = next.tanh();
            Tensor[] before = {hidden, cells};
            return new Step(t, before, in, forget, fresh, out, next, tanh, out.mul(tanh));
        }
    }

    private static List<Step> steps(
            Tensor x, Tensor weight, Tensor hidden, Tensor cells, boolean backwards) {
        List<Step> steps = new ArrayList<>();
        Tensor h = hidden;
        Tensor c = cells;
        for (int s = 0; s < x.size(0); s++) {
            int t = RecurrentShapes.moment(s, x.size(0), backwards);
            Step step = Step.of(t, x.select(0, t).add(h.linear(weight, null)), h, c);
            steps.add(step);
            h = step.hidden;
            c = step.cells;
        }
        return steps;
    }

    /// @param gates activated, of all moments
    /// @param all cells of all moments
    record LstmBackward0(
            Saved x,
            Saved weight,
            Saved hidden,
            Saved cells,
            Saved y,
            Saved gates,
            Saved all,
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
            Tensor h0 = hidden.get();
            Tensor activated = gates.get();
            DType type = activated.dtype();
            Tensor c0 = Elementwise.converted(cells.get().detach(), type);
            Tensor gy = Elementwise.converted(g.gy(0), type);
            Tensor gx = Creation.empty(activated.shape(), type);
            Tensor gh = Creation.empty(h0.shape(), type);
            Tensor gc = Creation.empty(c0.shape(), type);
            Elementwise.copy(gc, g.gy(1));
            ProductEvent.of(gx.size(0), gx.size(1), w.size(1), gx.size(2));
            Lstm.backward(
                    gx.size(0),
                    gx.size(1),
                    c0.size(1),
                    w.size(1),
                    backwards,
                    w.array(),
                    w.offset(),
                    w.strides()[0],
                    w.strides()[1],
                    c0.array(),
                    c0.offset(),
                    activated.array(),
                    all.get().array(),
                    gy.array(),
                    gy.offset(),
                    gx.array(),
                    gh.array(),
                    gc.array());
            if (g.needs(1)) {
                g.put(1, RecurrentShapes.ofWeight(gx, y.get(), h0, backwards));
            }
            g.put(0, gx);
            g.put(2, gh);
            g.put(3, gc);
        }

        private void inOperations(Gradients g) {
            Tensor w = weight.get();
            List<Step> steps = steps(x.get(), w, hidden.get(), cells.get(), backwards);
            Tensor gh = null;
            Tensor gc = g.gy(1);
            Tensor[] gx = new Tensor[steps.size()];
            Tensor[] before = new Tensor[steps.size()];
            for (Step s : steps.reversed()) {
                Tensor now = g.gy(0).select(0, s.t);
                Tensor dh = gh == null ? now : now.add(gh);
                Tensor dc = dh.mul(s.out).mul(ofTanh(s.tanh)).add(gc);
                gx[s.t] =
                        Tensor.cat(
                                List.of(
                                        dc.mul(s.fresh).mul(ofSigmoid(s.in)),
                                        dc.mul(s.before[1]).mul(ofSigmoid(s.forget)),
                                        dc.mul(s.in).mul(ofTanh(s.fresh)),
                                        dh.mul(s.tanh).mul(ofSigmoid(s.out))),
                                -1);
                before[s.t] = s.before[0];
                gc = dc.mul(s.forget);
                gh = gx[s.t].mm(w);
            }
            Tensor all = Tensor.stack(Arrays.asList(gx), 0);
            Tensor left = all.reshape(-1, all.size(2)).t();
            g.put(0, all);
            g.put(1, left.mm(Tensor.stack(Arrays.asList(before), 0).reshape(-1, w.size(1))));
            g.put(2, Objects.requireNonNull(gh));
            g.put(3, gc);
        }
    }

    /// The derivative of the logistic function, of its value.
    static Tensor ofSigmoid(Tensor y) {
        return y.sub(y.square());
    }

    /// The derivative of tanh, of its value.
    static Tensor ofTanh(Tensor y) {
        return y.square().rsub(1);
    }
}
