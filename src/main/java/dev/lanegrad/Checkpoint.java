package dev.lanegrad;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Time for memory, as `torch.utils.checkpoint` (with `use_reentrant=False`): a part of a network
/// keeps nothing for backward but its inputs; backward computes it once more.
///
/// ```java
/// Tensor y = Checkpoint.run(block::forward, x);
/// ```
///
/// Gradients are those without a checkpoint, also of parameters and other tensors that the function
/// uses besides its inputs, and of any order; the graph and its hooks are the same, too. The
/// default random generator is set back for the second run, so that dropout drops the same. What
/// else the function changes, it changes twice: running statistics of batch normalizations, for
/// example. The second run stops at the last operation that keeps something. In forward mode
/// nothing is saved: tangents need all of it.
public final class Checkpoint {
    /// How many checkpointed functions run on all threads; reading it is all that operations pay
    /// otherwise.
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private Checkpoint() {}

    /// What `fn` makes of `x`.
    ///
    /// @param fn does the same every time it is called
    public static Tensor run(UnaryOperator<Tensor> fn, Tensor x) {
        return runAll(t -> fn.apply(t[0]), x);
    }

    /// What `fn` makes of several `inputs`.
    ///
    /// @param fn does the same every time it is called; backward throws an exception that says what
    ///   differs if it does other operations, or keeps tensors of other shapes or types
    public static Tensor runAll(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        return Modes.current().grad
                ? new Segment(fn, inputs).first(inputs.clone())
                : fn.apply(inputs.clone());
    }

    /// What `functions` make of `x` one after another, as `checkpoint_sequential`: in this number
    /// of segments, all as long as each other but the last, which takes the rest. Each is a
    /// checkpoint, except for the last: backward would compute that again at once.
    ///
    /// @throws IllegalArgumentException if there are not 1 to as many segments as functions
    public static Tensor sequential(
            List<? extends UnaryOperator<Tensor>> functions, int segments, Tensor x) {
        if (segments < 1 || segments > functions.size()) {
            throw new IllegalArgumentException(
                    "checkpoint: %d functions do not make %d segments"
                            .formatted(functions.size(), segments));
        }
        int length = functions.size() / segments;
        Tensor y = x;
        for (int s = 0; s < segments; s++) {
            int end = s == segments - 1 ? functions.size() : (s + 1) * length;
            var part = List.copyOf(functions.subList(s * length, end));
            y = s == segments - 1 ? chain(part, y) : run(t -> chain(part, t), y);
        }
        return y;
    }

    private static Tensor chain(List<? extends UnaryOperator<Tensor>> functions, Tensor x) {
        Tensor y = x;
        for (UnaryOperator<Tensor> f : functions) {
            y = f.apply(y);
        }
        return y;
    }

    /// Whether checkpoints that are run on this thread until the mode is closed stop their second
    /// run at the last operation that keeps something, as `set_checkpoint_early_stop`; they do
    /// unless told otherwise. Whoever wants to see every second run from beginning to end switches
    /// it off.
    public static Autograd.Mode setEarlyStop(boolean enabled) {
        Modes modes = Modes.current();
        boolean before = modes.earlyStop;
        modes.earlyStop = enabled;
        return () -> modes.earlyStop = before;
    }

    /// Takes note of an operation that is recorded.
    static void recorded(String operation) {
        Segment segment = RUNNING.get() == 0 ? null : Modes.current().segment;
        if (segment != null) {
            segment.record.operation(operation);
        }
    }

    /// A part of a network that is run again: what its operations keep is a place here, which the
    /// second run fills.
    static final class Segment {
        private final Function<Tensor[], Tensor> fn;
        private final Saved[] inputs;
        private final byte[] random = Generator.defaultGenerator().state();
        private final @Nullable StandIns standIns = Modes.current().standIns;
        private final SecondRun record;

        Segment(Function<Tensor[], Tensor> fn, Tensor... inputs) {
            this.fn = fn;
            this.inputs = Arrays.stream(inputs).map(Saved::of).toArray(Saved[]::new);
            this.record = new SecondRun(Modes.current().earlyStop, this.inputs);
        }

        Tensor first(Tensor... x) {
            return run(x, record::pack);
        }

        private Tensor run(Tensor[] x, Function<Tensor, SecondRun.Place> pack) {
            Modes modes = Modes.current();
            Segment outer = modes.segment;
            modes.segment = this;
            RUNNING.incrementAndGet();
            try (var _ = Autograd.savedTensorsHooks(pack, this::unpack)) {
                return StandIns.within(standIns, () -> fn.apply(x));
            } finally {
                RUNNING.decrementAndGet();
                modes.segment = outer;
            }
        }

        /// What was kept at a place; runs the function again if need be.
        private synchronized Tensor unpack(SecondRun.Place place) {
            Saved there = place.value();
            if (there == null) {
                again();
                there = place.found();
            }
            return there.get();
        }

        private void again() {
            Generator generator = Generator.defaultGenerator();
            byte[] now = generator.state();
            Tensor[] x = Arrays.stream(inputs).map(Saved::get).toArray(Tensor[]::new);
            generator.state(random);
            record.start();
            try (var _ = Autograd.enableGrad();
                    var _ = ForwardMode.pause()) {
                run(x, record::fill);
                record.finish();
            } catch (SecondRun.Enough _) {
                // everything that was kept is there
            } finally {
                generator.state(now);
            }
            Engine.afterPass(record::forget);
        }
    }
}
