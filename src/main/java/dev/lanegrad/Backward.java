package dev.lanegrad;

/// The derivative of one recorded operation. Implementations are records, named as PyTorch names
/// the node, whose components are exactly what the operation keeps alive.
interface Backward {
    /// PyTorch's name of the node, for example `MulBackward0`.
    default String name() {
        return getClass().getSimpleName();
    }

    /// Computes the gradients of the inputs from those of the outputs, for the inputs that need
    /// them.
    ///
    /// Must not hold on to a gradient beyond the call. Written in tensor operations, it can itself
    /// be recorded; where one pass of a kernel does the same, it asks [Gradients#recording] first.
    void backward(Gradients g);

    /// Whether tensors are kept, so that a second backward needs `retainGraph` in the first.
    default boolean keepsTensors() {
        return true;
    }
}
