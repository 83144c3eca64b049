package dev.lanegrad.kernels.f32;

/// What comparisons of this type must heed.
final class Order {
    private Order() {}

    static boolean isNaN(float v) {
        return Float.isNaN(v);
    }
}
