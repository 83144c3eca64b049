package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/// Parameters in a row that the parent of this module uses, as `torch.nn.ParameterList`; their
/// names are their positions.
public final class ParameterList extends Module {
    /// Parameters of these values.
    public ParameterList(Tensor... values) {
        this(List.of(values));
    }

    /// Parameters of these values.
    public ParameterList(List<Tensor> values) {
        values.forEach(this::append);
    }

    /// Adds a parameter at the end; returns this list.
    public ParameterList append(Tensor values) {
        parameter(Integer.toString(size()), values);
        return this;
    }

    /// The parameter at position `i`; negative positions count from the end.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public Tensor parameter(int i) {
        return now(parameters().get(i < 0 ? i + size() : i));
    }

    /// Number of parameters.
    public int size() {
        return parameters().size();
    }

    /// A list does not say what to do with its parameters.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "Module [ParameterList] is missing the required \"forward\" function");
    }

    @Override
    protected String extraRepr() {
        return namedParameters().entrySet().stream()
                .map(e -> "  (" + e.getKey() + "): " + ParameterDict.describe(e.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
