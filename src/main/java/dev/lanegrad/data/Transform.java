package dev.lanegrad.data;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/// A change of one input, as a rule of a picture `[C, H, W]`; see `dev.lanegrad.data.transforms`.
@FunctionalInterface
public interface Transform {
    /// The changed input; the given one stays as it is.
    ///
    /// @param random decides what is left to chance; of each example and epoch its own
    Tensor apply(Tensor x, RandomGenerator random);

    /// Several changes, one after the other, as `Compose` in torchvision.
    static Transform of(Transform... changes) {
        return new InOrder(List.of(changes));
    }

    /// The input after all of `changes`.
    record InOrder(List<Transform> changes) implements Transform {
        /// Keeps a copy of the list.
        public InOrder {
            changes = List.copyOf(changes);
        }

        @Override
        public Tensor apply(Tensor x, RandomGenerator random) {
            Tensor y = x;
            for (Transform change : changes) {
                y = change.apply(y, random);
            }
            return y;
        }
    }
}
