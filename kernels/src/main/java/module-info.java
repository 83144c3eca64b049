import org.jspecify.annotations.NullMarked;

/// SIMD kernels on plain arrays. No tensor, no tape, no dependency.
@NullMarked
module dev.lanegrad.kernels {
    requires jdk.incubator.vector;
    requires jdk.management;
    requires static org.jspecify;

    exports dev.lanegrad.kernels;
    exports dev.lanegrad.kernels.any;
}
