package dev.lanegrad.data;

import dev.lanegrad.Tensor;
import java.util.stream.LongStream;

/// Characters as tokens: each is the number of its place among those that a text has.
///
/// @param characters each once
public record Alphabet(String characters) {
    /// The characters of a text, in order.
    public static Alphabet of(String text) {
        return new Alphabet(
                text.codePoints()
                        .sorted()
                        .distinct()
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString());
    }

    /// How many characters there are.
    public int size() {
        return characters.codePointCount(0, characters.length());
    }

    /// The tokens of a text, int64 `[N]`.
    ///
    /// @throws IllegalArgumentException if a character is not of this alphabet
    public Tensor encode(String text) {
        int[] known = characters.codePoints().toArray();
        return Tensor.of(
                text.codePoints()
                        .mapToLong(c -> {
                            for (int i = 0; i < known.length; i++) {
                                if (known[i] == c) {
                                    return i;
                                }
                            }
                            throw new IllegalArgumentException(
                                    "alphabet: no character '%s' in \"%s\""
                                            .formatted(Character.toString(c), characters));
                        })
                        .toArray());
    }

    /// The text of tokens.
    ///
    /// @throws IndexOutOfBoundsException if there is no such character
    public String decode(long... tokens) {
        int[] known = characters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        LongStream.of(tokens).forEach(t -> text.appendCodePoint(known[(int) t]));
        return text.toString();
    }
}
