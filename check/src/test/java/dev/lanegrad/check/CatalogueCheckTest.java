package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueCheckTest {
    @Test
    void everyLineHasItsRows() {
        List<CatalogueCheck.Row> rows = new ArrayList<>();
        CatalogueCheck.run("atan2", 4, 1, rows::add);
        assertEquals(10, rows.size());
        assertEquals(
                5,
                new HashSet<>(rows.stream().map(r -> r.dtype() + " " + r.order()).toList()).size());
        for (CatalogueCheck.Row row : rows) {
            assertNull(row.failure());
            assertTrue(row.worst() > 0 && row.worst() < 1e-4, row.toString());
            assertEquals(4, row.cases());
            assertTrue(row.operation().startsWith("atan2["));
        }
        assertEquals(2, rows.stream().filter(r -> r.dtype() == DType.FLOAT32).count());
    }

    @Test
    void drawnInputsFitEveryOperation() {
        java.util.Random random = new java.util.Random(3);
        for (Operation op : Catalogue.ALL) {
            for (int i = 0; i < 3; i++) {
                assertTrue(op.function().apply(op.draw(random)).length > 0, op.toString());
            }
        }
    }
}
