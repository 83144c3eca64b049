package dev.lanegrad.kernels;

/// The ways to compute a convolution, and which one suits a shape.
public enum ConvAlgorithm {
    /// Every product of the definition. Serves every shape.
    DIRECT {
        @Override
        public boolean serves(ConvShape s) {
            return true;
        }
    },

    /// Winograd's F(4×4, 3×3): a quarter of the multiplications, and about five times the rounding
    /// error. Serves windows of three by three pixels, one pixel apart, over 16, 32, 48, ...
    /// channels.
    WINOGRAD {
        @Override
        public boolean serves(ConvShape s) {
            return s.kh() == 3
                    && s.kw() == 3
                    && s.strideH() == 1
                    && s.strideW() == 1
                    && s.dilationH() == 1
                    && s.dilationW() == 1
                    && s.padH() <= 2
                    && s.padW() <= 2
                    && s.groups() == 1
                    && s.c() % LANES == 0
                    && s.o() % LANES == 0
                    && s.c() * (long) s.o() <= LARGEST
                    && s.n() > 0
                    && s.outH() > 0
                    && s.outW() > 0;
        }
    };

    /// Channels that fill the vectors of every machine.
    private static final int LANES = 16;

    /// Channels below which mapping the tiles costs more than it saves.
    private static final int FEW_CHANNELS = 32;

    /// Tiles of four by four pixels below which mapping the weight costs more than it saves; a
    /// weight that the caches do not hold costs more to map.
    private static final int FEW_TILES = 4;

    private static final int FEW_TILES_OF_LARGE = 12;
    private static final int LARGE = 1 << 15;

    /// Pixels that a tile must have on average: one costs as much as four pixels cost directly, and
    /// the maps come on top.
    private static final int FEW_PIXELS = 6;

    /// Elements of a weight's window position: mapped it takes 36 times as many.
    private static final int LARGEST = 1 << 22;

    /// Whether this algorithm can compute a convolution of these sizes and its gradients.
    public abstract boolean serves(ConvShape s);

    /// The faster way for a shape, by measurement; depends on the shape alone.
    public static ConvAlgorithm fastest(ConvShape s) {
        long tiles = (long) s.n() * tiles(s.outH()) * tiles(s.outW());
        int few = s.c() * (long) s.o() < LARGE ? FEW_TILES : FEW_TILES_OF_LARGE;
        long pixels = (long) s.n() * s.outH() * s.outW();
        boolean pays =
                Math.min(s.c(), s.o()) >= FEW_CHANNELS
                        && tiles >= few
                        && pixels > FEW_PIXELS * tiles;
        return pays && WINOGRAD.serves(s) ? WINOGRAD : DIRECT;
    }

    private static int tiles(int pixels) {
        return (pixels + 3) / 4;
    }
}
