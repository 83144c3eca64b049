package dev.lanegrad.cli;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Alphabet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// A text as characters, the last tenth of which is to test with.
record Book(String name, Alphabet alphabet, Tensor train, Tensor test) {
    private static final int PARTS = 10;
    private static final int FEWEST = 100;

    /// The first 23 chapters of Jane Austen's Pride and Prejudice (1813).
    static Book shipped() throws IOException {
        try (InputStream file = Book.class.getResourceAsStream("pride-and-prejudice.txt.gz");
                InputStream text = new GZIPInputStream(Objects.requireNonNull(file))) {
            return of(
                    "pride-and-prejudice",
                    new String(text.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    static Book read(Path file) throws IOException, Complaint {
        try {
            String text = Files.readString(file);
            if (text.length() < FEWEST) {
                throw new Complaint(
                        "--text: %s has %d characters, too few".formatted(file, text.length()));
            }
            return of(file.toString(), text);
        } catch (MalformedInputException _) {
            throw new Complaint("--text: " + file + " is no text in UTF-8");
        }
    }

    private static Book of(String name, String text) {
        Alphabet alphabet = Alphabet.of(text + "\n");
        Tensor tokens = alphabet.encode(text);
        int test = tokens.numel() / PARTS;
        int train = tokens.numel() - test;
        return new Book(name, alphabet, tokens.narrow(0, 0, train), tokens.narrow(0, train, test));
    }
}
