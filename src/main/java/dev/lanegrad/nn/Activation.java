package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.function.UnaryOperator;

/// A function of each element (or of each row), without parameters.
abstract class Activation extends Module {
    private final UnaryOperator<Tensor> function;
    private final String text;

    Activation(UnaryOperator<Tensor> function, String text) {
        this(function, function, text, false);
    }

    /// With `inplace` the operation `over` writes the result over the input; `text` gets its note
    /// of that.
    Activation(
            UnaryOperator<Tensor> function,
            UnaryOperator<Tensor> over,
            String text,
            boolean inplace) {
        this.function = inplace ? over : function;
        this.text = !inplace ? text : text.isEmpty() ? "inplace=True" : text + ", inplace=True";
    }

    @Override
    public final Tensor forward(Tensor x) {
        return function.apply(x);
    }

    @Override
    protected final String extraRepr() {
        return text;
    }
}
