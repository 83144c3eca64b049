/// Tensors, the tape and everything a user meets first.
package dev.lanegrad;
