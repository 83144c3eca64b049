package dev.lanegrad.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A tensor that a pickle describes.
///
/// @param offset where its first element lies in the storage
/// @param parameter whether it is one of a module
record PickledTensor(
        PickledStorage storage,
        long offset,
        long[] sizes,
        long[] strides,
        boolean requiresGrad,
        boolean parameter) {
    /// Why there is no such tensor; null if there is.
    @Nullable String fault(int maxAxes, long maxElements) {
        if (sizes.length != strides.length || sizes.length > maxAxes) {
            return "a tensor has %d sizes, %d strides and at most %d axes"
                    .formatted(sizes.length, strides.length, maxAxes);
        }
        long elements = 1;
        long last = offset;
        boolean sound = offset >= 0;
        for (int axis = 0; axis < sizes.length && sound; axis++) {
            long size = sizes[axis];
            long stride = strides[axis];
            sound = size >= 0 && size <= maxElements && stride >= 0 && stride <= maxElements;
            if (sound) {
                elements *= size;
                last += Math.max(0, size - 1) * stride;
                sound = elements <= maxElements && last >= 0;
            }
        }
        boolean fits = elements == 0 ? offset <= storage.elements() : last < storage.elements();
        if (!sound || !fits) {
            return "a tensor of size %s, strides %s and offset %d does not lie in storage %s, which has %d elements"
                    .formatted(
                            text(sizes),
                            text(strides),
                            offset,
                            Names.quote(storage.key),
                            storage.elements());
        }
        return null;
    }

    private static String text(long[] numbers) {
        return Arrays.toString(numbers);
    }
}
