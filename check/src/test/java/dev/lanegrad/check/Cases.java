package dev.lanegrad.check;

import dev.lanegrad.Tensor;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/// Runs a trial with many cases of one operation; reports the smallest that fails.
final class Cases {
    private static final int EDGES_ONE_IN = 20;
    private static final long LONGEST_SHRINKING_NANOS = 5_000_000_000L;

    private Cases() {}

    /// @throws AssertionError with the shrunk inputs and the seed, if the trial throws
    static void forAll(Arbitrary<Tensor[]> inputs, int cases, long seed, Consumer<Tensor[]> trial) {
        JqwikSession.run(() -> {
            RandomGenerator<Tensor[]> generator =
                    inputs.generatorWithEmbeddedEdgeCases(EDGES_ONE_IN);
            Random random = new Random(seed);
            for (int i = 0; i < cases; i++) {
                Shrinkable<Tensor[]> drawn = generator.next(random);
                Throwable failure = failure(trial, drawn);
                if (failure != null) {
                    Shrinkable<Tensor[]> least = shrunk(trial, drawn);
                    Throwable reason = failure(trial, least);
                    throw new AssertionError(
                            describe(least.value(), seed, i) + (reason == null ? failure : reason),
                            reason == null ? failure : reason);
                }
            }
        });
    }

    private static @Nullable Throwable failure(
            Consumer<Tensor[]> trial, Shrinkable<Tensor[]> drawn) {
        try {
            trial.accept(drawn.value());
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static Shrinkable<Tensor[]> shrunk(
            Consumer<Tensor[]> trial, Shrinkable<Tensor[]> from) {
        Shrinkable<Tensor[]> least = from;
        long end = System.nanoTime() + LONGEST_SHRINKING_NANOS;
        boolean found = true;
        while (found && System.nanoTime() < end) {
            Shrinkable<Tensor[]> now = least;
            var next =
                    now.shrink()
                            .filter(s -> s.distance().compareTo(now.distance()) < 0)
                            .filter(s -> System.nanoTime() < end && failure(trial, s) != null)
                            .findFirst();
            found = next.isPresent();
            least = next.orElse(now);
        }
        return least;
    }

    private static String describe(Tensor[] inputs, long seed, int number) {
        StringBuilder text = new StringBuilder("seed " + seed + ", case " + number);
        for (int i = 0; i < inputs.length; i++) {
            text.append("\n  input ").append(i).append(": ");
            text.append(TensorReporting.describe(inputs[i]));
            text.append("\n    ").append(TensorReporting.java(inputs[i]));
        }
        return text.append('\n').toString();
    }
}
