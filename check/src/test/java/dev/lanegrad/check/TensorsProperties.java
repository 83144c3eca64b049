package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;

class TensorsProperties {
    @Checked
    void tensorsAreWhatTheAnnotationAsks(
            @ForAll
                    @Tensors(
                            minRank = 1,
                            maxRank = 2,
                            minSize = 2,
                            maxSize = 3,
                            min = 1,
                            max = 2,
                            requiresGrad = true)
                    Tensor x) {
        assertEquals(DType.FLOAT64, x.dtype());
        assertTrue(x.dim() == 1 || x.dim() == 2);
        assertTrue(Arrays.stream(x.shape().toArray()).allMatch(n -> n == 2 || n == 3));
        assertTrue(x.detach().ge(1).all().isTrue() && x.detach().le(2).all().isTrue());
        assertTrue(x.requiresGrad() && x.isLeaf());
    }

    @Checked
    void aFixedRankAndAnotherType(
            @ForAll @Tensors(rank = 4, dtype = DType.FLOAT32, layout = Layout.CHANNELS_LAST)
                    Tensor x) {
        assertEquals(4, x.dim());
        assertEquals(DType.FLOAT32, x.dtype());
        assertTrue(x.permute(0, 2, 3, 1).isContiguous());
    }

    @Checked
    void valuesKeepTheirDistanceFromKinks(
            @ForAll @Tensors(domain = Domain.AWAY_FROM_KINKS) Tensor x) {
        for (double v : x.toDoubleArray()) {
            assertTrue(Math.abs(v * 20 - Math.rint(v * 20)) > 0.49, () -> "near a kink: " + v);
        }
    }

    @Checked
    void distinctValuesAreApart(@ForAll @Tensors(domain = Domain.DISTINCT, minSize = 0) Tensor x) {
        double[] sorted = x.toDoubleArray();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            assertTrue(Math.abs(sorted[i]) > 0.0149);
            assertTrue(i == 0 || sorted[i] - sorted[i - 1] > 0.0599);
        }
    }

    @Checked
    void layoutsKeepValues(@ForAll @Tensors(minSize = 0) Tensor x, @ForAll Layout layout) {
        Tensor copy = layout.copyOf(x);
        assertEquals(x.shape(), copy.shape());
        if (layout != Layout.EXPANDED) {
            assertTrue(copy.equal(x));
        }
        assertTrue(layout.copyOf(copy).equal(copy));
    }

    @Checked
    void aPairBroadcasts(@ForAll BroadcastPair pair) {
        Tensor sum = pair.a().add(pair.b());
        assertTrue(sum.equal(pair.b().add(pair.a())));
        assertTrue(sum.dim() == Math.max(pair.a().dim(), pair.b().dim()));
    }

    @Checked
    void aUsersFunctionIsCheckedAtRandomShapesAndLayouts(
            @ForAll @Tensors(domain = Domain.POSITIVE) Tensor x) {
        GradCheck.require(t -> t.log().mul(t).tanh(), x);
    }

    @Checked
    void aReportMakesTheTensorAgain(@ForAll @Tensors Tensor x) {
        String java = TensorReporting.java(x);
        assertTrue(java.contains("Tensor.of(new double[] {"), java);
        for (double v : x.toDoubleArray()) {
            assertTrue(java.contains(String.valueOf(v)), java);
        }
        assertEquals(x.isContiguous() && x.storageOffset() == 0, !java.startsWith("Layout."));
        assertFalse(java.contains("[") && !java.contains("[]"), java);
    }
}
