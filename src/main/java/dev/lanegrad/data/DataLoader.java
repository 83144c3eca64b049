package dev.lanegrad.data;

import dev.lanegrad.Philox;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands out a data set in batches, as `torch.utils.data.DataLoader`.
///
/// Which examples a batch holds, and how they are changed, depends on the seed and the number of
/// the epoch alone: not on threads, nor on what was handed out before. Batches are made ahead of
/// their use, on virtual threads.
///
/// ```java
/// var loader = DataLoader.builder(Digits.train()).batchSize(64).shuffle(true).build();
/// for (var batch : loader.epoch(0)) {
///     Tensor loss = model.forward(batch.inputs()).crossEntropy(batch.targets());
/// }
/// ```
public final class DataLoader {
    /// Streams of random numbers of each epoch.
    private static final long STREAMS = 2;

    private final Dataset dataset;
    private final Builder options;
    private final Sampler sampler;

    private DataLoader(Dataset dataset, Builder options) {
        this.dataset = dataset;
        this.options = options;
        int n = dataset.size();
        sampler =
                options.sampler != null
                        ? options.sampler
                        : options.shuffle ? Sampler.shuffled(n) : Sampler.sequential(n);
    }

    /// Some examples.
    ///
    /// @param inputs `[N, ...]`, for example images `[N, C, H, W]`
    /// @param targets `[N, ...]`, for example numbers of classes `[N]`, int64
    public record Batch(Tensor inputs, Tensor targets) {
        /// How many examples it has.
        public int size() {
            return targets.size(0);
        }
    }

    /// A loader of `dataset`, by default in batches of 1, in order, inputs as stored.
    public static Builder builder(Dataset dataset) {
        return new Builder(dataset);
    }

    /// How many batches an epoch has, if none is skipped.
    public int batches() {
        int whole = sampler.size() / options.batchSize;
        boolean rest = !options.dropLast && sampler.size() % options.batchSize != 0;
        return rest ? whole + 1 : whole;
    }

    /// How many examples an epoch has, if none is skipped.
    public int examples() {
        return options.dropLast ? batches() * options.batchSize : sampler.size();
    }

    /// The batches of one pass over the data set.
    ///
    /// Its iterator throws [java.io.UncheckedIOException] if an example cannot be read, unless the
    /// loader [skips][Builder#skipBroken] those.
    ///
    /// @param number the epoch's, from 0
    public Iterable<Batch> epoch(int number) {
        long[] order = sampler.order(new Philox(options.seed).stream(STREAMS * number));
        return () -> new Prefetching(batches(), options.prefetch, b -> batch(b, number, order));
    }

    private @Nullable Batch batch(int b, int epoch, long[] order) throws IOException {
        int from = b * options.batchSize;
        int to = Math.min(order.length, from + options.batchSize);
        return new BatchMaker(dataset, options, epoch).make(order, from, to);
    }

    /// Options of a [DataLoader].
    public static final class Builder {
        private final Dataset dataset;
        private int batchSize = 1;
        private boolean shuffle;
        private boolean dropLast;
        private int prefetch = 4;
        private @Nullable Sampler sampler;
        long seed;
        Collate collate = Collate::stacked;
        @Nullable Transform transform;
        @Nullable Normalization normalization;
        @Nullable Consumer<IOException> broken;

        private Builder(Dataset dataset) {
            this.dataset = dataset;
        }

        private Builder(Builder other) {
            dataset = other.dataset;
            batchSize = other.batchSize;
            shuffle = other.shuffle;
            dropLast = other.dropLast;
            prefetch = other.prefetch;
            sampler = other.sampler;
            seed = other.seed;
            collate = other.collate;
            transform = other.transform;
            normalization = other.normalization;
            broken = other.broken;
        }

        /// How many examples a batch has.
        ///
        /// @throws IllegalArgumentException if not positive
        public Builder batchSize(int size) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "dataLoader: batch size " + size + " is not positive");
            }
            batchSize = size;
            return this;
        }

        /// Whether each epoch takes the examples in a new random order.
        public Builder shuffle(boolean wanted) {
            shuffle = wanted;
            return this;
        }

        /// Decides which examples an epoch takes, in the place of [#shuffle(boolean)]; null for
        /// all.
        public Builder sampler(@Nullable Sampler choice) {
            sampler = choice;
            return this;
        }

        /// Whether examples that do not fill the last batch are left out.
        public Builder dropLast(boolean wanted) {
            dropLast = wanted;
            return this;
        }

        /// How many batches are made ahead of their use, each on a thread of its own; 0 makes each
        /// when it is asked for.
        ///
        /// @throws IllegalArgumentException if negative
        public Builder prefetch(int batches) {
            if (batches < 0) {
                throw new IllegalArgumentException(
                        "dataLoader: " + batches + " batches ahead are fewer than none");
            }
            prefetch = batches;
            return this;
        }

        /// Decides orders and changes.
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /// Changes each input before they become a batch; null for none.
        public Builder transform(@Nullable Transform change) {
            transform = change;
            return this;
        }

        /// Turns stored images of a batch into numbers around 0; null for none.
        public Builder normalization(@Nullable Normalization numbers) {
            normalization = numbers;
            return this;
        }

        /// Makes a batch of examples; by default they are [stacked][Collate#stacked].
        public Builder collate(Collate maker) {
            collate = maker;
            return this;
        }

        /// Leaves out examples that cannot be read, so that a batch may be smaller or missing, and
        /// tells `report` why, on any thread. By default the first one ends the epoch.
        public Builder skipBroken(Consumer<IOException> report) {
            broken = report;
            return this;
        }

        /// The loader.
        public DataLoader build() {
            return new DataLoader(dataset, new Builder(this));
        }
    }
}
