package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.Objects;

/// All stretches of a sequence of tokens, each with the tokens that follow: what a language model
/// learns from.
///
/// @param tokens `[N]`, int64
/// @param length tokens of a stretch
public record TokenWindows(Tensor tokens, int length) implements Dataset {
    /// @throws IllegalArgumentException if the tokens are not a sequence longer than a stretch
    public TokenWindows {
        if (tokens.dim() != 1
                || tokens.dtype() != DType.INT64
                || length < 1
                || tokens.size(0) <= length) {
            throw new IllegalArgumentException(
                    "tokenWindows: needs more than %d int64 tokens [N], but got %s %s"
                            .formatted(length, tokens.dtype(), tokens.shape()));
        }
    }

    @Override
    public int size() {
        return tokens.size(0) - length;
    }

    /// `[length]`, and the tokens one place on.
    @Override
    public Example get(int number) {
        Objects.checkIndex(number, size());
        return new Example(tokens.narrow(0, number, length), tokens.narrow(0, number + 1, length));
    }
}
