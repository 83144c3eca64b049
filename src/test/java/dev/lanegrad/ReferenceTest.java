package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    @Test
    void everyLineIsARecordWithAnId() {
        assertTrue(Reference.lines("goldens/print.jsonl").allMatch(r -> r.has("id")));
    }

    @Test
    void textsStandForNumbersThatJsonLacks() throws Exception {
        var list = new ObjectMapper().readTree("[1.5, \"nan\", \"-inf\", \"-0.0\", true]");
        double[] expected = {1.5, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1};
        assertArrayEquals(expected, Reference.doubles(list));
    }

    @Test
    void integersAreExactBeyondDouble() throws Exception {
        var list = new ObjectMapper().readTree("[9007199254740993, false, true]");
        assertArrayEquals(new long[] {9007199254740993L, 0, 1}, Reference.longs(list));
    }

    @Test
    void aTallyWithAFailureThrowsAndShowsIt() {
        Tally tally = new Tally("none");
        tally.expect("a", 1, 1);
        tally.expect("b", 1, 2);
        assertEquals("reference none: 1 passed, 1 failed, 0 not implemented", tally.counts());
        AssertionError error = assertThrows(AssertionError.class, tally::judge);
        assertEquals(
                "none: 1 of 2 records differ, the first 1:\nb: expected\n1\nbut was\n2",
                error.getMessage());
    }

    @Test
    void aTallyWithoutRecordsThrows() {
        assertThrows(AssertionError.class, new Tally("none")::judge);
    }
}
