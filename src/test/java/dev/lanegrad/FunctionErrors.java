package dev.lanegrad;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recorded programs with classes and lambdas, in Java.
final class FunctionErrors {
    private FunctionErrors() {}

    /// What the user's own code throws.
    static final class OfTheUser extends RuntimeException {
        private static final long serialVersionUID = 1;

        OfTheUser(String message) {
            super(message);
        }
    }

    private interface Gradient {
        @Nullable Tensor[] run(Function.Context context, @Nullable Tensor[] gy);
    }

    /// 2·x, with whatever derivative.
    private static final class Fn extends Function {
        private final Gradient gradient;

        Fn(Gradient gradient) {
            this.gradient = gradient;
        }

        @Override
        protected Tensor[] forward(Context context, @Nullable Tensor... x) {
            context.saveForBackward(x[0]);
            return new Tensor[] {x[0].mul(2)};
        }

        @Override
        protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
            return gradient.run(context, gy);
        }
    }

    private static Tensor leaf() {
        return Tensor.of(1.0, 1.0).requiresGrad(true);
    }

    private static void check(Gradient gradient) {
        GradReport report = GradCheck.check(x -> new Fn(gradient).apply(x), leaf());
        if (!report.passed()) {
            throw new OfTheUser(report.toString());
        }
    }

    private static final Map<String, Runnable> PROGRAMS =
            Map.of(
                    "return g[0] * ctx.saved_tensors[0]",
                    () -> {
                        Fn fn = new Fn((c, gy) -> new Tensor[] {gy[0].mul(c.saved(0))});
                        Tensor y = fn.apply(leaf()).sum();
                        y.backward();
                        y.backward();
                    },
                    "Fn.apply(x, None).sum().backward()",
                    () -> new Fn((_, gy) -> gy).apply(leaf(), null).sum().backward(),
                    "return g[0] * 2, g[0]",
                    () ->
                            new Fn((_, gy) -> new Tensor[] {gy[0].mul(2), gy[0]})
                                    .apply(leaf(), null)
                                    .sum()
                                    .backward(),
                    "return g[0] * 2 + 0.01",
                    () -> check((_, gy) -> new Tensor[] {gy[0].mul(2).add(0.01)}),
                    "return None",
                    () -> check((_, _) -> new @Nullable Tensor[] {null}),
                    "raise RuntimeError(\"inside backward\")",
                    () ->
                            new Fn(
                                            (_, _) -> {
                                                throw new OfTheUser("inside backward");
                                            })
                                    .apply(leaf())
                                    .sum()
                                    .backward(),
                    "torch.ones(2).register_hook(lambda g: None)",
                    () -> Tensor.ones(2).registerHook(_ -> null));

    /// The program whose code has the line; null if it is none of these.
    static @Nullable Runnable program(String code) {
        return code.lines()
                .map(line -> PROGRAMS.get(line.strip()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
