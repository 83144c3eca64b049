package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.function.UnaryOperator;

/// A function of each element (or of each row), without parameters.
abstract class Activation extends Module {
    private final UnaryOperator<Tensor> function;
    private final boolean inplace;
    private final String text;

    Activation(UnaryOperator<Tensor> function, String text) {
        this(function, text, false);
    }

    /// With `inplace` the result is written over the input, as far as anybody can see; `text` gets
    /// its note of that.
    Activation(UnaryOperator<Tensor> function, String text, boolean inplace) {
        this.function = function;
        this.inplace = inplace;
        this.text = !inplace ? text : text.isEmpty() ? "inplace=True" : text + ", inplace=True";
    }

    @Override
    public final Tensor forward(Tensor x) {
        return inplace ? over(x) : function.apply(x);
    }

    /// Writes the result over `x` and returns it; for functions without an operation of that kind
    /// by way of a copy.
    Tensor over(Tensor x) {
        return x.copy_(function.apply(x.clone()));
    }

    @Override
    protected final String extraRepr() {
        return text;
    }
}
