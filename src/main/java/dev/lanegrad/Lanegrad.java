package dev.lanegrad;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Simd;
import java.util.function.Consumer;

/// What holds for the whole library: threads, memory scopes, which kernels are in use.
public final class Lanegrad {
    /// The version of this library.
    public static final String VERSION = "0.1.0";

    private Lanegrad() {}

    /// One line on the path, width and threads in use, for example `Lanegrad 0.1.0: SIMD 512 bit
    /// (16 floats), 2 threads, JDK 25.0.3`.
    public static String describe() {
        return "Lanegrad "
                + VERSION
                + ": "
                + Simd.describe()
                + ", "
                + numThreads()
                + (numThreads() == 1 ? " thread" : " threads")
                + ", JDK "
                + Runtime.version().feature()
                + " ("
                + System.getProperty("java.vm.name")
                + " "
                + Runtime.version()
                + ")";
    }

    /// Sets how many threads share the work of one operation.
    ///
    /// @throws IllegalArgumentException if `n` is not in 1 to 256
    public static void setNumThreads(int n) {
        Parallel.setNumThreads(n);
    }

    /// How many threads share the work of one operation; by default as many as there are
    /// processors.
    public static int numThreads() {
        return Parallel.numThreads();
    }

    /// Chooses, on this thread until the mode is closed, how convolutions may be computed; at first
    /// [ConvolutionMode#FAST]. A gradient is computed in the way in which the operation was
    /// recorded.
    public static Autograd.Mode convolution(ConvolutionMode mode) {
        Modes modes = Modes.current();
        ConvolutionMode before = modes.convolution;
        modes.convolution = mode;
        return () -> modes.convolution = before;
    }

    /// Opens a scope on this thread; when it closes, the memory of tensors made in it is reused.
    public static Scope scope() {
        return new Scope();
    }

    /// Runs `action` and says what it spent its time on: every operation, derivative and module.
    ///
    /// ```java
    /// Profile profile = Lanegrad.profile(() -> model.call(x).crossEntropy(target).backward());
    /// System.out.println(profile);
    /// profile.writeTrace(Path.of("trace.json")); // for chrome://tracing or ui.perfetto.dev
    /// ```
    ///
    /// The numbers are the Flight Recorder's, to which the same events go in any recording
    /// (`dev.lanegrad.Backward`, `dev.lanegrad.Module`); without one they cost nothing. Starting
    /// and reading a recording takes about a second, and the compiler starts anew with every
    /// operation: let a loop run first, by [#profile(int, Runnable)].
    public static Profile profile(Runnable action) {
        return profile(0, action);
    }

    /// As [#profile(Runnable)], after running `action` this many times without looking.
    ///
    /// @throws IllegalArgumentException if `warmups` is negative
    public static Profile profile(int warmups, Runnable action) {
        if (warmups < 0) {
            throw new IllegalArgumentException(
                    "profile: warmups must not be negative, is " + warmups);
        }
        return ProfileRun.of(warmups, action);
    }

    /// Sends the texts of warnings to `receiver`, and returns where they went before: at first to
    /// the [System.Logger] `dev.lanegrad`.
    public static Consumer<String> onWarning(Consumer<String> receiver) {
        return Warnings.to(receiver);
    }
}
