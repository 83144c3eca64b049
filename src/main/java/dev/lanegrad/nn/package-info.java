/// Modules: networks as trees of parts with parameters, in PyTorch's words.
///
/// A module holds parameters, buffers and child modules under names; the path of a name through the
/// tree (`layer4.1.conv2.weight`) is its key in the state dict. Modules compute with tensor
/// operations only.
package dev.lanegrad.nn;
