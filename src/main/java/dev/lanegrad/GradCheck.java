package dev.lanegrad;

import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Compares the gradients that backward computes with central differences, as
/// `torch.autograd.gradcheck`, and reports what it found instead of a bare yes or no.
///
/// Checked are the inputs that require a gradient; if none does, all floating-point inputs. The
/// function gets copies of the inputs in the layout of the originals, which stay as they are; it
/// must not depend on anything that changes between two calls. Inputs should be float64: in float32
/// a step of 1e-6 drowns in rounding. Nothing the function does makes a check throw: an exception
/// of its own is part of the report.
///
/// ```java
/// GradCheck.require(x -> x.exp().mul(x), Tensor.of(0.3, -1.1));
/// GradReport report = GradCheck.options().fastMode(true).check((a, b) -> a.matmul(b), a, b);
/// ```
@SuppressWarnings("overloads") // the number of arguments tells the functions apart
public final class GradCheck {
    private GradCheck() {}

    /// PyTorch's settings, to be changed: step 1e-6, absolute tolerance 1e-5, relative 1e-3, every
    /// element by itself.
    public static Options options() {
        return new Options(1e-6, 1e-5, 1e-3, false, 0, 42, false, false, true);
    }

    /// Checks a function of one tensor.
    public static GradReport check(UnaryOperator<Tensor> fn, Tensor x) {
        return options().check(fn, x);
    }

    /// Checks a function of two tensors.
    public static GradReport check(BinaryOperator<Tensor> fn, Tensor a, Tensor b) {
        return options().check(fn, a, b);
    }

    /// Checks a function of any number of tensors, which it gets as one array.
    public static GradReport check(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        return options().check(fn, inputs);
    }

    /// Checks a function with several results.
    public static GradReport checkAll(Function<Tensor[], Tensor[]> fn, Tensor... inputs) {
        return options().checkAll(fn, inputs);
    }

    /// Checks the gradient of the gradient of a function of one tensor.
    public static GradReport checkSecond(UnaryOperator<Tensor> fn, Tensor x) {
        return options().checkSecond(fn, x);
    }

    /// Checks the gradients of the gradients of a function of two tensors.
    public static GradReport checkSecond(BinaryOperator<Tensor> fn, Tensor a, Tensor b) {
        return options().checkSecond(fn, a, b);
    }

    /// Checks the gradients of the gradients of a function of any number of tensors.
    public static GradReport checkSecond(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        return options().checkSecond(fn, inputs);
    }

    /// As [#check(UnaryOperator, Tensor)].
    ///
    /// @throws AssertionError with the report, if a gradient is wrong
    public static void require(UnaryOperator<Tensor> fn, Tensor x) {
        check(fn, x).require();
    }

    /// As [#check(BinaryOperator, Tensor, Tensor)].
    ///
    /// @throws AssertionError with the report, if a gradient is wrong
    public static void require(BinaryOperator<Tensor> fn, Tensor a, Tensor b) {
        check(fn, a, b).require();
    }

    /// As [#check(Function, Tensor...)].
    ///
    /// @throws AssertionError with the report, if a gradient is wrong
    public static void require(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        check(fn, inputs).require();
    }

