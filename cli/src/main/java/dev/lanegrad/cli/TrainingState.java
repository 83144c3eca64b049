package dev.lanegrad.cli;

import dev.lanegrad.io.MalformedFileException;
import dev.lanegrad.io.Pth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file that a run leaves after every epoch, and goes on from when it was broken off.
final class TrainingState {
    private static final String SETTINGS = "settings";
    private static final String EPOCHS = "epochs";
    private static final String TRAINING = "training";
    private static final int NUMBERS = 6;

    private TrainingState() {}

    static void write(Path file, Settings settings, Training training, List<EpochResult> results)
            throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put(SETTINGS, settings.texts());
        state.put(EPOCHS, results.stream().map(TrainingState::numbers).toList());
        state.put(TRAINING, training.state());
        Pth.write(file, state);
    }

    /// Puts `training` where the run was, and returns the epochs that it has done.
    ///
    /// @throws Complaint if the run had other settings
    static List<EpochResult> restore(Path file, Settings settings, Training training)
            throws IOException, Complaint {
        if (!(Pth.read(file) instanceof Map<?, ?> state)
                || !(state.get(SETTINGS) instanceof Map<?, ?> before)
                || !(state.get(EPOCHS) instanceof List<?> epochs)
                || !(state.get(TRAINING) instanceof Map<?, ?> trained)) {
            throw new MalformedFileException(file, "it is not the state of a training");
        }
        for (var setting : settings.texts().entrySet()) {
            Object was = before.get(setting.getKey());
            if (!setting.getValue().equals(was)) {
                throw new Complaint(
                        "--resume: %s is of a run with --%s %s, not %s"
                                .formatted(file, setting.getKey(), was, setting.getValue()));
            }
        }
        try {
            List<EpochResult> results = new ArrayList<>();
            for (Object epoch : epochs) {
                results.add(result(epoch));
            }
            training.restore(trained);
            return results;
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new MalformedFileException(file, String.valueOf(e.getMessage()));
        }
    }

    private static List<Number> numbers(EpochResult r) {
        return List.of(
                r.epoch(),
                r.loss(),
                r.trainAccuracy(),
                r.testCorrect(),
                r.testImages(),
                r.imagesPerSecond());
    }

    private static EpochResult result(Object epoch) {
        if (!(epoch instanceof List<?> numbers)
                || numbers.size() != NUMBERS
                || !numbers.stream().allMatch(Number.class::isInstance)) {
            throw new IllegalArgumentException("an epoch is not of %d numbers".formatted(NUMBERS));
        }
        double[] n = numbers.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
        return new EpochResult((int) n[0], n[1], n[2], (int) n[3], (int) n[4], n[5]);
    }
}
