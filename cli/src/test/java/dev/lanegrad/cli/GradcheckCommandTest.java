package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradcheckCommandTest {
    @Test
    void everyOrderHasItsRow() {
        List<String> lines =
                Run.of("gradcheck", "--only", "digamma", "--cases", "2").assertDone().lines();
        assertEquals(8, lines.size());
        String[] orders = {
            "float64  1  ",
            "float64  1 forward  ",
            "float64  2  ",
            "float64  2 forward  ",
            "float32  1  "
        };
        for (int i = 0; i < orders.length; i++) {
            String line = lines.get(1 + i);
            assertTrue(line.startsWith("digamma[[*]] "), line);
            assertTrue(line.contains(orders[i]), line);
            assertTrue(line.matches(".* \\d\\.\\de[-+]\\d\\d +2"), line);
        }
        assertEquals("1 operations, 10 cases: all derivatives agree", lines.getLast());
    }

    @Test
    void whatCannotBeCheckedIsSaidInOneLine() {
        assertEquals(
                "lanegrad gradcheck: --only: no operation contains frobnicate",
                Run.of("gradcheck", "--only", "frobnicate").err().strip());
        Run.of("gradcheck", "--cases", "0")
                .assertComplaint("lanegrad gradcheck: --cases: must be at least 1, but is 0");
    }
}
