package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.Alphabet;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.TokenWindows;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.training.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;

class GptTest {
    private static Gpt small(boolean tied) {
        Tensor.manualSeed(3);
        return Gpt.builder(11).context(6).layers(2).heads(2).width(8).tied(tied).build();
    }

    /// The small GPT-2 has 124,439,808 parameters; by the same rule this one.
    @Test
    void partsHaveNanoGptsNames() {
        int block = 12 * 8 * 8 + 13 * 8;
        int tied = 11 * 8 + 6 * 8 + 2 * block + 2 * 8;
        Gpt model = small(true);
        assertEquals(tied, model.parameters().stream().mapToInt(Tensor::numel).sum());
        assertEquals(
                List.of(
                        "transformer.wte.weight",
                        "transformer.wpe.weight",
                        "transformer.h.0.ln_1.weight",
                        "transformer.h.0.ln_1.bias",
                        "transformer.h.0.attn.c_attn.weight",
                        "transformer.h.0.attn.c_attn.bias",
                        "transformer.h.0.attn.c_proj.weight",
                        "transformer.h.0.attn.c_proj.bias",
                        "transformer.h.0.ln_2.weight",
                        "transformer.h.0.ln_2.bias",
                        "transformer.h.0.mlp.c_fc.weight"),
                List.copyOf(model.stateDict().keySet()).subList(0, 11));
        assertFalse(model.stateDict().containsKey("lm_head.weight"));
        assertEquals(Shape.of(11, 8), small(false).stateDict().get("lm_head.weight").shape());
    }

    @Test
    void noTokenSeesALaterOne() {
        Gpt model = small(false);
        Tensor a = model.forward(Tensor.of(new long[][] {{1, 2, 3, 4, 5}}));
        Tensor b = model.forward(Tensor.of(new long[][] {{1, 2, 3, 9, 0}}));
        assertEquals(Shape.of(1, 5, 11), a.shape());
        assertTrue(a.narrow(1, 0, 3).equal(b.narrow(1, 0, 3)));
        assertFalse(a.narrow(1, 3, 1).allclose(b.narrow(1, 3, 1)));
    }

    @Test
    void aSequenceIsLearnedAndGoneOnWith() {
        Alphabet letters = Alphabet.of("abcdef. ");
        Tensor tokens = letters.encode("abc def. ".repeat(30));
        Tensor.manualSeed(0);
        Gpt model = Gpt.builder(letters.size()).context(12).layers(1).heads(2).width(32).build();
        var trainer =
                Trainer.builder(
                                model,
                                AdamW.builder(model.parameters()).lr(1e-2).build(),
                                (scores, next) -> scores.flatten(0, 1).crossEntropy(next.flatten()))
                        .build();
        var loader =
                DataLoader.builder(new TokenWindows(tokens, 12))
                        .batchSize(16)
                        .shuffle(true)
                        .build();
        double loss = 0;
        for (int epoch = 0; epoch < 6; epoch++) {
            loss = trainer.train(loader.epoch(epoch)).get("loss");
        }
        assertTrue(loss < 0.3, "loss " + loss);
        long[] more = model.generate(letters.encode("abc d").toLongArray(), 13, 0.1, 3);
        assertEquals("ef. abc def. ", letters.decode(more));
        assertTrue(model.isTraining());
    }

    @Test
    void wrongUseIsRefusedWithTheNumbers() {
        Gpt model = small(true);
        assertEquals(
                "gpt: needs tokens [N, T] with T up to 6, but got [1, 7]",
                message(() -> model.forward(Tensor.zeros(1, 7))));
        assertEquals(
                "gpt: 8 features are not divisible by 3 heads",
                message(() -> Gpt.builder(5).width(8).heads(3).build()));
        assertEquals(
                "generate: a prompt of 0 tokens, temperature 1.0, among 5",
                message(() -> model.generate(new long[0], 1, 1, 5)));
        assertEquals(
                "alphabet: no character 'x' in \"ab\"",
                message(() -> Alphabet.of("abba").encode("x")));
        assertEquals(
                "tokenWindows: needs more than 3 int64 tokens [N], but got int64 [3]",
                message(() -> new TokenWindows(Tensor.arange(3), 3)));
    }

    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }

    @Test
    void windowsAreFollowedByTheNextTokens() {
        TokenWindows windows = new TokenWindows(Tensor.arange(10).mul(2), 3);
        assertEquals(7, windows.size());
        assertArrayEquals(new long[] {12, 14, 16}, windows.get(6).input().toLongArray());
        assertArrayEquals(new long[] {14, 16, 18}, windows.get(6).target().toLongArray());
    }
}
