package dev.lanegrad.cli;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Dataset;
import dev.lanegrad.data.Example;
import dev.lanegrad.data.ImageFolder;
import java.io.IOException;
import java.util.List;

/// The pictures of a folder, their classes numbered as in `classes`.
record Renumbered(ImageFolder folder, List<String> classes) implements Dataset {
    @Override
    public int size() {
        return folder.size();
    }

    @Override
    public Example get(int number) throws IOException {
        Example example = folder.get(number);
        int label = ((Number) example.target().item()).intValue();
        long renumbered = classes.indexOf(folder.classes().get(label));
        return new Example(example.input(), Tensor.scalar(renumbered));
    }
}
