package dev.lanegrad;

/// Counts the in-place writes to a storage; shared by a tensor, its views and what was detached
/// from it.
final class Version {
    private int value;

    int value() {
        return value;
    }

    void bump() {
        value++;
    }
}
