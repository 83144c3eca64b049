package dev.lanegrad.optim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.DType;
import dev.lanegrad.Reference;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.ClipGrad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The recorded problem of two parameters, and steps on it.
final class Trajectory {
    private final DType dtype;
    private final Tensor a;
    private final Tensor t;
    private final Map<String, Tensor> params = new LinkedHashMap<>();

    Trajectory(JsonNode problem, DType dtype) {
        this.dtype = dtype;
        a = tensor(problem.get("A"));
        t = tensor(problem.get("T"));
        params.put("w", tensor(problem.get("w")).requiresGrad(true));
        params.put("v", tensor(problem.get("v")).requiresGrad(true));
    }

    private Tensor tensor(JsonNode values) {
        if (!values.get(0).isArray()) {
            return Tensor.of(Reference.doubles(values)).to(dtype);
        }
        double[][] rows =
                Reference.elements(values).map(Reference::doubles).toArray(double[][]::new);
        return Tensor.of(rows).to(dtype);
    }

    Tensor param(String name) {
        return java.util.Objects.requireNonNull(params.get(name));
    }

    Tensor loss() {
        Tensor w = param("w");
        Tensor v = param("v");
        Tensor first = w.sub(t).pow(2).mul(a).sum().mul(0.5);
        Tensor second = v.pow(4).sum().mul(0.25);
        return first.add(second).add(w.matmul(v).pow(2).sum().mul(0.1));
    }

    /// Where a recorded run leads: losses, then w and v after every step.
    ///
    /// @param create makes the recorded optimizer, with another learning rate if one is given
    List<double[]> run(JsonNode record, Function<@Nullable Double, Optimizer> create, String mode) {
        Optimizer optimizer = create.apply(null);
        List<double[]> path = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        path.add(point());
        for (int i = 0; i < record.get("losses").size(); i++) {
            if (mode.startsWith("state_dict saved") && i == 6) {
                OptimizerState saved = optimizer.stateDict();
                optimizer = create.apply(123.0);
                optimizer.loadStateDict(saved);
            }
            Optimizer o = optimizer;
            int number = i;
            Tensor loss =
                    o.step(() -> {
                        o.zeroGrad();
                        Tensor x = loss();
                        x.backward();
                        apply(mode, number, o);
                        return x;
                    });
            losses.add(((Number) loss.item()).doubleValue());
            path.add(point());
        }
        path.add(losses.stream().mapToDouble(x -> x).toArray());
        last = optimizer;
        return path;
    }

    /// The optimizer at the end.
    @Nullable Optimizer last;

    private void apply(String mode, int i, Optimizer optimizer) {
        switch (mode) {
            case "v grad only at odd steps" -> {
                if (i % 2 == 0) {
                    param("v").grad(null);
                }
            }
            case "clip_grad_norm_(1.0) before each step" ->
                    ClipGrad.norm_(List.of(param("w"), param("v")), 1.0);
            case "lr halved every 3 steps" -> {
                if (i % 3 == 2) {
                    optimizer.paramGroups().forEach(g -> g.lr(g.lr() / 2));
                }
            }
            case "w frozen (requires_grad=False) after step 4" -> {
                if (i == 4) {
                    param("w").requiresGrad(false);
                }
            }
            default -> {}
        }
    }

    private double[] point() {
        double[] w = param("w").toDoubleArray();
        double[] v = param("v").toDoubleArray();
        double[] all = java.util.Arrays.copyOf(w, w.length + v.length);
        System.arraycopy(v, 0, all, w.length, v.length);
        return all;
    }
}
