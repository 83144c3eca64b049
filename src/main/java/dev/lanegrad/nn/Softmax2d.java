package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The softmax over the channels of images `[N, C, H, W]` or of one image, as `torch.nn.Softmax2d`.
public final class Softmax2d extends Activation {
    /// The function.
    public Softmax2d() {
        super(Softmax2d::overChannels, "");
    }

    private static Tensor overChannels(Tensor x) {
        if (x.dim() != 3 && x.dim() != 4) {
            throw new IllegalArgumentException(
                    "Softmax2d: expected input to be 3D or 4D, got " + x.dim() + "D instead");
        }
        return x.softmax(-3);
    }
}
