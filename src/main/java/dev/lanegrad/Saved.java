package dev.lanegrad;

/// A tensor that an operation keeps alive for its backward, with the version it had then.
final class Saved {
    private final Tensor tensor;
    private final int version;

    /// Whether it had a history when it was saved; an output of the operation has none yet.
    private final boolean history;

    private Saved(Tensor tensor) {
        this.tensor = tensor;
        this.version = tensor.version().value();
        this.history = tensor.requiresGrad();
    }

    /// @throws IllegalStateException if it is an inference tensor, with PyTorch's sentence
    static Saved of(Tensor tensor) {
        if (tensor.isInference() && Modes.current().grad) {
            throw new IllegalStateException(
                    "Inference tensors cannot be saved for backward. Please do not use Tensors"
                            + " created in inference mode in computation tracked by autograd. To"
                            + " work around this, you can make a clone to get a normal tensor and"
                            + " use it in autograd, or use `no_grad()` instead of"
                            + " `inference_mode()`.");
        }
        return new Saved(tensor);
    }

    /// The tensor as it was.
    ///
    /// @throws IllegalStateException if it was written to in place since, with PyTorch's sentence
    Tensor get() {
        int now = tensor.version().value();
        if (now != version) {
            Node fn = tensor.gradFn();
            Node saver = Modes.current().differentiating;
            if (fn != null && !history && saver != null) {
                fn = saver;
            }
            String origin =
                    fn == null
                            ? ""
                            : ", which is output "
                                    + tensor.outputNr()
                                    + " of "
                                    + fn.operation()
                                    + ",";
            throw new IllegalStateException(
                    "one of the variables needed for gradient computation has been modified by an"
                            + " inplace operation: ["
                            + tensor.typeName()
                            + " "
                            + tensor.shape()
                            + "]"
                            + origin
                            + " is at version "
                            + now
                            + "; expected version "
                            + version
                            + " instead. Hint: enable anomaly detection to find the operation that"
                            + " failed to compute its gradient, with"
                            + " autograd.set_detect_anomaly(True, check_nan=False).");
        }
        return tensor;
    }

    /// The tensor as it is now.
    Tensor peek() {
        return tensor;
    }

    /// Bytes that keeping the tensor holds.
    long bytes() {
        return (long) tensor.numel() * tensor.dtype().bytes();
    }
}
