package dev.lanegrad.data;

import dev.lanegrad.Philox;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Hands out a data set in batches.
///
/// Which images a batch holds, and how they are changed, depends on the seed and the number of the
/// epoch alone: not on threads, nor on what was handed out before.
///
/// ```java
/// var loader = DataLoader.builder(Digits.train()).batchSize(64).shuffle(true).build();
/// for (var batch : loader.epoch(0)) {
///     Tensor loss = model.forward(batch.images()).crossEntropy(batch.labels());
/// }
/// ```
public final class DataLoader {
    private final Dataset dataset;
    private final Builder options;

    private DataLoader(Dataset dataset, Builder options) {
        this.dataset = dataset;
        this.options = options;
    }

    /// Some images with their labels.
    ///
    /// @param images `[N, C, H, W]`
    /// @param labels `[N]`, int64
    public record Batch(Tensor images, Tensor labels) {}

    /// A loader of `dataset`, by default in batches of 1, in order, images as stored.
    public static Builder builder(Dataset dataset) {
        return new Builder(dataset);
    }

    /// How many batches an epoch has.
    public int batches() {
        int whole = dataset.size() / options.batchSize;
        boolean rest = !options.dropLast && dataset.size() % options.batchSize != 0;
        return rest ? whole + 1 : whole;
    }

    /// The batches of one pass over the data set, each made when it is asked for.
    public Iterable<Batch> epoch(int number) {
        Philox random = new Philox(options.seed);
        long[] order =
                options.shuffle
                        ? Order.shuffled(dataset.size(), random.stream(2L * number))
                        : LongStream.range(0, dataset.size()).toArray();
        Philox changes = random.stream(2L * number + 1);
        return () -> batches(order, changes);
    }

    private Iterator<Batch> batches(long[] order, Philox changes) {
        int size = options.batchSize;
        return IntStream.range(0, batches())
                .mapToObj(b ->
                        Arrays.copyOfRange(order, b * size, Math.min(order.length, (b + 1) * size)))
                .map(numbers -> batch(numbers, changes))
                .iterator();
    }

    private Batch batch(long[] numbers, Philox changes) {
        Dataset stored = dataset.select(numbers);
        Tensor images = stored.images();
        if (options.augmentation != null) {
            images = options.augmentation.apply(images, numbers, changes);
        }
        if (options.normalization != null) {
            images = options.normalization.apply(images);
        }
        return new Batch(images, stored.labels());
    }

    /// Options of a [DataLoader].
    public static final class Builder {
        private final Dataset dataset;
        private int batchSize = 1;
        private boolean shuffle;
        private boolean dropLast;
        private long seed;
        private @Nullable Augmentation augmentation;
        private @Nullable Normalization normalization;

        private Builder(Dataset dataset) {
            this.dataset = dataset;
        }

        private Builder(Builder other) {
            dataset = other.dataset;
            batchSize = other.batchSize;
            shuffle = other.shuffle;
            dropLast = other.dropLast;
            seed = other.seed;
            augmentation = other.augmentation;
            normalization = other.normalization;
        }

        /// How many images a batch has.
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

        /// Whether each epoch takes the images in a new random order.
        public Builder shuffle(boolean wanted) {
            shuffle = wanted;
            return this;
        }

        /// Whether images that do not fill the last batch are left out.
        public Builder dropLast(boolean wanted) {
            dropLast = wanted;
            return this;
        }

        /// Decides orders and changes.
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /// Changes images before they are normalized; null for none.
        public Builder augmentation(@Nullable Augmentation change) {
            augmentation = change;
            return this;
        }

        /// Turns stored images into numbers around 0; null for none.
        public Builder normalization(@Nullable Normalization numbers) {
            normalization = numbers;
            return this;
        }

        /// The loader.
        public DataLoader build() {
            return new DataLoader(dataset, new Builder(this));
        }
    }
}
