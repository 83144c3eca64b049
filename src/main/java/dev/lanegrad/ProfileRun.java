package dev.lanegrad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// A recording of an action by the Flight Recorder, made into a [Profile].
///
/// Operations are methods of [Tensor]: the recorder traces calls of the interfaces' methods by
/// itself (`jdk.MethodTrace`), so that nothing in them knows of it. Derivatives, modules, memory
/// and arithmetic are events of this library.
final class ProfileRun {
    /// The time that a profile is about.
    @Name("dev.lanegrad.Profile")
    @Label("Profile")
    @Category("Lanegrad")
    @Enabled(false)
    @StackTrace(false)
    static final class SpanEvent extends Event {}

    private static final String CALLS = "jdk.MethodTrace";

    private ProfileRun() {}

    static Profile of(int warmups, Runnable action) {
        Path file = null;
        try (Recording recording = new Recording()) {
            file = Files.createTempFile("lanegrad-", ".jfr");
            recording.enable(CALLS).with("filter", filter()).withoutStackTrace().withoutThreshold();
            for (Class<? extends Event> type :
                    List.of(
                            SpanEvent.class,
                            BackwardEvent.class,
                            PlaceEvent.class,
                            AllocationEvent.class,
                            ProductEvent.class)) {
                recording.enable(type).withoutStackTrace().withoutThreshold();
            }
            recording.start();
            for (int i = 0; i < warmups; i++) {
                action.run();
            }
            SpanEvent span = new SpanEvent();
            span.begin();
            action.run();
            span.commit();
            recording.stop();
            recording.dump(file);
            return profile(RecordingFile.readAllEvents(file));
        } catch (IOException e) {
            throw new UncheckedIOException("profile: " + e.getMessage(), e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("profile: " + e.getMessage(), e);
        }
    }

    /// The methods to trace: all of the families of operations, and the operations among the static
    /// methods of Tensor.
    private static String filter() {
        Stream<String> families =
                Arrays.stream(Tensor.class.getInterfaces())
                        .filter(type -> type.getPackage() == Tensor.class.getPackage())
                        .map(Class::getName);
        Stream<String> joining =
                Arrays.stream(Tensor.class.getMethods())
                        .filter(ProfileRun::joins)
                        .map(method -> Tensor.class.getName() + "::" + method.getName())
                        .distinct();
        return Stream.concat(families, joining).collect(Collectors.joining(";"));
    }

    private static boolean joins(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == Tensor.class
                && Arrays.stream(method.getParameterTypes())
                        .anyMatch(type ->
                                type == Tensor.class
                                        || type == Tensor[].class
                                        || type == List.class);
    }

    private static Profile profile(List<RecordedEvent> events) {
        RecordedEvent span =
                events.stream()
                        .filter(e -> e.getEventType().getName().equals("dev.lanegrad.Profile"))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "profile: the Flight Recorder has lost the"
                                                + " recording"));
        Instant start = span.getStartTime();
        Instant end = span.getEndTime();
        List<Span> spans = new ArrayList<>();
        for (RecordedEvent e : events) {
            if (!e.getStartTime().isBefore(start) && !e.getStartTime().isAfter(end)) {
                Span s = span(e, start);
                if (s != null) {
                    spans.add(s);
                }
            }
        }
        return new Profile(SpanTree.of(spans), ChronoUnit.NANOS.between(start, end));
    }

    /// An event as a piece of time; null if it is none of ours.
    private static @Nullable Span span(RecordedEvent e, Instant start) {
        Profile.Kind kind;
        String name = "";
        String place = null;
        long amount = 0;
        switch (e.getEventType().getName()) {
            case CALLS -> {
                RecordedMethod method = e.getValue("method");
                if (!Modifier.isPublic(method.getModifiers())) {
                    return null;
                }
                kind = Profile.Kind.OPERATION;
                name = method.getName();
            }
            case "dev.lanegrad.Backward" -> {
                kind = Profile.Kind.BACKWARD;
                name = e.getString("node");
                place = e.getString("place");
            }
            case "dev.lanegrad.Module" -> {
                kind = Profile.Kind.MODULE;
                name = e.getString("path");
            }
            case "dev.lanegrad.Allocation" -> {
                kind = Profile.Kind.BYTES;
                amount = e.getLong("bytes");
            }
            case "dev.lanegrad.Product" -> {
                kind = Profile.Kind.ARITHMETIC;
                amount = e.getLong("operations");
            }
            default -> {
                return null;
            }
        }
        return new Span(
                kind,
                name,
                place,
                e.getThread() == null ? 0 : e.getThread().getId(),
                ChronoUnit.NANOS.between(start, e.getStartTime()),
                e.getDuration().toNanos(),
                amount);
    }

    /// A piece of a thread's time.
    ///
    /// @param start in nanoseconds since the profile's
    /// @param amount of bytes or of arithmetic operations
    record Span(
            Profile.Kind kind,
            String name,
            @Nullable String place,
            long thread,
            long start,
            long nanos,
            long amount) {
        long end() {
            return start + nanos;
        }
    }
}
