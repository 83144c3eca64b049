package dev.lanegrad.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads, changes and collects the examples of one batch.
record BatchMaker(Dataset dataset, DataLoader.Builder options, int epoch) {
    /// The batch of the examples that `order` names from `from` to `to`; null if none could be
    /// read.
    DataLoader.@Nullable Batch make(long[] order, int from, int to) throws IOException {
        if (dataset instanceof TensorDataset t && options.transform == null) {
            TensorDataset part = t.subset(Arrays.copyOfRange(order, from, to));
            return normalized(new DataLoader.Batch(part.inputs(), part.targets()));
        }
        List<Example> examples = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            Example example = read((int) order[i]);
            if (example != null) {
                examples.add(example);
            }
        }
        return examples.isEmpty() ? null : normalized(options.collate.batch(examples));
    }

    private @Nullable Example read(int number) throws IOException {
        Example stored;
        try {
            stored = dataset.get(number);
        } catch (IOException e) {
            Consumer<IOException> report = options.broken;
            if (report == null) {
                throw e;
            }
            report.accept(e);
            return null;
        }
        Transform transform = options.transform;
        return transform == null
                ? stored
                : new Example(
                        transform.apply(
                                stored.input(), new ExampleRandom(options.seed, epoch, number)),
                        stored.target());
    }

    private DataLoader.Batch normalized(DataLoader.Batch batch) {
        Normalization normalization = options.normalization;
        return normalization == null
                ? batch
                : new DataLoader.Batch(normalization.apply(batch.inputs()), batch.targets());
    }
}
