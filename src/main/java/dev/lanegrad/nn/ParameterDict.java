package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.Map;
import java.util.stream.Collectors;

/// Parameters by name that the parent of this module uses, as `torch.nn.ParameterDict`.
public final class ParameterDict extends Module {
    /// No parameters yet.
    public ParameterDict() {}

    /// Parameters of these values, in the map's order.
    public ParameterDict(Map<String, Tensor> values) {
        values.forEach(this::put);
    }

    /// Adds a parameter under a new name; returns this dict.
    ///
    /// @throws IllegalArgumentException if the name is empty, has a point, or is taken
    public ParameterDict put(String name, Tensor values) {
        parameter(name, values);
        return this;
    }

    /// The parameter of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public Tensor parameter(String name) {
        Tensor p = namedParameters().get(name);
        if (p == null) {
            throw new IllegalArgumentException(
                    "ParameterDict has no parameter %s; its parameters are %s"
                            .formatted(name, namedParameters().keySet()));
        }
        return now(p);
    }

    /// Number of parameters.
    public int size() {
        return parameters().size();
    }

    /// A dict does not say what to do with its parameters.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "Module [ParameterDict] is missing the required \"forward\" function");
    }

    @Override
    protected String extraRepr() {
        return namedParameters().entrySet().stream()
                .map(e -> "  (" + e.getKey() + "): " + describe(e.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /// As PyTorch tells of a parameter without its values.
    static String describe(Tensor p) {
        return "Parameter containing: [%sTensor of size %s]"
                .formatted(
                        p.dtype().scalarName(),
                        p.shape().toString().replaceAll("[\\[\\]]", "").replace(", ", "x"));
    }
}
