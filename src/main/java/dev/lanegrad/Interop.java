package dev.lanegrad;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.Iterator;
import java.util.stream.Stream;

/// A tensor's elements for other code: slices one by one, buffers, memory segments. Arrays share
/// memory already ([Tensor#of(float\[\], Shape)]).
public sealed interface Interop extends Iterable<Tensor> permits Tensor {
    /// The slices along axis 0, as Python iterates over a tensor: views.
    ///
    /// @throws IllegalArgumentException if there are no axes
    @Override
    default Iterator<Tensor> iterator() {
        return ForeignMemory.slices((Tensor) this).iterator();
    }

    /// The slices along axis 0, as [#iterator].
    default Stream<Tensor> slices() {
        return ForeignMemory.slices((Tensor) this).stream();
    }

    /// Puts the elements in row-major order into a buffer of their type, from its position on,
    /// which moves: `FloatBuffer` for float32, `DoubleBuffer`, `LongBuffer`, `IntBuffer`, and
    /// `ShortBuffer` for int16 and the bits of float16 and bfloat16.
    ///
    /// @throws IllegalArgumentException if the type is another or there is too little room
    default void copyTo(Buffer buffer) {
        ForeignMemory.copy((Tensor) this, buffer);
    }

    /// Fills a memory segment with the elements in row-major order and in the machine's byte order;
    /// a bool is one byte, 0 or 1.
    ///
    /// @throws IllegalArgumentException if it has not exactly as many bytes
    default void copyTo(MemorySegment segment) {
        ForeignMemory.copy((Tensor) this, segment);
    }
}
