package dev.lanegrad.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Batches in their order, some of them made ahead, each on a virtual thread of its own. A batch
/// that turns out to be none is passed over.
final class Prefetching implements Iterator<DataLoader.Batch> {
    private final int batches;
    private final int ahead;
    private final Source source;
    private final Queue<FutureTask<DataLoader.@Nullable Batch>> running = new ArrayDeque<>();
    private int started;
    private DataLoader.@Nullable Batch next;

    /// Makes a batch.
    @FunctionalInterface
    interface Source {
        DataLoader.@Nullable Batch make(int number) throws IOException;
    }

    Prefetching(int batches, int ahead, Source source) {
        this.batches = batches;
        this.ahead = ahead;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        while (next == null && (started < batches || !running.isEmpty())) {
            while (started < batches && running.size() < Math.max(1, ahead)) {
                start();
            }
            next = result(running.remove());
        }
        return next != null;
    }

    private void start() {
        int number = started++;
        var task = new FutureTask<DataLoader.@Nullable Batch>(() -> source.make(number));
        running.add(task);
        if (ahead > 0) {
            Thread.ofVirtual().name("batch " + number).start(task);
        }
    }

    private DataLoader.@Nullable Batch result(FutureTask<DataLoader.@Nullable Batch> task) {
        if (ahead == 0) {
            task.run();
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw new UncheckedIOException(cause.getMessage(), cause);
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public DataLoader.Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DataLoader.Batch batch = next;
        next = null;
        if (batch == null) {
            throw new NoSuchElementException();
        }
        while (started < batches && running.size() < ahead) {
            start();
        }
        return batch;
    }
}
