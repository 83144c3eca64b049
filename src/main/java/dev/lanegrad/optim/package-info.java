/// Optimizers and schedules of the learning rate, in PyTorch's words.
package dev.lanegrad.optim;
