package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random texts beside [AdvancedIndexing#index] with the positions that a loop finds for each axis.
class TextIndexingProperties {
    private final List<String> texts = new ArrayList<>();
    private final List<long[]> positions = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();

    @Property(tries = 2000)
    void aTextIsTheIndexOfItsPositions(@ForAll long seed) {
        Random random = new Random(seed);
        long[] shape = random.longs(1 + random.nextInt(4), 1, 6).toArray();
        long numel = Shape.of(shape).numel();
        Tensor x = Tensor.arange(numel).reshape(shape);
        drawParts(shape, random);
        StringJoiner text = new StringJoiner(random.nextBoolean() ? "," : " , ");
        texts.forEach(text::add);
        Tensor[] mesh = new Tensor[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            long[] front = new long[shape.length];
            java.util.Arrays.fill(front, 1);
            front[axis] = positions.get(axis).length;
            mesh[axis] = Tensor.of(positions.get(axis)).reshape(front);
        }
        Tensor expected =
                x.index(mesh).reshape(sizes.stream().mapToLong(Long::longValue).toArray());
        Tensor y = x.at(text.toString());
        assertEquals(expected.shape(), y.shape(), text.toString());
        assertArrayEquals(expected.toFloatArray(), y.toFloatArray(), text.toString());
    }

    private void drawParts(long[] shape, Random random) {
        texts.clear();
        positions.clear();
        sizes.clear();
        boolean left = random.nextBoolean();
        int axis = 0;
        while (axis < shape.length) {
            switch (random.nextInt(left ? 6 : 5)) {
                case 0 -> {
                    texts.add("None");
                    sizes.add(1L);
                }
                case 1, 2 -> drawIndex(shape[axis++], random);
                case 3, 4 -> drawRange(shape[axis++], random);
                default -> {
                    left = false;
                    texts.add("...");
                    int until = axis + random.nextInt(shape.length - axis + 1);
                    while (axis < until) {
                        takeWhole(shape[axis++]);
                    }
                }
            }
        }
    }

    private void takeWhole(long size) {
        positions.add(java.util.stream.LongStream.range(0, size).toArray());
        sizes.add(size);
    }

    private void drawIndex(long size, Random random) {
        long at = random.nextLong(-size, size);
        texts.add(Long.toString(at));
        positions.add(new long[] {at < 0 ? at + size : at});
    }

    private void drawRange(long size, Random random) {
        boolean open = random.nextInt(3) == 0;
        boolean endless = random.nextInt(3) == 0;
        long start = open ? 0 : random.nextLong(-size - 2, size + 3);
        long end = endless ? size : random.nextLong(-size - 2, size + 3);
        long step = 1 + random.nextInt(3);
        boolean stepped = step > 1 || random.nextBoolean();
        texts.add((open ? "" : start) + ":" + (endless ? "" : end) + (stepped ? ":" + step : ""));
        List<Long> taken = new ArrayList<>();
        long first = start < 0 ? Math.max(0, start + size) : start;
        for (long at = first; at < Math.min(size, end < 0 ? end + size : end); at += step) {
            taken.add(at);
        }
        positions.add(taken.stream().mapToLong(Long::longValue).toArray());
        sizes.add((long) taken.size());
    }
}
