package dev.lanegrad.regress.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What is wrong with a jar of these benchmarks on purpose, by its file `plant.properties`.
final class Plant {
    private static final Properties PLANTED = read();

    /// The part of its elements that a kernel loads and multiplies once more.
    static final double EXTRA = Double.parseDouble(PLANTED.getProperty("extra", "0"));

    /// Whether a kernel allocates.
    static final boolean ALLOCATES = Boolean.parseBoolean(PLANTED.getProperty("allocates"));

    /// Whether a benchmark fails.
    static final boolean THROWS = Boolean.parseBoolean(PLANTED.getProperty("throws"));

    /// What the benchmarks say of themselves.
    static final String WIDTH = PLANTED.getProperty("width", "512");

    private Plant() {}

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = Plant.class.getResourceAsStream("/plant.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