    /// How to check.
    ///
    /// @param eps the step of the differences, in units of the inputs
    /// @param atol by how much gradient and difference may differ
    /// @param rtol by how much more they may differ, as a share of the difference
    /// @param fastMode whether to compare along one random direction per input and output, two
    ///   calls of the function an input, instead of every element with every element
    /// @param nondetTol by how much two backward passes over the same values may differ
    /// @param seed of the random directions
    /// @param checkForwardAd whether to compare [forward mode][Autograd#forwardMode()] too
    /// @param checkBatchedGrad whether the gradients of a [batch of weights][Autograd#gradBatched]
    ///   must be those of each weight by itself
    /// @param checkUndefinedGrad whether the gradients must be the same if an output has none as if
    ///   it has zeros, for functions with several outputs
    public record Options(
            double eps,
            double atol,
            double rtol,
            boolean fastMode,
            double nondetTol,
            long seed,
            boolean checkForwardAd,
            boolean checkBatchedGrad,
            boolean checkUndefinedGrad) {
        /// With this step.
        ///
        /// @throws IllegalArgumentException if it is not positive
        public Options eps(double step) {
            if (!(step > 0)) {
                throw new IllegalArgumentException("gradcheck: eps must be positive, is " + step);
            }
            return with(step, atol, rtol);
        }

        /// With this absolute tolerance.
        public Options atol(double tolerance) {
            return with(eps, tolerance, rtol);
        }

        /// With this relative tolerance.
        public Options rtol(double tolerance) {
            return with(eps, atol, tolerance);
        }

        /// For functions that are linear in each input, such as products: the central difference
        /// has no error but rounding for any step, so the step is 1 and the tolerances are 1e-10.
        public Options bilinear() {
            return with(1, 1e-10, 1e-10);
        }

        private Options with(double step, double absolute, double relative) {
            return new Options(
                    step,
                    absolute,
                    relative,
                    fastMode,
                    nondetTol,
                    seed,
                    checkForwardAd,
                    checkBatchedGrad,
                    checkUndefinedGrad);
        }

        /// With this tolerance for backward passes that differ from run to run.
        public Options nondetTol(double tolerance) {
            return with(fastMode, tolerance, seed);
        }

        /// With this seed of the random directions.
        public Options seed(long value) {
            return with(fastMode, nondetTol, value);
        }

        private Options with(boolean fast, double tolerance, long value) {
            return new Options(
                    eps,
                    atol,
                    rtol,
                    fast,
                    tolerance,
                    value,
                    checkForwardAd,
                    checkBatchedGrad,
                    checkUndefinedGrad);
        }

        /// Along one random direction, or not.
        public Options fastMode(boolean fast) {
            return with(fast, nondetTol, seed);
        }

        /// With forward mode too, or without.
        public Options checkForwardAd(boolean check) {
            return with(check, checkBatchedGrad, checkUndefinedGrad);
        }

        /// With batches of weights too, or without.
        public Options checkBatchedGrad(boolean check) {
            return with(checkForwardAd, check, checkUndefinedGrad);
        }

        /// With outputs that have no gradient, or without.
        public Options checkUndefinedGrad(boolean check) {
            return with(checkForwardAd, checkBatchedGrad, check);
        }

        private Options with(boolean forward, boolean batched, boolean undefined) {
            return new Options(
                    eps, atol, rtol, fastMode, nondetTol, seed, forward, batched, undefined);
        }

        /// Checks a function of one tensor.
        public GradReport check(UnaryOperator<Tensor> fn, Tensor x) {
            return checkAll(in -> new Tensor[] {fn.apply(in[0])}, x);
        }

        /// Checks a function of two tensors.
        public GradReport check(BinaryOperator<Tensor> fn, Tensor a, Tensor b) {
            return checkAll(in -> new Tensor[] {fn.apply(in[0], in[1])}, a, b);
        }

        /// Checks a function of any number of tensors.
        public GradReport check(Function<Tensor[], Tensor> fn, Tensor... inputs) {
            return checkAll(in -> new Tensor[] {fn.apply(in)}, inputs);
        }

        /// Checks a function with several results.
        public GradReport checkAll(Function<Tensor[], Tensor[]> fn, Tensor... inputs) {
            return JacobianCheck.run(this, new Probe(fn, inputs));
        }

        /// Checks the gradient of the gradient of a function of one tensor.
        public GradReport checkSecond(UnaryOperator<Tensor> fn, Tensor x) {
            return checkSecondAll(in -> new Tensor[] {fn.apply(in[0])}, x);
        }

        /// Checks the gradients of the gradients of a function of two tensors.
        public GradReport checkSecond(BinaryOperator<Tensor> fn, Tensor a, Tensor b) {
            return checkSecondAll(in -> new Tensor[] {fn.apply(in[0], in[1])}, a, b);
        }

        /// Checks the gradients of the gradients of a function of any number of tensors.
        public GradReport checkSecond(Function<Tensor[], Tensor> fn, Tensor... inputs) {
            return checkSecondAll(in -> new Tensor[] {fn.apply(in)}, inputs);
        }

        /// Checks the gradients of the gradients of a function with several results: the function
        /// checked takes the inputs and then a weight for each floating-point result, and returns
        /// the inputs' gradients.
        public GradReport checkSecondAll(Function<Tensor[], Tensor[]> fn, Tensor... inputs) {
            return SecondOrder.check(this, fn, inputs);
        }
    }
}
