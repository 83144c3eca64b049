/// A training loop, and its parts for loops of one's own: metrics, averages of weights, early
/// stopping, checkpoints, logs and curves. Nothing here must be inherited from.
package dev.lanegrad.training;
