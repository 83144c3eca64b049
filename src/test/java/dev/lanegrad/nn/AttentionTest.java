package dev.lanegrad.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionTest {
    /// The definition, head by head and sample by sample.
    private static Tensor byHand(MultiheadAttention m, Tensor q, Tensor k, int heads) {
        int e = q.size(2);
        int d = e / heads;
        Tensor w = m.stateDict().get("in_proj_weight");
        Tensor[] samples = new Tensor[q.size(1)];
        for (int n = 0; n < samples.length; n++) {
            Tensor[] outs = new Tensor[heads];
            for (int h = 0; h < heads; h++) {
                Tensor qh = q.select(1, n).matmul(w.narrow(0, (long) h * d, d).t());
                Tensor kh = k.select(1, n).matmul(w.narrow(0, e + (long) h * d, d).t());
                Tensor vh = k.select(1, n).matmul(w.narrow(0, 2L * e + (long) h * d, d).t());
                outs[h] = qh.matmul(kh.t()).div(Math.sqrt(d)).softmax(-1).matmul(vh);
            }
            Tensor joined = Tensor.cat(java.util.List.of(outs), 1);
            samples[n] = joined.matmul(m.stateDict().get("out_proj.weight").t());
        }
        return Tensor.stack(java.util.List.of(samples), 1);
    }

    @Test
    void attentionIsAMeanOfValuesWeightedBySimilarity() {
        MultiheadAttention m = new MultiheadAttention(6, 2);
        Tensor q = Tensor.randn(4, 3, 6);
        Tensor k = Tensor.randn(5, 3, 6);
        MultiheadAttention.Output y = m.forward(q, k, k, null, null);
        assertTrue(y.output().allclose(byHand(m, q, k, 2), 1e-4, 1e-6));
        assertEquals(Shape.of(3, 4, 5), y.weights().shape());
        assertTrue(y.weights().sum(-1).allclose(Tensor.ones(3, 4)));
        MultiheadAttention first = MultiheadAttention.builder(6, 2).batchFirst(true).build();
        first.loadStateDict(m.stateDict());
        Tensor turned =
                first.forward(q.transpose(0, 1), k.transpose(0, 1), k.transpose(0, 1), null, null)
                        .output();
        assertTrue(turned.transpose(0, 1).allclose(y.output()));
    }

    @Test
    void layersAttendToTheSameWithoutWeights() {
        for (boolean batchFirst : new boolean[] {false, true}) {
            MultiheadAttention m = MultiheadAttention.builder(6, 2).batchFirst(batchFirst).build();
            m.to(DType.FLOAT64);
            Tensor x = Tensor.randn(4, 3, 6).to(DType.FLOAT64).requiresGrad(true);
            Tensor k = Tensor.randn(4, 3, 6).to(DType.FLOAT64);
            Tensor own = m.forward(x, x, x, null, null).output();
            assertTrue(m.output(x, x, x, null, null).allclose(own, 1e-12, 1e-12));
            Tensor other = m.forward(x, k, k, null, null).output();
            assertTrue(m.output(x, k, k, null, null).allclose(other, 1e-12, 1e-12));
            GradCheck.require(t -> m.output(t, t, t, null, null), x);
            GradCheck.require(t -> m.output(t, k, k, null, null), x);
        }
    }

    @Test
    void theGradientOfBlocksIsThatOfAllScores() {
        for (boolean causal : new boolean[] {false, true}) {
            Tensor q = Tensor.randn(2, 130, 3, 7).to(DType.FLOAT64).requiresGrad(true);
            Tensor k = Tensor.randn(2, 140, 3, 7).to(DType.FLOAT64).requiresGrad(true);
            Tensor v = Tensor.randn(2, 140, 3, 5).to(DType.FLOAT64).requiresGrad(true);
            Tensor seen = Tensor.arange(140).le(Tensor.arange(130).unsqueeze(1));
            Tensor mask = causal ? seen : Tensor.ones(130, 140).to(DType.BOOL);
            Tensor[] in = {q, k, v};
            Tensor a = attention(in, null, causal);
            Tensor b = attention(in, mask, false);
            assertTrue(a.allclose(b, 1e-12, 1e-12));
            Tensor[] weight = {Tensor.randn(2, 3, 130, 5).to(DType.FLOAT64)};
            var blocks = Autograd.grad(new Tensor[] {a}, in, weight, true, false, false);
            var inOperations = Autograd.grad(new Tensor[] {a}, in, weight, true, true, false);
            var all = Autograd.grad(new Tensor[] {b}, in, weight, true, false, false);
            for (int i = 0; i < 3; i++) {
                assertTrue(
                        requireNonNull(blocks[i]).allclose(requireNonNull(all[i]), 1e-10, 1e-12));
                assertTrue(blocks[i].allclose(requireNonNull(inOperations[i]), 1e-10, 1e-12));
            }
        }
    }

    private static Tensor attention(Tensor[] in, @Nullable Tensor mask, boolean causal) {
        return in[0].transpose(1, 2)
                .scaledDotProductAttention(
                        in[1].transpose(1, 2), in[2].transpose(1, 2), mask, causal);
    }

    @Test
    void whatIsMaskedHasNoWeight() {
        MultiheadAttention m = new MultiheadAttention(4, 2);
        Tensor x = Tensor.randn(3, 2, 4);
        boolean[][] later = {{false, true, true}, {false, false, true}, {false, false, false}};
        Tensor mask = Tensor.of(later);
        Tensor padding = Tensor.of(new boolean[][] {{false, false, false}, {false, true, false}});
        float[] w = m.forward(x, x, x, padding, mask).weights().toFloatArray();
        assertArrayEquals(new float[] {1, 0, 0}, java.util.Arrays.copyOf(w, 3));
        assertEquals(0, w[9 + 6 + 1]);
        assertTrue(w[6 + 1] > 0);
        Tensor added = Tensor.zeros(3, 3).maskedFill(mask, Double.NEGATIVE_INFINITY);
        assertArrayEquals(w, m.forward(x, x, x, padding, added).weights().toFloatArray());
    }

    @Test
    void keysMayHaveOtherFeaturesAndOneMoreThatIsLearnedOrZero() {
        MultiheadAttention m =
                MultiheadAttention.builder(4, 2)
                        .keys(3)
                        .values(5)
                        .addBiasKv(true)
                        .addZeroAttn(true)
                        .build();
        Tensor mask = Tensor.of(new boolean[][] {{true, true}});
        MultiheadAttention.Output y =
                m.forward(
                        Tensor.randn(1, 2, 4),
                        Tensor.randn(2, 2, 3),
                        Tensor.randn(2, 2, 5),
                        null,
                        mask);
        assertEquals(Shape.of(2, 1, 4), y.weights().shape());
        assertEquals(0f, y.weights().narrow(2, 0, 2).sum().item());
        y.output().sum().backward();
        assertTrue(m.parameters().stream().allMatch(p -> p.grad() != null));
    }

    @Test
    void gradientsPassThroughATransformer() {
        for (boolean normFirst : new boolean[] {false, true}) {
            TransformerEncoderLayer encoder =
                    TransformerEncoderLayer.builder(4, 2)
                            .inner(6)
                            .dropout(0)
                            .activation(Tensor::tanh)
                            .normFirst(normFirst)
                            .build();
            TransformerDecoderLayer decoder =
                    TransformerDecoderLayer.builder(4, 2)
                            .inner(6)
                            .dropout(0)
                            .activation(Tensor::tanh)
                            .normFirst(normFirst)
                            .build();
            encoder.to(DType.FLOAT64);
            decoder.to(DType.FLOAT64);
            Tensor x = Tensor.randn(3, 2, 4).to(DType.FLOAT64).requiresGrad(true);
            Tensor z = Tensor.randn(2, 2, 4).to(DType.FLOAT64).requiresGrad(true);
            GradCheck.require((a, b) -> decoder.forward(b, encoder.forward(a)), x, z);
        }
    }

    @Test
    void aTransformerIsAnEncoderAndADecoder() {
        Tensor.manualSeed(3);
        Transformer m = Transformer.builder(4, 2).inner(8).dropout(0).layers(1, 2).build();
        List<String> keys = List.copyOf(m.stateDict().keySet());
        assertEquals("encoder.layers.0.self_attn.in_proj_weight", keys.getFirst());
        assertEquals("decoder.norm.bias", keys.getLast());
        assertEquals(12 + 2 + 2 * 18 + 2, keys.size());
        // Glorot and Bengio's bound for 8 x 4
        double bound = Math.sqrt(6.0 / 12);
        Tensor w = m.stateDict().get("decoder.layers.1.linear1.weight");
        assertTrue((float) w.abs().max().item() <= bound);
        assertTrue((float) w.abs().max().item() > 0.8 * bound);

        Tensor source = Tensor.randn(3, 2, 4);
        Tensor target = Tensor.randn(5, 2, 4);
        Tensor mask = Transformer.squareSubsequentMask(5);
        Tensor y = m.forward(source, target, null, mask, null);
        Tensor memory = ((TransformerEncoder) m.get("encoder")).forward(source);
        Tensor expected =
                ((TransformerDecoder) m.get("decoder")).forward(target, memory, mask, null);
        assertTrue(y.equal(expected));
        Tensor changed = target.clone();
        changed.narrow(0, 3, 2).zero_();
        Tensor z = m.forward(source, changed, null, mask, null);
        assertTrue(z.narrow(0, 0, 3).allclose(y.narrow(0, 0, 3)));
        assertFalse(z.allclose(y));
        assertEquals(Shape.of(5, 2, 4), m.forward(source, target).shape());
        assertThrows(UnsupportedOperationException.class, () -> m.forward(source));
    }

    @Test
    void aStackIsMadeOfCopiesForWhichNothingIsDrawn() {
        TransformerEncoderLayer layer =
                TransformerEncoderLayer.builder(4, 2).inner(8).dropout(0).build();
        Tensor.manualSeed(5);
        float[] next = Tensor.rand(3).toFloatArray();
        Tensor.manualSeed(5);
        TransformerEncoder m = new TransformerEncoder(layer, 2, new LayerNorm(4));
        assertArrayEquals(next, Tensor.rand(3).toFloatArray());
        Tensor a = m.stateDict().get("layers.0.linear1.weight");
        Tensor b = m.stateDict().get("layers.1.linear1.weight");
        assertArrayEquals(a.toFloatArray(), b.toFloatArray());
        a.zero_();
        assertTrue(b.ne(0).all().isTrue());
        assertNotSame(layer, m.get("layers.0"));
        assertEquals(Shape.of(3, 2, 4), m.forward(Tensor.randn(3, 2, 4)).shape());
    }

    @Test
    void headsMustDivideTheFeatures() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> new MultiheadAttention(5, 2));
        assertEquals("embed_dim must be divisible by num_heads (5 by 2)", e.getMessage());
        assertThrows(
                UnsupportedOperationException.class,
                () -> new TransformerDecoderLayer(4, 2).forward(Tensor.zeros(1, 1, 4)));
    }
}
