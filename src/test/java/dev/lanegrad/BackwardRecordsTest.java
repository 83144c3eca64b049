package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every rule of a recorded operation states about itself.
class BackwardRecordsTest {
    private static final int AT_LEAST = 60;

    /// These keep what a rule inside them keeps, or what the user says; ViewWriteTest and
    /// FunctionTest go through them twice.
    private static final Set<Class<?>> ASK_OTHERS = Set.of(CopySlices.class, FunctionCall.class);

    /// The records of the library that implement [Backward].
    private static List<Class<?>> rules() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes.resolve("dev/lanegrad"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .<Class<?>>map(name -> type(name.replace('/', '.').replace('\\', '.')))
                    .filter(type -> type.isRecord() && Backward.class.isAssignableFrom(type))
                    .filter(type -> !ASK_OTHERS.contains(type))
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, Tensor.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /// Otherwise a second backward would go through freed memory, or be refused for nothing.
    @TestFactory
    Stream<DynamicTest> aRuleSaysThatItKeepsTensorsIfItHasSavedOnes() throws Exception {
        List<Class<?>> rules = rules();
        assertTrue(rules.size() >= AT_LEAST, () -> "found only " + rules);
        return rules.stream()
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.getSimpleName(),
                                () ->
                                        assertEquals(
                                                holdsSaved(rule), instance(rule).keepsTensors())));
    }

    private static boolean holdsSaved(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .anyMatch(t ->
                        t == Saved.class
                                || t == Saved[].class
                                || t == Backward.class
                                || (t.isRecord() && holdsSaved(t)));
    }

    /// A rule whose saved tensors are there, whatever else it holds.
    private static Backward instance(Class<?> rule) throws ReflectiveOperationException {
        RecordComponent[] components = rule.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = rule.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = value(types[i]);
        }
        return (Backward) constructor.newInstance(values);
    }

    private static @Nullable Object value(Class<?> type) throws ReflectiveOperationException {
        if (type == Saved.class) {
            return Saved.of(Tensor.scalar(1f));
        }
        if (type == Saved[].class) {
            return new Saved[] {Saved.of(Tensor.scalar(1f))};
        }
        if (type == Backward.class) {
            return (Backward) _ -> {};
        }
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        return null;
    }
}
