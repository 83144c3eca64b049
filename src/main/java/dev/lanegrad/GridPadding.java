package dev.lanegrad;

/// What a grid reads at places outside of an image.
public enum GridPadding {
    /// 0.
    ZEROS,
    /// The nearest pixel of the border.
    BORDER,
    /// The pixel at the place mirrored at the borders, as often as it takes.
    REFLECTION
}
