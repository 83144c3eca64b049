package dev.lanegrad.nn.models;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Dropout;
import dev.lanegrad.nn.GELU;
import dev.lanegrad.nn.LayerNorm;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;

/// Causal attention, then two linear layers, each on normalized features and added to what it was
/// given.
final class GptBlock extends Module {
    private final Child norm1;
    private final Child attention;
    private final Child norm2;
    private final Child mlp;

    GptBlock(int width, int heads, double dropout) {
        norm1 = module("ln_1", new LayerNorm(width));
        attention = module("attn", new Attention(width, heads, dropout));
        norm2 = module("ln_2", new LayerNorm(width));
        mlp = module("mlp", new Mlp(width, dropout));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x.add(attention.forward(norm1.forward(x)));
        return y.add(mlp.forward(norm2.forward(y)));
    }

    private static final class Attention extends Module {
        private final int heads;
        private final Child in;
        private final Child out;
        private final Child dropout;

        Attention(int width, int heads, double p) {
            if (heads < 1 || width % heads != 0) {
                throw new IllegalArgumentException(
                        "gpt: %d features are not divisible by %d heads".formatted(width, heads));
            }
            this.heads = heads;
            in = module("c_attn", new Linear(width, 3 * width));
            out = module("c_proj", new Linear(width, width));
            dropout = module("resid_dropout", new Dropout(p));
        }

        /// `[N, T, C]`
        @Override
        public Tensor forward(Tensor x) {
            int n = x.size(0);
            int t = x.size(1);
            int width = x.size(2);
            Tensor all = in.forward(x).view(n, t, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
            Tensor y =
                    all.select(0, 0)
                            .scaledDotProductAttention(
                                    all.select(0, 1), all.select(0, 2), null, true);
            y = y.transpose(1, 2).reshape(n, t, width);
            return dropout.forward(out.forward(y));
        }
    }

    private static final class Mlp extends Module {
        private final Child wide;
        private final Child gelu;
        private final Child narrow;
        private final Child dropout;

        Mlp(int width, double p) {
            wide = module("c_fc", new Linear(width, 4 * width));
            gelu = module("gelu", new GELU());
            narrow = module("c_proj", new Linear(4 * width, width));
            dropout = module("dropout", new Dropout(p));
        }

        @Override
        public Tensor forward(Tensor x) {
            return dropout.forward(narrow.forward(gelu.forward(wide.forward(x))));
        }
    }
}
