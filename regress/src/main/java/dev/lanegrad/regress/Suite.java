package dev.lanegrad.regress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// How much is measured. A jar may say what of it the quick suite is, by a regular expression of
/// cases' ids under `quick` in its file `META-INF/regress.properties`.
public enum Suite {
    /// The cases that the jar names, or all, with many short iterations.
    quick("-wi 4 -w 500ms -i 40 -r 10ms"),
    /// All cases, with the iterations that they ask for.
    full("");

    private static final String ENTRY = "META-INF/regress.properties";

    private final String jmh;

    Suite(String jmh) {
        this.jmh = jmh;
    }

    /// Options for JMH.
    String jmh() {
        return jmh;
    }

    /// The cases' regular expression that a jar has for this suite, or one for all.
    String cases(Build build) throws IOException {
        try (ZipFile zip = new ZipFile(Path.of(build.jar()).toFile())) {
            ZipEntry entry = zip.getEntry(ENTRY);
            if (entry == null) {
                return "";
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty(name(), "");
            }
        } catch (java.util.zip.ZipException e) {
            throw new Problem(build.jar() + ": is no jar: " + e.getMessage(), e);
        }
    }
}
