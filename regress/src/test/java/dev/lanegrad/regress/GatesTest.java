package dev.lanegrad.regress;

import static dev.lanegrad.regress.Samples.SORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static Fork fork(
            double bytes, int deoptimizations, List<String> skipped, String width) {
        return Samples.fork(
                SORT,
                Side.HEAD,
                100,
                bytes,
                deoptimizations,
                skipped,
                width.isEmpty() ? Map.of() : Map.of("vectorBits", width));
    }

    private static final Fork SOUND = fork(16, 2, List.of(), "512");

    private static List<String> check(Fork head) {
        return check(Collections.nCopies(6, SOUND), Collections.nCopies(6, head));
    }

    private static List<String> check(List<Fork> base, List<Fork> head) {
        return Gates.check(SORT, base, head).stream()
                .map(g -> g.gate() + ": " + g.message())
                .toList();
    }

    @Test
    void equalSidesPass() {
        assertEquals(List.of(), check(SOUND));
    }

    @Test
    void anAllocationIsCaught() {
        assertEquals(
                List.of("allocation: allocates 40 B an operation, was 16 B"),
                check(fork(40, 2, List.of(), "512")));
    }

    @Test
    void bookkeepingIsNoAllocation() {
        assertEquals(List.of(), check(fork(20, 2, List.of(), "512")));
    }

    @Test
    void allocationsThatTheBaseVariesByAreNone() {
        List<Fork> base =
                List.of(
                        fork(16, 0, List.of(), ""),
                        fork(16, 0, List.of(), ""),
                        fork(400, 0, List.of(), ""));
        assertEquals(List.of(), check(base, Collections.nCopies(3, fork(300, 0, List.of(), ""))));
    }

    @Test
    void aMethodThatTheCompilerGivesUpIsCaught() {
        assertEquals(
                List.of("compilation: COMPILE SKIPPED: Foo::bar (out of nodes)"),
                check(fork(16, 2, List.of("Foo::bar (out of nodes)"), "512")));
    }

    @Test
    void aStormOfDeoptimizationsIsCaught() {
        assertEquals(
                List.of(
                        "deoptimization: optimized code was given up 40 times while measuring, was 2"),
                check(fork(16, 40, List.of(), "512")));
    }

    @Test
    void narrowerVectorsAreCaught() {
        assertEquals(
                List.of("facts: vectorBits is 256, was 512"), check(fork(16, 2, List.of(), "256")));
        assertEquals(
                List.of("facts: vectorBits is not reported, was 512"),
                check(fork(16, 2, List.of(), "")));
    }
}
