package dev.lanegrad;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What is allowed but hardly meant, in PyTorch's words.
final class Warnings {
    private static final AtomicReference<Consumer<String>> RECEIVER =
            new AtomicReference<>(Warnings::log);

    /// What was logged already: like Python, the log says the same only once.
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private static final int MOST_LOGGED = 1000;

    private Warnings() {}

    static Consumer<String> to(Consumer<String> receiver) {
        return RECEIVER.getAndSet(receiver);
    }

    static void warn(String text) {
        RECEIVER.get().accept(text);
    }

    private static void log(String text) {
        if (LOGGED.size() >= MOST_LOGGED || !LOGGED.add(text)) {
            return;
        }
        System.getLogger("dev.lanegrad").log(System.Logger.Level.WARNING, text);
    }

    static void gradOfNonLeaf() {
        warn(
                "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its"
                        + " .grad attribute won't be populated during autograd.backward(). If you"
                        + " indeed want the .grad field to be populated for a non-leaf Tensor, use"
                        + " .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by"
                        + " mistake, make sure you access the leaf Tensor instead. See"
                        + " github.com/pytorch/pytorch/pull/30531 for more information.");
    }
}
