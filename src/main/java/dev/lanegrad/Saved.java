package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// A tensor that an operation keeps alive for its backward, with the version it had then; or what
/// [Autograd#savedTensorsHooks] has made of it, and where its gradient goes.
final class Saved {
    /// What is kept, unless it is packed.
    private final @Nullable Tensor tensor;

    private final SavedHooks.@Nullable Packed<?> packed;
    private final OutputInfo info;
    private final int version;

    /// Whether it had a history when it was saved; an output of the operation has none yet.
    private final boolean history;

    /// Where the gradient of a packed tensor goes.
    private @Nullable Edge edge;

    /// What else was packed of a tensor that waits for its history.
    private final @Nullable Saved before;

    private Saved(Tensor tensor, @Nullable SavedHooks<?> hooks) {
        this.info = OutputInfo.of(tensor);
        this.version = tensor.version().value();
        this.history = tensor.requiresGrad();
        if (hooks == null) {
            this.tensor = tensor;
            this.packed = null;
            this.before = null;
        } else {
            this.tensor = null;
            this.packed = hooks.packed(tensor);
            this.edge = tensor.gradientEdge();
            this.before = history ? null : tensor.awaitHistory(this);
        }
    }

    /// A tensor that was unpacked, with the version that it has now.
    static Saved unpacked(Tensor tensor) {
        return new Saved(tensor, null);
    }

    /// @throws IllegalStateException if it is an inference tensor, with PyTorch's sentence
    static Saved of(Tensor tensor) {
        Modes modes = Modes.current();
        if (tensor.isInference() && modes.grad) {
            throw new IllegalStateException(
                    "Inference tensors cannot be saved for backward. Please do not use Tensors"
                            + " created in inference mode in computation tracked by autograd. To"
                            + " work around this, you can make a clone to get a normal tensor and"
                            + " use it in autograd, or use `no_grad()` instead of"
                            + " `inference_mode()`.");
        }
        return new Saved(tensor, modes.level == null ? modes.savedHooks : null);
    }

    /// The tensor as it was.
    ///
    /// @throws IllegalStateException if it was written to in place since, with PyTorch's sentence
    Tensor get() {
        Tensor kept = tensor;
        if (kept == null) {
            return unpack();
        }
        if (kept.version().value() != version) {
            throw modified(kept);
        }
        return kept;
    }

    /// Where to look for what is kept, if it is not here but with a checkpoint.
    Saved @Nullable [] elsewhere() {
        return packed != null && packed.value() instanceof SecondRun.Place place
                ? place.inputs()
                : null;
    }

    private Tensor unpack() {
        Tensor y = java.util.Objects.requireNonNull(packed).unpack().detach();
        if (!info.equals(OutputInfo.of(y))) {
            throw new IllegalStateException(
                    "saved tensor hooks: packed was %s %s, but unpacked is %s %s"
                            .formatted(info.dtype(), info.shape(), y.dtype(), y.shape()));
        }
        if (edge != null) {
            y.setHistory(edge.node(), edge.outputNr());
        }
        return y;
    }

    private IllegalStateException modified(Tensor kept) {
        Node fn = kept.gradFn();
        Node saver = Modes.current().differentiating;
        if (fn != null && !history && saver != null) {
            fn = saver;
        }
        String origin =
                fn == null
                        ? ""
                        : ", which is output " + kept.outputNr() + " of " + fn.operation() + ",";
        return kept.version()
                .explained(
                        "one of the variables needed for gradient computation has been modified by"
                                + " an inplace operation: ["
                                + kept.typeName()
                                + " "
                                + kept.shape()
                                + "]"
                                + origin
                                + " is at version "
                                + kept.version().value()
                                + "; expected version "
                                + version
                                + " instead. ");
    }

    /// The tensor as it is now, or what it was packed into if that is a tensor.
    @Nullable Tensor peek() {
        if (tensor != null || packed == null) {
            return tensor;
        }
        return switch (packed.value()) {
            case Tensor t -> t;
            case SaveOn.InMemory t -> t.tensor();
            case null, default -> null;
        };
    }

    /// Bytes that keeping the tensor holds.
    long bytes() {
        Tensor t = peek();
        return t == null ? 0 : (long) t.numel() * t.dtype().bytes();
    }

    // ------------------------------------------------------------ packed outputs

    /// Tells a packed output of an operation which one it is.
    void outputOf(Node node, int outputNr) {
        edge = new Edge(node, outputNr);
    }

    /// What was packed of the same tensor before.
    @Nullable Saved before() {
        return before;
    }
}
