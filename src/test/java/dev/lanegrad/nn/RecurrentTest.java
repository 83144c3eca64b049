package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RecurrentTest {
    private static final double[] SCALARS = {0.5, -0.25, 0.75, 0.1};

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// A cell of one feature whose weights are [#SCALARS] for the gates, of the state half as much.
    private static <M extends Module> M scalar(M cell, int gates) {
        double[] w = java.util.Arrays.copyOf(SCALARS, gates);
        Tensor column = Tensor.of(w).reshape(gates, 1);
        cell.to(DType.FLOAT64);
        cell.loadStateDict(
                Map.of(
                        "weight_ih", column,
                        "weight_hh", column.mul(0.5),
                        "bias_ih", Tensor.of(w).mul(0.2),
                        "bias_hh", Tensor.of(w).mul(0.3)));
        return cell;
    }

    /// What weights, state and biases of gate `i` add up to.
    private static double gate(int i, double x, double h) {
        return SCALARS[i] * (x + 0.5 * h + 0.5);
    }

    @Test
    void cellsFollowTheirFormulas() {
        double x = 0.8;
        double h = -0.3;
        Tensor tx = Tensor.of(new double[][] {{x}});
        Tensor th = Tensor.of(new double[][] {{h}});
        assertEquals(
                Math.tanh(gate(0, x, h)),
                (double) scalar(new RNNCell(1, 1), 1).forward(tx, th).item(),
                1e-15);
        double c = sigmoid(gate(1, x, h)) * 0.6 + sigmoid(gate(0, x, h)) * Math.tanh(gate(2, x, h));
        LSTMCell.State state =
                scalar(new LSTMCell(1, 1), 4)
                        .forward(tx, new LSTMCell.State(th, Tensor.of(new double[][] {{0.6}})));
        assertEquals(c, (double) state.cells().item(), 1e-15);
        assertEquals(sigmoid(gate(3, x, h)) * Math.tanh(c), (double) state.hidden().item(), 1e-15);
        double reset = sigmoid(gate(0, x, h));
        double update = sigmoid(gate(1, x, h));
        double w = SCALARS[2];
        double fresh = Math.tanh(w * x + 0.2 * w + reset * (0.5 * w * h + 0.3 * w));
        assertEquals(
                (1 - update) * fresh + update * h,
                (double) scalar(new GRUCell(1, 1), 3).forward(tx, th).item(),
                1e-15);
    }

    @Test
    void aLayerTakesTheStepsOfItsCell() {
        LSTM layer = new LSTM(3, 4);
        LSTMCell cell = new LSTMCell(3, 4);
        Map<String, Tensor> state = new java.util.HashMap<>();
        layer.stateDict().forEach((path, t) -> state.put(path.replace("_l0", ""), t));
        cell.loadStateDict(state);
        Tensor x = Tensor.randn(5, 2, 3);
        LSTM.Output all = layer.forward(x, Tensor.zeros(1, 2, 4), Tensor.zeros(1, 2, 4));
        LSTMCell.State s = new LSTMCell.State(Tensor.zeros(2, 4), Tensor.zeros(2, 4));
        for (int t = 0; t < 5; t++) {
            s = cell.forward(x.select(0, t), s);
            assertTrue(all.output().select(0, t).allclose(s.hidden()));
        }
        assertTrue(all.cells().select(0, 0).allclose(s.cells()));
        assertTrue(all.hidden().select(0, 0).allclose(s.hidden()));
        assertTrue(layer.forward(x).allclose(all.output()));
    }

    @Test
    void theSecondDirectionIsALayerOnTheSequenceTurnedRound() {
        GRU both = GRU.builder(3, 4).bidirectional(true).build();
        GRU back = new GRU(3, 4);
        Map<String, Tensor> state = new java.util.HashMap<>();
        both.stateDict()
                .forEach((path, t) -> {
                    if (path.endsWith("_reverse")) {
                        state.put(path.replace("_reverse", ""), t);
                    }
                });
        back.loadStateDict(state);
        Tensor x = Tensor.randn(5, 2, 3);
        Tensor y = both.forward(x);
        assertEquals(Shape.of(5, 2, 8), y.shape());
        assertTrue(y.narrow(2, 4, 4).allclose(back.forward(x.flip(0)).flip(0)));
    }

    @Test
    void layersStackProjectAndTakeBatchesFirstOrNone() {
        LSTM m = LSTM.builder(3, 4).layers(2).projection(2).bidirectional(true).build();
        LSTM first =
                LSTM.builder(3, 4)
                        .layers(2)
                        .projection(2)
                        .bidirectional(true)
                        .batchFirst(true)
                        .build();
        first.loadStateDict(m.stateDict());
        Tensor x = Tensor.randn(5, 2, 3);
        Tensor y = m.forward(x);
        assertEquals(Shape.of(5, 2, 4), y.shape());
        assertTrue(first.forward(x.transpose(0, 1)).transpose(0, 1).allclose(y));
        assertTrue(m.forward(x.select(1, 0)).allclose(y.select(1, 0)));
        RNN relu = RNN.builder(3, 4).relu(true).build();
        RNN.Output one = relu.forward(x.select(1, 0), Tensor.zeros(1, 4));
        assertEquals(Shape.of(1, 4), one.hidden().shape());
        assertTrue(one.output().ge(0).all().isTrue());
    }

    @Test
    void gradientsPassThroughTime() {
        for (Module m :
                List.of(
                        RNN.builder(2, 3).bidirectional(true).build(),
                        GRU.builder(2, 3).layers(2).build(),
                        LSTM.builder(2, 3).projection(2).build())) {
            m.to(DType.FLOAT64);
            Tensor x = Tensor.randn(4, 2, 2).to(DType.FLOAT64).requiresGrad(true);
            GradCheck.require(m::forward, x);
            m.forward(x).sum().backward();
            assertTrue(m.parameters().stream().allMatch(p -> p.grad() != null), m.toString());
        }
    }

    @Test
    void aLayersOneOperationIsWhatItsFormulasAre() {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16)) {
            double near = type == DType.BFLOAT16 ? 0.02 : 1e-5;
            Tensor x = Tensor.randn(4, 3, 80).to(type);
            Tensor w = Tensor.randn(80, 20).mul(0.3).to(type);
            Tensor h = Tensor.randn(3, 20).to(type);
            Tensor c = Tensor.randn(3, 20).to(type);
            var all = x.lstm(w, h, c, true);
            Tensor units = x.narrow(2, 0, 60).gru(w.narrow(0, 0, 60), null, h, true);
            Tensor u = h;
            for (int t = 3; t >= 0; t--) {
                Tensor[] g = x.select(0, t).add(h.linear(w, null)).chunk(4, -1);
                c = g[1].sigmoid().mul(c).add(g[0].sigmoid().mul(g[2].tanh()));
                h = g[3].sigmoid().mul(c.tanh());
                assertTrue(all.hidden().select(0, t).allclose(h, near, near));
                Tensor[] q = u.linear(w.narrow(0, 0, 60), null).chunk(3, -1);
                Tensor[] gx = x.select(0, t).narrow(1, 0, 60).chunk(3, -1);
                Tensor update = gx[1].add(q[1]).sigmoid();
                Tensor fresh = gx[2].add(gx[0].add(q[0]).sigmoid().mul(q[2])).tanh();
                u = fresh.add(update.mul(u.sub(fresh)));
                assertTrue(units.select(0, t).allclose(u, near, near));
            }
            assertTrue(all.cells().allclose(c, near, near));
        }
    }

    @Test
    void aLayersOneOperationHasDerivativesOfAnyOrder() {
        for (boolean backwards : new boolean[] {false, true}) {
            for (int moments : new int[] {1, 3}) {
                requireBoth(
                        t -> t[0].lstm(t[1], t[2], t[3], backwards).hidden(),
                        leaf(moments, 2, 8),
                        leaf(8, 2),
                        leaf(2, 2),
                        leaf(2, 2));
                requireBoth(
                        t -> t[0].lstm(t[1], t[2], t[3], backwards).cells(),
                        leaf(moments, 2, 8),
                        leaf(8, 2),
                        leaf(2, 2),
                        leaf(2, 2));
                requireBoth(
                        t -> t[0].gru(t[1], t[2], t[3], backwards),
                        leaf(moments, 2, 6),
                        leaf(6, 2),
                        leaf(6),
                        leaf(2, 2));
            }
        }
    }

    private static Tensor leaf(long... sizes) {
        return Tensor.randn(sizes).to(DType.FLOAT64).requiresGrad(true);
    }

    private static void requireBoth(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        GradCheck.require(fn, inputs);
        assertTrue(GradCheck.checkSecond(fn, inputs).passed());
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Tensor x = Tensor.zeros(2, 3, 8);
        Tensor h = Tensor.zeros(3, 2);
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> x.lstm(Tensor.zeros(8, 3), Tensor.zeros(3, 3), h, false));
        assertEquals(
                "lstm: shapes do not fit ([2, 3, 8], weight [8, 3], bias none, hidden [3, 3], cells [3, 2])",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> x.gru(Tensor.zeros(8, 2), null, h, false));
    }

    @Test
    void dropoutBetweenLayersEndsWithTraining() {
        LSTM m = LSTM.builder(2, 8).layers(2).dropout(0.5).build();
        Tensor x = Tensor.randn(3, 1, 2);
        assertTrue(m.forward(x).ne(m.forward(x)).any().isTrue());
        m.eval();
        assertArrayEquals(m.forward(x).toFloatArray(), m.forward(x).toFloatArray());
    }

    @Test
    void inputsOfOtherSizesAreRefused() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new GRU(3, 4).forward(Tensor.zeros(2, 5)));
        assertEquals(
                "GRU: input has 5 features but the layer expects 3 (input [2, 5])", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new RNN(3, 4).forward(Tensor.zeros(3)));
    }
}
