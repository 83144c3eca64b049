package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrintOptionsTest {
    @Test
    void optionsInUseEndWithTheirScope() {
        PrintOptions outer = PrintOptions.brief();
        PrintOptions inner = outer.lineWidth(40);
        try (var _ = outer.use()) {
            try (var _ = inner.use()) {
                assertSame(inner, PrintOptions.current());
            }
            assertSame(outer, PrintOptions.current());
        }
        assertSame(PrintOptions.defaults(), PrintOptions.current());
    }

    @Test
    void optionsInUseBelongToTheThread() throws Exception {
        try (var _ = PrintOptions.full().use()) {
            assertSame(PrintOptions.defaults(), seenByAnotherThread());
        }
    }

    @Test
    void theDefaultHoldsInEveryThread() throws Exception {
        PrintOptions precise = PrintOptions.defaults().precision(8);
        PrintOptions.setDefault(precise);
        try {
            assertSame(precise, PrintOptions.current());
            assertSame(precise, seenByAnotherThread());
        } finally {
            PrintOptions.setDefault(PrintOptions.defaults());
        }
    }

    @Test
    void aNegativeNumberIsRefused() {
        var error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> PrintOptions.defaults().edgeItems(-1));
        assertEquals("printOptions: edgeItems must not be negative (-1)", error.getMessage());
    }

    private static @Nullable PrintOptions seenByAnotherThread() throws InterruptedException {
        var seen = new AtomicReference<@Nullable PrintOptions>();
        Thread.ofPlatform().start(() -> seen.set(PrintOptions.current())).join();
        return seen.get();
    }
}
