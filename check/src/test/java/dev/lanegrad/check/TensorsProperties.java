package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import dev.lanegrad.GradCheck;
import dev.lanegrad.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TensorsProperties {
    @Property(tries = 100)
    void tensorsAreWhatTheAnnotationAsks(
            @ForAll @Tensors(minRank = 1, maxRank = 2, maxSize = 3, min = 1, max = 2) Tensor x) {
        assertEquals(DType.FLOAT64, x.dtype());
        assertTrue(x.dim() == 1 || x.dim() == 2);
        assertTrue(x.ge(1).all().isTrue() && x.le(2).all().isTrue());
    }

    @Property(tries = 100)
    void valuesKeepTheirDistanceFromAKink(@ForAll @Tensors(clearance = 0.1) Tensor x) {
        assertTrue(x.abs().ge(0.1).all().isTrue());
    }

    @Property(tries = 60)
    void aUsersFunctionIsCheckedAtRandomShapesAndLayouts(
            @ForAll @Tensors(min = 0.2, max = 2) Tensor x) {
        GradCheck.require(t -> t.log().mul(t).tanh(), x.requiresGrad(true));
    }

    @Property(tries = 60)
    void memoryLayoutKeepsValues(@ForAll @Tensors Tensor x, @ForAll Memory memory) {
        assertTrue(memory.copyOf(x).equal(x));
    }
}
