package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random programs that write through views, views of views and the tensor itself, in random
/// layouts, and read any of them: their gradients are those of central differences, and of the same
/// program without a write in place.
class ViewWriteProperties {
    @Property(tries = 60)
    void gradientsThroughWritesEqualCentralDifferences(@ForAll long seed) {
        Tensor x = Tensor.of(drawn(24, seed), Shape.of(4, 6)).requiresGrad(true);
        Tensor y = Tensor.of(drawn(6, seed + 1), Shape.of(6)).requiresGrad(true);
        GradReport first =
                GradCheck.options().seed(seed).check(t -> program(t[0], t[1], seed), x, y);
        assertTrue(first.passed(), () -> "seed " + seed + "\n" + first);
        GradReport second =
                GradCheck.options()
                        .fastMode(true)
                        .seed(seed)
                        .checkSecond(t -> program(t[0], t[1], seed), x, y);
        assertTrue(second.passed(), () -> "seed " + seed + ", second order\n" + second);
    }

    private static double[] drawn(int n, long seed) {
        Random random = new Random(seed);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = 0.3 + random.nextDouble();
        }
        return values;
    }

    private static Tensor program(Tensor x, Tensor y, long seed) {
        Random random = new Random(seed);
        Tensor whole = layout(x.mul(y), random);
        List<Tensor> views = new ArrayList<>(List.of(whole));
        for (int i = 0; i < 3; i++) {
            views.add(view(views.get(random.nextInt(views.size())), random));
        }
        Tensor read = whole.sum();
        for (int i = 0; i < 4; i++) {
            Tensor target = views.get(random.nextInt(views.size()));
            write(target, views.get(random.nextInt(views.size())), y, random);
            views.add(view(target, random));
            Tensor seen = views.get(random.nextInt(views.size()));
            read = read.add(seen.clone().pow(2).sum());
        }
        return read.add(whole.sin().sum());
    }

    private static Tensor layout(Tensor x, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> x.t().contiguous().t().clone();
            case 1 -> Tensor.stack(List.of(x, x), 2).select(2, 0);
            case 2 -> Tensor.cat(List.of(x, x), 0).narrow(0, 2, 4);
            default -> x;
        };
    }

    private static Tensor view(Tensor x, Random random) {
        int axis = x.dim() == 0 ? 0 : random.nextInt(x.dim());
        int size = x.dim() == 0 ? 1 : x.size(axis);
        int way = x.dim() == 0 ? 0 : random.nextInt(5);
        return switch (way) {
            case 1 -> x.transpose(0, x.dim() - 1);
            case 2 -> x.select(axis, random.nextInt(size));
            case 3 -> x.slice(axis, random.nextInt(size), size, 1 + random.nextInt(2));
            case 4 -> x.narrow(axis, size / 2, size - size / 2);
            default -> x.unsqueeze(axis);
        };
    }

    /// Values stay of order 1, or central differences would drown in the result's rounding.
    private static void write(Tensor target, Tensor other, Tensor y, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> target.mul_(y.mean());
            case 1 -> target.add_(y.select(0, 0), 0.5);
            case 2 -> target.copy_(other.clone().mean());
            case 3 -> target.copy_(target.tanh());
            case 4 -> target.fill_(0.25);
            case 5 -> target.pow_(2).div_(4);
            default -> target.div_(y.exp().sum());
        }
    }

    @Property(tries = 100)
    void readingByStridesIsTheTransposeOfItsGradient(@ForAll long seed) {
        Random random = new Random(seed);
        int[] strides = {random.nextInt(4), random.nextInt(3), 1 + random.nextInt(2)};
        Geometry view = new Geometry(Shape.of(3, 2, 2), strides, random.nextInt(4));
        Tensor x = Tensor.of(drawn(24, seed), Shape.of(4, 6)).t();
        Tensor gy = Tensor.of(drawn(12, seed + 2), Shape.of(3, 2, 2));
        Tensor y = x.asStrided(new long[] {3, 2, 2}, longs(strides), view.offset());
        Tensor gx = Restrided.transposed(gy, Geometry.of(x), view);
        assertArrayEquals(
                new double[] {(double) y.mul(gy).sum().item()},
                new double[] {(double) gx.mul(x).sum().item()},
                1e-9);
    }

    private static long[] longs(int[] values) {
        return java.util.Arrays.stream(values).asLongStream().toArray();
    }
}
