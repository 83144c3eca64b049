package dev.lanegrad.cli;

import java.util.Map;
import java.util.TreeMap;

/// What decides the outcome of a training run, to the last bit.
record Settings(String data, Network network, int epochs, int batch, double lr, long seed) {
    /// As text for a checkpoint: nothing that differs from run to run of the same settings.
    Map<String, String> metadata(int epochsDone, int stepsDone) {
        Map<String, String> texts = texts();
        texts.put("format", "pt");
        texts.put("epochs_done", Integer.toString(epochsDone));
        texts.put("steps_done", Integer.toString(stepsDone));
        return texts;
    }

    /// The settings by the names of their options.
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("data", data);
        texts.put("model", network.toString());
        texts.put("epochs", Integer.toString(epochs));
        texts.put("batch", Integer.toString(batch));
        texts.put("lr", Double.toString(lr));
        texts.put("seed", Long.toString(seed));
        return texts;
    }
}
