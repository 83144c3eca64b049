package dev.lanegrad.cli;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.Dataset;
import dev.lanegrad.data.TensorDataset;
import dev.lanegrad.nn.Identity;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A frozen network whose last layer is replaced and learns.
final class FineTuning {
    private static final int PICTURE_BATCH = 16;
    private static final int BATCH = 32;
    private static final double MOMENTUM = 0.9;
    private static final String HEAD = "fc";

    private final ResNet network;
    private final Linear head;
    private final DataLoader train;
    private final TensorDataset test;
    private final Map<String, Tensor> before = new LinkedHashMap<>();
    private final SGD optimizer;

    /// @param parts pictures to learn from, and to test with
    FineTuning(Classifier pretrained, int classes, List<Dataset> parts, double lr, long seed) {
        network = pretrained.network();
        network.freeze();
        network.stateDict()
                .forEach((name, t) -> {
                    if (!name.startsWith(HEAD + ".")) {
                        before.put(name, t.clone());
                    }
                });
        network.replace(HEAD, new Identity());
        train =
                DataLoader.builder(features(parts.getFirst(), pretrained))
                        .batchSize(BATCH)
                        .shuffle(true)
                        .seed(seed)
                        .build();
        test = features(parts.getLast(), pretrained);
        head = new Linear(test.inputs().size(1), classes);
        network.replace(HEAD, head);
        optimizer = SGD.builder(head.parameters()).lr(lr).momentum(MOMENTUM).build();
    }

    /// What the frozen layers make of pictures: it is the same in every epoch.
    private TensorDataset features(Dataset pictures, Classifier pretrained) {
        List<Tensor> features = new ArrayList<>();
        List<Tensor> labels = new ArrayList<>();
        DataLoader loader =
                DataLoader.builder(pictures)
                        .transform(pretrained.preparation())
                        .batchSize(PICTURE_BATCH)
                        .build();
        for (DataLoader.Batch batch : loader.epoch(0)) {
            try (var _ = Lanegrad.scope();
                    var _ = Autograd.noGrad()) {
                features.add(network.forward(batch.inputs()).keep());
                labels.add(batch.targets().keep());
            }
        }
        return new TensorDataset(Tensor.cat(features, 0), Tensor.cat(labels, 0));
    }

    ResNet network() {
        return network;
    }

    /// One pass over the pictures; returns the mean loss.
    ///
    /// @param number from 1
    double epoch(int number) {
        double sum = 0;
        for (DataLoader.Batch batch : train.epoch(number - 1)) {
            try (var _ = Lanegrad.scope()) {
                Tensor loss = head.forward(batch.inputs()).crossEntropy(batch.targets());
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                sum += ((Number) loss.item()).doubleValue() * batch.size();
            }
        }
        return sum / train.examples();
    }

    double testAccuracy() {
        try (var _ = Lanegrad.scope();
                var _ = Autograd.noGrad()) {
            Tensor right = head.forward(test.inputs()).argmax(1).eq(test.targets()).sum();
            return ((Number) right.item()).doubleValue() / test.size();
        }
    }

    /// The number of values that were to stay as they were, and did.
    ///
    /// @throws IllegalStateException if one moved
    long checkFrozen() {
        long values = 0;
        Map<String, Tensor> now = network.stateDict();
        for (var e : before.entrySet()) {
            Tensor t = now.getOrDefault(e.getKey(), e.getValue().add(1));
            if (!t.equal(e.getValue())) {
                throw new IllegalStateException("finetune: " + e.getKey() + " is not frozen");
            }
            values += t.numel();
        }
        return values;
    }
}
