package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final int N = 100_000;

    @Test
    void whatWasMadeInAScopeIsGoneAfterIt() {
        Tensor y;
        try (var _ = Lanegrad.scope()) {
            y = Tensor.ones(N).mul(2);
        }
        Exception e = assertThrows(IllegalStateException.class, () -> y.add(1));
        assertTrue(e.getMessage().contains("scope"), e.getMessage());
    }

    @Test
    void whatIsKeptStays() {
        Tensor y;
        try (var scope = Lanegrad.scope()) {
            y = scope.keep(Tensor.ones(N).mul(2));
        }
        Tensor later = Tensor.zeros(N);
        assertTrue(y.eq(2).all().isTrue());
        assertTrue(later.eq(0).all().isTrue());
    }

    @Test
    void whatWasMadeOutsideStays() {
        Tensor x = Tensor.ones(N);
        try (var _ = Lanegrad.scope()) {
            x.add_(1);
        }
        assertTrue(x.eq(2).all().isTrue());
    }

    @Test
    void gradientsOfLeavesStay() {
        Tensor x = Tensor.ones(N).requiresGrad(true);
        for (int i = 0; i < 3; i++) {
            try (var _ = Lanegrad.scope()) {
                x.mul(2).sum().backward();
            }
        }
        assertNotNull(x.grad());
        assertTrue(x.grad().eq(6).all().isTrue());
    }

    @Test
    void scopesNestAndKeepingReachesOutOfAllOfThem() {
        Tensor inner;
        Tensor outer;
        try (var _ = Lanegrad.scope()) {
            outer = Tensor.ones(N);
            try (var scope = Lanegrad.scope()) {
                inner = scope.keep(outer.mul(3));
            }
            assertTrue(outer.eq(1).all().isTrue());
        }
        assertTrue(inner.eq(3).all().isTrue());
        assertThrows(IllegalStateException.class, () -> outer.add(1));
    }

    @Test
    void anOuterScopeCannotCloseBeforeAnInnerOne() {
        Scope outer = Lanegrad.scope();
        Scope inner = Lanegrad.scope();
        assertThrows(IllegalStateException.class, outer::close);
        inner.close();
        outer.close();
    }

    @Test
    void memoryComesBackWithinALoop() {
        float[] expected = Tensor.linspace(0, 1, N).mul(2).sqrt().toFloatArray();
        Tensor x = Tensor.linspace(0, 1, N);
        for (int i = 0; i < 20; i++) {
            try (var _ = Lanegrad.scope()) {
                assertArrayEquals(expected, x.mul(4).mul(0.5).sqrt().toFloatArray());
            }
        }
    }
}
