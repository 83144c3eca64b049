package dev.lanegrad.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The bytes of elements whose most significant byte comes first, turned round. It is read by whole
/// elements.
///
/// @param source fills the buffer in each read
/// @param width bytes of an element
record SwappedChannel(ReadableByteChannel source, int width) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer to) throws IOException {
        int start = to.position();
        int n = source.read(to);
        for (int at = start; at + width <= to.position(); at += width) {
            for (int i = at, j = at + width - 1; i < j; i++, j--) {
                byte low = to.get(i);
                to.put(i, to.get(j));
                to.put(j, low);
            }
        }
        return n;
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
