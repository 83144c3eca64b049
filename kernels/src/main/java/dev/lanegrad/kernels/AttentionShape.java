package dev.lanegrad.kernels;

/// Sizes of an attention: queries `[batch, heads, l, d]`, keys `[batch, heads, s, d]`, values
/// `[batch, heads, s, e]`.
public record AttentionShape(int batch, int heads, int l, int s, int d, int e) {}
