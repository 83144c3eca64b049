import org.jspecify.annotations.NullMarked;

/// Lanegrad: tensors with define-by-run automatic differentiation, in PyTorch's words.
@NullMarked
module dev.lanegrad {
    requires java.desktop;
    requires dev.lanegrad.kernels;
    requires jdk.jfr;
    requires static org.jspecify;

    exports dev.lanegrad;
    exports dev.lanegrad.data;
    exports dev.lanegrad.data.transforms;
    exports dev.lanegrad.io;
    exports dev.lanegrad.nn;
    exports dev.lanegrad.nn.models;
    exports dev.lanegrad.optim;
    exports dev.lanegrad.training;
}
