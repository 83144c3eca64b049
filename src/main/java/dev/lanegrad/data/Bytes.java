package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/// Bytes as tensors.
final class Bytes {
    private Bytes() {}

    /// uint8 of these values.
    static Tensor tensor(byte[] values, Shape shape) {
        try (var in = Channels.newChannel(new ByteArrayInputStream(values))) {
            return Tensor.readFrom(in, DType.UINT8, shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
