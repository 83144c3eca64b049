package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import dev.lanegrad.PythonCall.NotImplemented;
import dev.lanegrad.nn.Init;
import dev.lanegrad.nn.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls of modules' methods and of the init functions in recorded programs.
final class ModuleCalls {
    private ModuleCalls() {}

    /// A module whose parts are registered from outside, as Python can those of any.
    static final class Open extends Module {
        @Override
        public Tensor forward(Tensor x) {
            return x;
        }

        void add(String kind, String name, Object part) {
            switch (kind) {
                case ".register_buffer" -> buffer(name, (Tensor) part);
                case ".register_parameter" -> parameter(name, (Tensor) part);
                default -> module(name, (Module) part);
            }
        }
    }

    static @Nullable Object call(String op, Module m, PythonCall call) {
        Object first = call.places().get(1);
        return switch (op) {
            case ".load_state_dict" -> {
                Arguments a = call.bind(op, "module state strict=True");
                yield m.loadStateDict(state(a.get("state")), a.flag("strict"));
            }
            case ".get_parameter" -> {
                String path = String.valueOf(first);
                int point = path.lastIndexOf('.');
                yield m.get(path.substring(0, point)).get(path.substring(point + 1));
            }
            case ".register_buffer", ".register_parameter", ".add_module" -> {
                if (!(m instanceof Open open)) {
                    throw new PythonCall.Argued(
                            "registering is a subclass' own: " + op + " is protected");
                }
                open.add(op, String.valueOf(first), Interpreter.present(call.places().get(2)));
                yield null;
            }
            default -> throw new NotImplemented(op + " of a module");
        };
    }

    private static Map<String, Tensor> state(@Nullable Object dict) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        if (dict instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> {
                if (!(value instanceof Tensor t)) {
                    throw new NotImplemented("a state of " + value);
                }
                state.put(String.valueOf(name), t);
            });
        }
        return state;
    }

    static Tensor initialize(String op, PythonCall call) {
        List<@Nullable Object> places = new ArrayList<>(call.places());
        Tensor w = (Tensor) Interpreter.present(places.get(0));
        String mode = String.valueOf(call.names().getOrDefault("mode", "fan_in"));
        return switch (op) {
            case "nn.init.kaiming_normal_" -> Init.kaimingNormal_(w, 0, mode, "leaky_relu");
            case "nn.init.kaiming_uniform_" -> Init.kaimingUniform_(w, 0, mode, "leaky_relu");
            case "nn.init.orthogonal_" -> Init.orthogonal_(w, 1);
            case "nn.init.eye_" -> Init.eye_(w);
            default -> throw new NotImplemented(op);
        };
    }
}
