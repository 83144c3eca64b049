package dev.lanegrad.kernels.i64;

/// What comparisons of this type must heed.
final class Order {
    private Order() {}

    static boolean isNaN(long v) {
        return false;
    }
}
