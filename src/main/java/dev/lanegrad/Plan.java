package dev.lanegrad;

import dev.lanegrad.kernels.Launches;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// The calls of kernels that a program on tensors makes, without the program: no modules, no
/// operations, no new tensors, and memory that is laid out once. CUDA calls it a captured graph.
///
/// A program can be planned if it makes the same calls whatever the values of its input are, and
/// draws no random numbers; whether it does is tried out before it becomes a plan. One caller at a
/// time; `dev.lanegrad.nn.Inference` is for any number of them.
public final class Plan {
    /// How far values are moved to try another input.
    private static final double NOISE = 0.1;

    private final Runnable[] calls;
    private final Tensor input;
    private final Tensor output;
    private final List<Constant> constants;

    /// A tensor that the program may read besides its input.
    private record Constant(Tensor tensor, Storage storage, int writes) {
        static Constant of(Tensor t) {
            return new Constant(t, t.storage(), t.storage().writes());
        }

        boolean isUnchanged() {
            return tensor.storage() == storage && storage.writes() == writes;
        }
    }

    private record Trace(Launches launches, Tensor input, Tensor output) {
        static Trace of(UnaryOperator<Tensor> program, Tensor example, Arena arena) {
            Modes modes = Modes.current();
            Tensor[] output = new Tensor[1];
            Launches launches;
            Tensor input;
            modes.arena = arena;
            try {
                input = Creation.emptyLike(example);
                copy(input, example);
                launches = Launches.of(() -> output[0] = program.apply(input));
            } finally {
                modes.arena = null;
            }
            return new Trace(launches, input, output[0].detach());
        }
    }

    private Plan(Trace trace, List<Constant> constants) {
        calls = trace.launches.calls();
        input = trace.input;
        output = trace.output;
        this.constants = constants;
    }

    /// The plan of what `program` does to tensors of the example's shape and type, nothing of it
    /// recorded for backward. The program runs about ten times.
    ///
    /// @param constants what the program reads besides its input; see [#isCurrent()]
    /// @throws IllegalArgumentException if the program cannot be planned
    public static Plan of(
            UnaryOperator<Tensor> program, Collection<Tensor> constants, Tensor example) {
        try (var _ = Autograd.noGrad()) {
            Tensor x = example.detach();
            Tensor _ = program.apply(x); // what it makes once stays
            try (var _ = Lanegrad.scope()) {
                Tensor _ = program.apply(x); // weights are packed at their second use
            }
            List<Constant> now = constants.stream().map(Constant::of).toList();
            Pool.clear(); // of what those runs have left
            Plan frugal = new Plan(Trace.of(program, x, informed(program, x)), now);
            if (frugal.gives(program, x)) {
                return frugal;
            }
            Plan generous = new Plan(Trace.of(program, x, new Arena()), now);
            if (generous.gives(program, x)) {
                return generous;
            }
        }
        throw new IllegalArgumentException(
                ("compile: the same calls of kernels do not give the program's result for every"
                                + " input of shape %s: it looks at values, draws random numbers or"
                                + " keeps something from one call to the next")
                        .formatted(example.shape()));
    }

    /// An arena that knows how long the program needs memory.
    private static Arena informed(UnaryOperator<Tensor> program, Tensor x) {
        Arena generous = new Arena();
        Trace trace = Trace.of(program, x, generous);
        return new Arena(generous, trace.launches, trace.output.storage().array());
    }

    /// Whether this gives, bit for bit, what the program gives: of the example, of other values,
    /// and of the example again.
    private boolean gives(UnaryOperator<Tensor> program, Tensor example) {
        for (Tensor x : List.of(example, another(example), example)) {
            try (var _ = Lanegrad.scope()) {
                Tensor y = program.apply(x);
                Tensor planned = run(x);
                if (!y.shape().equals(planned.shape())
                        || y.dtype() != planned.dtype()
                        || !y.isclose(planned, 0, 0, true).all().isTrue()) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The same values in another order, those with fractions moved a little too.
    private static Tensor another(Tensor example) {
        Tensor y = example.flip(IntStream.range(0, example.dim()).toArray());
        if (!y.dtype().isFloatingPoint()) {
            return y;
        }
        SplittableRandom random = new SplittableRandom(0);
        double[] noise = random.doubles(y.numel(), -NOISE, NOISE).toArray();
        return y.add(Tensor.of(noise, y.shape())).to(y.dtype());
    }

    /// The result for `x`, in memory of its own.
    ///
    /// @throws IllegalArgumentException if x has not the example's shape and type
    public Tensor run(Tensor x) {
        if (!x.shape().equals(input.shape()) || x.dtype() != input.dtype()) {
            throw new IllegalArgumentException(
                    "run: the plan is for %s %s, but the input is %s %s"
                            .formatted(input.dtype(), input.shape(), x.dtype(), x.shape()));
        }
        copy(input, x);
        for (Runnable call : calls) {
            call.run();
        }
        Tensor y = Creation.emptyLike(output);
        copy(y, output);
        return y;
    }

    /// Whether no constant was written to since this was made. What a plan gives after that is
    /// undefined: it may have copies of some.
    public boolean isCurrent() {
        for (Constant constant : constants) {
            if (!constant.isUnchanged()) {
                return false;
            }
        }
        return true;
    }

    private static void copy(Tensor to, Tensor from) {
        if (from.isDense() && Arrays.equals(from.strides(), to.strides())) {
            System.arraycopy(from.array(), from.offset(), to.array(), to.offset(), from.numel());
        } else {
            Elementwise.copy(to, from);
        }
    }
}
