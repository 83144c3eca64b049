package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.Profile.Kind;
import dev.lanegrad.Profile.Row;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.ReLU;
import dev.lanegrad.nn.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private final Tensor x = Tensor.randn(50, 60).requiresGrad(true);

    private static Row row(Profile profile, Kind kind, String name) {
        List<Row> found =
                profile.rows(kind).stream().filter(row -> row.name().equals(name)).toList();
        assertEquals(1, found.size(), name + " in\n" + profile.toString(1000));
        return found.getFirst();
    }

    @Test
    void operationsAndTheirDerivativesAreCounted() {
        Profile profile = Lanegrad.profile(1, () -> x.mm(x.t()).exp().sum().backward());
        Row mm = row(profile, Kind.OPERATION, "mm");
        assertEquals(3, mm.calls(), "two in backward");
        assertEquals(3 * 2L * 50 * 50 * 60, mm.arithmetic());
        assertEquals(4 * (50 * 50 + 2 * 50 * 60), mm.bytes());
        assertTrue(mm.gflops() > 0);
        Row backward = row(profile, Kind.BACKWARD, "MmBackward0");
        assertEquals(1, backward.calls());
        assertEquals(2 * 2L * 50 * 50 * 60, backward.arithmetic());
        assertTrue(backward.selfNanos() < backward.totalNanos(), "mm is within");
        assertEquals(1, row(profile, Kind.OPERATION, "exp").calls());
        assertEquals(1, row(profile, Kind.BACKWARD, "AccumulateGrad").calls());
        assertTrue(profile.rows(Kind.MODULE).isEmpty());
    }

    @Test
    void timesAddUpToNoMoreThanTheWhole() {
        Profile profile =
                Lanegrad.profile(() -> {
                    for (int i = 0; i < 20; i++) {
                        x.softmax(1).mm(x.t()).sum().backward();
                    }
                });
        long self = profile.rows().stream().mapToLong(Row::selfNanos).sum();
        assertTrue(self > 0 && self <= profile.nanos(), self + " of " + profile.nanos());
        for (Row row : profile.rows()) {
            assertTrue(row.selfNanos() <= row.totalNanos(), row.toString());
        }
    }

    @Test
    void modulesAreKnownByTheirPaths() {
        Sequential net = new Sequential(new Linear(60, 4), new ReLU(), new Linear(4, 2));
        Profile profile = Lanegrad.profile(() -> net.call(x.detach()).sum().backward());
        assertEquals(
                List.of("0", "1", "2", "Sequential"),
                profile.rows(Kind.MODULE).stream().map(Row::name).sorted().toList());
        assertEquals(
                2L * 50 * (60 * 4 + 4 * 2), row(profile, Kind.MODULE, "Sequential").arithmetic());
        Map<String, Long> backward = profile.backwardNanosByModule();
        assertTrue(backward.keySet().containsAll(List.of("0", "1", "2")), backward.toString());
        String text = profile.toString();
        assertTrue(text.contains("\nmodule ") && text.contains("\nAddmmBackward0 "), text);
    }

    @Test
    void warmupsDoNotCount() {
        int[] calls = {0};
        Profile profile =
                Lanegrad.profile(
                        5,
                        () -> {
                            calls[0]++;
                            x.exp();
                        });
        assertEquals(6, calls[0]);
        assertEquals(1, row(profile, Kind.OPERATION, "exp").calls());
        assertEquals(
                "profile: warmups must not be negative, is -1",
                assertThrows(IllegalArgumentException.class, () -> Lanegrad.profile(-1, () -> {}))
                        .getMessage());
    }

    @Test
    void otherThreadsTakePart() {
        Profile profile =
                Lanegrad.profile(() -> {
                    Thread other = Thread.ofPlatform().start(() -> x.exp().sum().backward());
                    x.sin();
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertEquals(1, row(profile, Kind.OPERATION, "sin").calls());
        assertEquals(1, row(profile, Kind.BACKWARD, "ExpBackward0").calls());
    }

    @Test
    void exceptionsPassAndNothingStaysOn() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        Lanegrad.profile(() -> {
                            throw new IllegalStateException();
                        }));
        assertFalse(Autograd.isPlaceWanted());
        assertNull(x.exp().gradFn().place());
    }

    @Test
    void theTraceIsJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trace.json");
        Profile profile =
                Lanegrad.profile(() -> {
                    try (var _ = Autograd.place("a \"place\"\n\\")) {
                        x.mm(x.t()).sum().backward();
                    }
                });
        profile.writeTrace(file);
        JsonNode events = new ObjectMapper().readTree(Files.readString(file)).get("traceEvents");
        Map<String, JsonNode> byName = new java.util.LinkedHashMap<>();
        events.forEach(e -> byName.put(e.get("name").asText(), e));
        assertTrue(byName.containsKey("a \"place\"\n\\"), byName.keySet().toString());
        JsonNode backward = byName.get("MmBackward0");
        assertEquals("X", backward.get("ph").asText());
        assertEquals("backward", backward.get("cat").asText());
        assertEquals("a \"place\"\n\\", backward.get("args").get("module").asText());
        JsonNode mm = byName.get("mm");
        assertEquals(2L * 50 * 50 * 60, mm.get("args").get("flop").asLong());
        assertTrue(mm.get("ts").asDouble() >= 0 && mm.get("dur").asDouble() > 0);
    }

    @Test
    void anyRecordingOfTheFlightRecorderHasTheEvents(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("own.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.lanegrad.Backward").withoutThreshold();
            recording.start();
            x.exp().sum().backward();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertEquals(
                List.of("SumBackward0", "ExpBackward0", "AccumulateGrad"),
                events.stream()
                        .filter(e -> e.getEventType().getName().equals("dev.lanegrad.Backward"))
                        .map(e -> e.getString("node"))
                        .collect(Collectors.toList()));
    }

    @Test
    void callsOfTheSameNameWithinAreOneCall() {
        Profile profile = Lanegrad.profile(() -> x.detach().sum(0));
        assertEquals(1, row(profile, Kind.OPERATION, "sum").calls());
    }
}
