package dev.lanegrad.cli;

import dev.lanegrad.io.MalformedFileException;
import dev.lanegrad.io.Pth;
import dev.lanegrad.training.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file that a run leaves after every epoch, and goes on from when it was broken off.
final class TrainingState {
    private static final String SETTINGS = "settings";
    private static final String TRAINING = "training";

    private TrainingState() {}

    static void write(Path file, Settings settings, Training training) throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put(SETTINGS, settings.texts());
        state.put(TRAINING, training.state());
        Pth.write(file, state);
    }

    /// Puts `training` where the run was, and returns the epochs that it has done.
    ///
    /// @throws Complaint if the run had other settings
    static List<EpochReport> restore(Path file, Settings settings, Training training)
            throws IOException, Complaint {
        if (!(Pth.read(file) instanceof Map<?, ?> state)
                || !(state.get(SETTINGS) instanceof Map<?, ?> before)
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
            return training.restore(trained);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new MalformedFileException(file, String.valueOf(e.getMessage()));
        }
    }
}
