package dev.lanegrad;

/// How a view came to be, as far as that limits recorded writes to it.
enum ViewOrigin {
    /// By an operation that could be recorded.
    RECORDING,
    /// Inside [Autograd#noGrad].
    NO_GRAD,
    /// Inside [Autograd#inferenceMode()].
    INFERENCE,
    /// As one of many views that one operation returned.
    ONE_OF_MANY,
    /// As the output of a [Function].
    CUSTOM;

    /// The origin of a view made now.
    static ViewOrigin now() {
        Modes modes = Modes.current();
        return modes.inference ? INFERENCE : modes.grad ? RECORDING : NO_GRAD;
    }

    /// The origin of a view with this origin of one that has the origin `earlier`.
    ViewOrigin after(ViewOrigin earlier) {
        return earlier == RECORDING ? this : earlier;
    }

    /// PyTorch's sentences why a recorded write to the view is refused.
    ///
    /// @param maker the operation that made the view, null if that was not recorded
    /// @param outputNr which of its outputs the view is
    /// @param others whether it is the base, or another view of it, that was written to
    String refusal(@org.jspecify.annotations.Nullable Node maker, int outputNr, boolean others) {
        String written = others ? "its base or another view of its base has been" : "is being";
        String output =
                maker == null
                        ? ""
                        : "Output " + outputNr + " of " + maker.operation() + " is a view";
        boolean unrecorded = this == NO_GRAD || this == INFERENCE || maker == null;
        String first =
                unrecorded
                        ? (maker == null ? "A view was" : output + " of a view which was")
                                + " created in "
                                + (this == INFERENCE ? "inference" : "no_grad")
                                + " mode and "
                                + written
                                + " modified inplace with grad mode enabled."
                        : output + " and " + written + " modified inplace.";
        return first + " " + reason();
    }

    private String reason() {
        return switch (this) {
            case RECORDING -> throw new AssertionError("such a view may be written to");
            case NO_GRAD, INFERENCE -> ambiguous(this == NO_GRAD ? "no_grad" : "inference_mode");
            case ONE_OF_MANY ->
                    "This view is the output of a function that returns multiple views. Such"
                            + " functions do not allow the output views to be modified inplace. You"
                            + " should replace the inplace operation by an out-of-place one.";
            case CUSTOM ->
                    "This view was created inside a custom Function (or because an input was"
                            + " returned as-is) and the autograd logic to handle view+inplace would"
                            + " override the custom backward associated with the custom Function,"
                            + " leading to incorrect gradients. This behavior is forbidden. You can"
                            + " fix this by cloning the output of the custom Function.";
        };
    }

    private static String ambiguous(String block) {
        return "Given that this use case is ambiguous and error-prone, it is forbidden. You can"
                + " clarify your code by moving both the view and the inplace either both inside"
                + " the "
                + block
                + " block (if you don't want the inplace to be tracked) or both outside (if you"
                + " want the inplace to be tracked).";
    }
}
