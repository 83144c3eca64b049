package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final CountDownLatch ready = new CountDownLatch(1);

    private boolean becomesReady() throws InterruptedException {
        return ready.await(1, TimeUnit.MINUTES);
    }

    @Test
    void aKernelIsRunUntilItIsFast() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        Runnable slowAtFirst =
                () -> {
                    if (calls.incrementAndGet() <= 50) {
                        LockSupport.parkNanos(1_000_000);
                    }
                };
        WarmUp.inBackground(slowAtFirst, 100_000, ready::countDown);
        assertTrue(becomesReady());
        assertTrue(calls.get() > 50);
    }

    @Test
    void aKernelThatNeverBecomesFastIsUsedNonetheless() throws InterruptedException {
        WarmUp.inBackground(() -> LockSupport.parkNanos(100_000), 1, ready::countDown);
        assertTrue(becomesReady());
    }

    @Test
    void aKernelThatFailsIsUsedNonetheless() throws InterruptedException {
        Runnable failing =
                () -> {
                    throw new IllegalStateException("on purpose");
                };
        WarmUp.inBackground(failing, 1, ready::countDown);
        assertTrue(becomesReady());
    }
}
