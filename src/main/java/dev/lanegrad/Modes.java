package dev.lanegrad;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a thread has switched on or off.
final class Modes {
    private static final ThreadLocal<Modes> CURRENT = ThreadLocal.withInitial(Modes::new);

    /// Whether operations are recorded for backward.
    boolean grad = true;

    /// Whether new tensors are inference tensors.
    boolean inference;

    /// Whether operations remember where they were called, and backward passes look for errors.
    boolean anomaly;

    /// Whether such a backward pass stops at a NaN.
    boolean checkNan;

    /// The level of forward mode that this thread is at, if any.
    ForwardMode.@Nullable Level level;

    /// What packs the tensors that operations keep, if anything does.
    @Nullable SavedHooks<?> savedHooks;

    /// What stands in for modules' own tensors, if anything does.
    @Nullable StandIns standIns;

    /// How many [Transforms] this thread is inside of.
    int transforms;

    /// The checkpointed part of a network that this thread runs, if any.
    Checkpoint.@Nullable Segment segment;

    /// Whether checkpoints made now stop computing again as soon as they have what they need.
    boolean earlyStop = true;

    /// What the innermost backward pass of this thread goes through, if it is in one.
    @Nullable Walk walk;

    /// How many backward passes this thread is in, one within the other.
    int passes;

    /// What to do when the outermost of them ends.
    @Nullable List<Runnable> afterPass;

    /// The part of the program that errors name, if they are being looked for.
    @Nullable String place;

    /// The backward pass that this thread runs and that does not record itself, if any.
    @Nullable Engine engine;

    /// The node whose derivative this thread computes, if any.
    @Nullable Node differentiating;

    /// The innermost open scope, if any.
    @Nullable Scope scope;

    /// What gives new tensors their memory, if it is not the pool.
    @Nullable Arena arena;

    /// The type of new floating point tensors that are not told theirs.
    DType defaultDtype = DType.FLOAT32;

    /// How convolutions may be computed.
    ConvolutionMode convolution = ConvolutionMode.FAST;

    private Modes() {}

    static Modes current() {
        return CURRENT.get();
    }
}
