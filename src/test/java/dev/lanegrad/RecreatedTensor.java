package dev.lanegrad;

/// Tensors that anyone can make again: every value comes from a hash of the tensor's number and the
/// element's index, computed in double and rounded once to float32.
final class RecreatedTensor {
    private RecreatedTensor() {}

    /// In [0, 1), exact in float32.
    static double unit(int tensor, int index) {
        int x = index + 0x9E3779B9 * (tensor + 1);
        x ^= x >>> 16;
        x *= 0x85EBCA6B;
        x ^= x >>> 13;
        x *= 0xC2B2AE35;
        x ^= x >>> 16;
        return (x >>> 8) / (double) (1 << 24);
    }

    /// In [−1, 1).
    static double signed(int tensor, int index) {
        return 2 * unit(tensor, index) - 1;
    }

    /// The value of entry `name`, number `tensor` of ResNet-18's state dict.
    static Tensor resNetState(String name, int tensor, Shape shape, DType dtype) {
        float[] values = new float[shape.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) resNetValue(name, shape, tensor, i);
        }
        return Tensor.of(values, shape).to(dtype);
    }

    private static double resNetValue(String name, Shape shape, int tensor, int i) {
        if (name.equals("fc.weight")) {
            return signed(tensor, i) * Math.sqrt(1 / 512.0);
        }
        if (name.equals("fc.bias")) {
            return 0.05 * signed(tensor, i);
        }
        if (shape.dim() == 4) {
            int fan = shape.size(0) * shape.size(2) * shape.size(3);
            return signed(tensor, i) * Math.sqrt(6.0 / fan);
        }
        if (name.endsWith("num_batches_tracked")) {
            return 0;
        }
        boolean spread = name.endsWith(".weight") || name.endsWith("running_var");
        return spread ? 0.75 + 0.5 * unit(tensor, i) : 0.1 * signed(tensor, i);
    }
}
