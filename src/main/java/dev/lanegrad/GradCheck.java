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
/// GradReport report = GradCheck.options().fast().check((a, b) -> a.matmul(b), a, b);
/// ```
@SuppressWarnings("overloads") // the number of arguments tells the functions apart
public final class GradCheck {
    private GradCheck() {}

    /// PyTorch's settings, to be changed: step 1e-6, absolute tolerance 1e-5, relative 1e-3, every
    /// element by itself.
    public static Options options() {
        return new Options(1e-6, 1e-5, 1e-3, false, 0, 42, false);
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
    /// @param alongDirections whether to compare along one random direction per input and output,
    ///   two calls of the function an input, instead of every element with every element
    /// @param nondetTol by how much two backward passes over the same values may differ
    /// @param seed of the random directions
    /// @param forwardMode whether to compare [forward mode][Autograd#forwardMode()] too, as
    ///   `check_forward_ad`
    public record Options(
            double eps,
            double atol,
            double rtol,
            boolean alongDirections,
            double nondetTol,
            long seed,
            boolean forwardMode) {
        /// With this step.
        ///
        /// @throws IllegalArgumentException if it is not positive
        public Options eps(double step) {
            if (!(step > 0)) {
                throw new IllegalArgumentException("gradcheck: eps must be positive, is " + step);
            }
            return new Options(step, atol, rtol, alongDirections, nondetTol, seed, forwardMode);
        }

        /// With this absolute tolerance.
        public Options atol(double tolerance) {
            return new Options(eps, tolerance, rtol, alongDirections, nondetTol, seed, forwardMode);
        }

        /// With this relative tolerance.
        public Options rtol(double tolerance) {
            return new Options(eps, atol, tolerance, alongDirections, nondetTol, seed, forwardMode);
        }

        /// Along one random direction.
        public Options fast() {
            return new Options(eps, atol, rtol, true, nondetTol, seed, forwardMode);
        }

        /// With this tolerance for backward passes that differ from run to run.
        public Options nondetTol(double tolerance) {
            return new Options(eps, atol, rtol, alongDirections, tolerance, seed, forwardMode);
        }

        /// With this seed of the random directions.
        public Options seed(long value) {
            return new Options(eps, atol, rtol, alongDirections, nondetTol, value, forwardMode);
        }

        /// With forward mode, too.
        public Options withForwardMode() {
            return new Options(eps, atol, rtol, alongDirections, nondetTol, seed, true);
        }

        /// For functions that are linear in each input, such as products: the central difference
        /// has no error but rounding for any step, so the step is 1 and the tolerances are 1e-10.
        public Options bilinear() {
            return new Options(1, 1e-10, 1e-10, alongDirections, nondetTol, seed, forwardMode);
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
