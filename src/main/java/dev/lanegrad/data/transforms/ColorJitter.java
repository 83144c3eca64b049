package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// Changes brightness, contrast, saturation and hue of a picture in red, green and blue, in random
/// order. Each factor is within that distance of 1; the hue turns by up to its share of the circle.
/// In a picture of one channel brightness and contrast change alone.
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
        implements Transform {
    private static final int KINDS = 4;

    /// @throws IllegalArgumentException if a distance is negative, or the hue's above one half
    public ColorJitter {
        if (!(brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException(
                    "colorJitter: brightness %s, contrast %s, saturation %s, hue %s"
                            .formatted(brightness, contrast, saturation, hue));
        }
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "colorJitter");
        int[] order = new int[KINDS];
        for (int i = 0; i < KINDS; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        float brighter = factor(brightness, random);
        float contrasted = factor(contrast, random);
        float saturated = factor(saturation, random);
        double turn = (2 * random.nextDouble() - 1) * hue;
        for (int kind : order) {
            switch (kind) {
                case 0 -> mix(p, 0, brighter);
                case 1 -> mix(p, meanBrightness(p), contrasted);
                case 2 -> saturate(p, saturated);
                default -> turnHue(p, turn);
            }
        }
        return p.tensor();
    }

    private static float factor(double distance, RandomGenerator random) {
        double low = Math.max(0, 1 - distance);
        return (float) (low + random.nextDouble() * (1 + distance - low));
    }

    /// `factor` times the picture, and the rest of 1 of an even one.
    private static void mix(Pixels p, float even, float factor) {
        float[] x = p.values();
        for (int i = 0; i < x.length && factor != 1; i++) {
            x[i] = Math.max(0, Math.min(p.white(), x[i] * factor + even * (1 - factor)));
        }
    }

    /// The brightness of the pixel `i`, counted in one channel.
    static float brightness(Pixels p, int i) {
        int n = p.height() * p.width();
        float[] x = p.values();
        return 0.2989f * x[i] + 0.587f * x[n + i] + 0.114f * x[2 * n + i];
    }

    private static float meanBrightness(Pixels p) {
        int n = p.height() * p.width();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += p.channels() == 3 ? brightness(p, i) : p.values()[i];
        }
        return (float) (sum / n);
    }

    private static void saturate(Pixels p, float factor) {
        int n = p.height() * p.width();
        for (int i = 0; i < n && p.channels() == 3 && factor != 1; i++) {
            float gray = brightness(p, i);
            for (int at = i; at < 3 * n; at += n) {
                float value = p.values()[at] * factor + gray * (1 - factor);
                p.values()[at] = Math.max(0, Math.min(p.white(), value));
            }
        }
    }

    private static void turnHue(Pixels p, double turn) {
        int n = p.height() * p.width();
        float[] x = p.values();
        for (int i = 0; i < n && p.channels() == 3 && turn != 0; i++) {
            float red = x[i];
            float green = x[n + i];
            float blue = x[2 * n + i];
            float high = Math.max(red, Math.max(green, blue));
            float spread = high - Math.min(red, Math.min(green, blue));
            if (spread > 0) {
                double sector =
                        high == red
                                ? (green - blue) / spread
                                : high == green
                                        ? 2 + (blue - red) / spread
                                        : 4 + (red - green) / spread;
                double turned = sector + 6 * turn;
                x[i] = channel(turned + 5, high, spread);
                x[n + i] = channel(turned + 3, high, spread);
                x[2 * n + i] = channel(turned + 1, high, spread);
            }
        }
    }

    /// A channel of the colour of that hue, in sixths of the circle from where the channel's own
    /// fifth sixth begins.
    private static float channel(double sector, float high, float spread) {
        double k = sector - 6 * Math.floor(sector / 6);
        return (float) (high - spread * Math.max(0, Math.min(Math.min(k, 4 - k), 1)));
    }
}
