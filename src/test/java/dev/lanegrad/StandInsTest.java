package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.nn.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StandInsTest {
    private final Tensor a = Tensor.of(1.0);
    private final Tensor b = Tensor.of(2.0);

    @Test
    void theyEndWithTheirCall() {
        assertSame(b, StandIns.run(Map.of(a, b), () -> StandIns.of(a), Map.of()));
        assertSame(a, StandIns.of(a));
        assertThrows(
                IllegalStateException.class,
                () ->
                        StandIns.run(
                                Map.of(a, b),
                                () -> {
                                    throw new IllegalStateException();
                                },
                                Map.of()));
        assertSame(a, StandIns.of(a));
    }

    /// Reads one of its parameters through `now`.
    private static final class Affine extends Module {
        private final Tensor scale = parameter("scale", Tensor.of(1.0));
        private final Tensor shift = parameter("shift", Tensor.of(0.0));

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(now(scale)).add(shift);
        }
    }

    @Test
    void aUsersModuleThatDoesNotAskIsWarnedOf() {
        List<String> warnings = new ArrayList<>();
        Consumer<String> before = Lanegrad.onWarning(warnings::add);
        try {
            Tensor y = new Affine().functionalCall(Map.of("scale", b, "shift", b), a);
            assertEquals(2.0, y.item());
        } finally {
            Lanegrad.onWarning(before);
        }
        assertEquals(
                List.of(
                        "functionalCall: shift was not read through now(...): what was given in its"
                                + " place had no effect"),
                warnings);
    }
}
