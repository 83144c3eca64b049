package dev.lanegrad.nn.models;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Dropout;
import dev.lanegrad.nn.Embedding;
import dev.lanegrad.nn.Init;
import dev.lanegrad.nn.LayerNorm;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ModuleDict;
import dev.lanegrad.nn.ModuleList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A language model of transformer blocks in which each token sees those before it (Radford et al.
/// 2019, GPT-2), with the names of nanoGPT's: `transformer.wte`, `transformer.h.0.attn.c_attn`, ...
///
/// ```java
/// var model = Gpt.builder(alphabet.size()).context(64).layers(4).heads(4).width(128).build();
/// Tensor loss = model.forward(tokens).flatten(0, 1).crossEntropy(next.flatten());
/// ```
public final class Gpt extends Module {
    private static final double STD = 0.02;

    private final int context;
    private final ModuleDict transformer;
    private final ModuleList blocks;
    private final @Nullable Child head;

    private Gpt(Builder b) {
        context = b.context;
        blocks =
                new ModuleList(
                        IntStream.range(0, b.layers)
                                .mapToObj(_ -> new GptBlock(b.width, b.heads, b.dropout))
                                .toArray(Module[]::new));
        Map<String, Module> parts = new LinkedHashMap<>();
        parts.put("wte", new Embedding(b.vocabulary, b.width));
        parts.put("wpe", new Embedding(b.context, b.width));
        parts.put("drop", new Dropout(b.dropout));
        parts.put("h", blocks);
        parts.put("ln_f", new LayerNorm(b.width));
        transformer = new ModuleDict(parts);
        module("transformer", transformer);
        head = b.tied ? null : module("lm_head", new Linear(b.width, b.vocabulary, false));
        initialize(STD / Math.sqrt(2.0 * b.layers));
    }

    /// A model of that many tokens.
    public static Builder builder(int vocabulary) {
        return new Builder(vocabulary);
    }

    /// The options; unset ones make a small model: 128 tokens of context, 4 layers of 4 heads, 128
    /// features, no dropout.
    public static final class Builder {
        private final int vocabulary;
        private int context = 128;
        private int layers = 4;
        private int heads = 4;
        private int width = 128;
        private double dropout;
        private boolean tied = true;

        private Builder(int vocabulary) {
            this.vocabulary = vocabulary;
        }

        /// How many tokens it sees at most.
        public Builder context(int tokens) {
            context = tokens;
            return this;
        }

        /// How many blocks it has.
        public Builder layers(int blocks) {
            layers = blocks;
            return this;
        }

        /// How many heads each block has.
        public Builder heads(int count) {
            heads = count;
            return this;
        }

        /// Features of a token.
        public Builder width(int features) {
            width = features;
            return this;
        }

        /// The share of features that training drops.
        public Builder dropout(double p) {
            dropout = p;
            return this;
        }

        /// Whether scores are products with the tokens' embeddings (the default), or a layer of
        /// their own, `lm_head`.
        public Builder tied(boolean shared) {
            tied = shared;
            return this;
        }

        /// The model, its parameters started as GPT-2's.
        ///
        /// @throws IllegalArgumentException if the heads do not divide the features
        public Gpt build() {
            return new Gpt(this);
        }
    }

    private void initialize(double projection) {
        namedModules()
                .forEach((path, m) -> {
                    if (m instanceof Linear linear) {
                        double std = path.endsWith("c_proj") ? projection : STD;
                        Init.normal_(linear.weight(), 0, std);
                        if (linear.bias() != null) {
                            Init.zeros_(linear.bias());
                        }
                    } else if (m instanceof Embedding embedding) {
                        Init.normal_(embedding.weight(), 0, STD);
                    }
                });
    }

    /// How many tokens it sees at most.
    public int context() {
        return context;
    }

    /// Scores `[N, T, vocabulary]` of what follows each of the tokens `[N, T]`, int64.
    ///
    /// @throws IllegalArgumentException if there are more tokens than the context has
    @Override
    public Tensor forward(Tensor tokens) {
        if (tokens.dim() != 2 || tokens.size(1) > context) {
            throw new IllegalArgumentException(
                    "gpt: needs tokens [N, T] with T up to %d, but got %s"
                            .formatted(context, tokens.shape()));
        }
        Embedding words = (Embedding) transformer.get("wte");
        Tensor places = Tensor.arange(tokens.size(1));
        Tensor x = words.call(tokens).add(transformer.get("wpe").call(places));
        x = transformer.get("drop").call(x);
        for (Module block : blocks.children()) {
            x = block.call(x);
        }
        x = transformer.get("ln_f").call(x);
        return head == null ? x.linear(words.weight(), null) : head.forward(x);
    }

    /// Goes on from `prompt`, token by token, drawn from the [random
    /// stream][Tensor#manualSeed(long)]; returns the new tokens. In evaluation mode.
    ///
    /// @param temperature divides the scores: towards 0 the likeliest token always, 1 as learned
    /// @param among how many of the likeliest tokens each is drawn from
    /// @throws IllegalArgumentException if the prompt is empty, or a number is not positive
    public long[] generate(long[] prompt, int count, double temperature, int among) {
        if (prompt.length == 0 || !(temperature > 0) || among < 1) {
            throw new IllegalArgumentException(
                    "generate: a prompt of %d tokens, temperature %s, among %d"
                            .formatted(prompt.length, temperature, among));
        }
        boolean training = isTraining();
        eval();
        long[] all = Arrays.copyOf(prompt, prompt.length + count);
        try (var _ = Autograd.noGrad()) {
            for (int i = prompt.length; i < all.length; i++) {
                try (var _ = Lanegrad.scope()) {
                    long[] seen = Arrays.copyOfRange(all, Math.max(0, i - context), i);
                    Tensor scores = call(Tensor.of(seen).unsqueeze(0)).select(1, -1).select(0, 0);
                    all[i] = drawn(scores.div(temperature), Math.min(among, scores.size(0)));
                }
            }
        }
        train(training);
        return Arrays.copyOfRange(all, prompt.length, all.length);
    }

    private static long drawn(Tensor scores, int among) {
        var likeliest = scores.topk(among);
        Tensor chosen = likeliest.values().softmax(0).multinomial(1, false);
        return ((Number) likeliest.indices().gather(0, chosen).item()).longValue();
    }
}
