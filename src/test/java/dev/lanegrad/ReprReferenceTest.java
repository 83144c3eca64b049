package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.Sequential;
import dev.lanegrad.nn.models.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReprReferenceTest {
    private static final String FILE = "goldens/repr.jsonl";

    /// Modules that do not exist on purpose, with the reason.
    private static final Map<String, String> ARGUED =
            Map.of(
                    "nn.Softmax()",
                    "an axis guessed from the number of axes is deprecated in PyTorch, which warns"
                            + " at every call; the compiler asks for the axis",
                    "nn.utils.parametrizations.weight_norm(nn.Linear(2, 3))",
                    "a reparametrization exchanges a parameter of a finished module for a property"
                            + " computed from two others; a Java field cannot become one");

    @Test
    void modulesPrintAndNameTheirPartsAsInPyTorch() {
        Tally tally = new Tally(FILE);
        Reference.lines(FILE).forEach(record -> compare(record, tally));
        tally.report();
    }

    @Test
    void resNet18PrintsIn84Lines() {
        assertEquals(84, ResNet.resnet18().toString().lines().count());
    }

    private static void compare(JsonNode record, Tally tally) {
        if (ARGUED.containsKey(record.get("code").asText())) {
            tally.argued();
            return;
        }
        Module module;
        try {
            module = module(record);
        } catch (ModuleReplay.NotReplayed e) {
            tally.notImplemented();
            return;
        }
        tally.expect(record.get("id").asText(), expected(record), actual(record, module));
    }

    private static Module module(JsonNode record) throws ModuleReplay.NotReplayed {
        if (record.hasNonNull("steps")) {
            return (Module) new ModuleReplay().run(record.get("steps"));
        }
        String code = record.get("code").asText();
        return switch (code) {
            case "torchvision.models.resnet18()" -> ResNet.resnet18();
            case "torchvision.models.resnet34()" -> ResNet.resnet34();
            case "torchvision.models.resnet50()" -> ResNet.resnet50();
            case "torchvision.models.resnext50_32x4d()" -> ResNet.resnext50_32x4d();
            default -> handWritten(code);
        };
    }

    /// Programs that no list of steps holds: classes, and `del`.
    private static Module handWritten(String code) throws ModuleReplay.NotReplayed {
        if (code.contains("class Scale(nn.Module)")) {
            return new Scale();
        }
        if (code.contains("class Mixed(nn.Module)")) {
            return new Mixed();
        }
        if (code.contains("class Empty(nn.Module)")) {
            return new Empty();
        }
        if (code.equals("m = nn.Sequential(nn.Linear(2, 2), nn.ReLU())\ndel m[0]\nm")) {
            Sequential m = new Sequential(new Linear(2, 2), new dev.lanegrad.nn.ReLU());
            m.remove(0);
            return m;
        }
        throw new ModuleReplay.NotReplayed(code);
    }

    private abstract static class UserModule extends Module {
        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    private static final class Scale extends UserModule {
        Scale() {
            parameter("s", Tensor.ones(1));
        }

        @Override
        protected String extraRepr() {
            return "scale=2";
        }
    }

    private static final class Mixed extends UserModule {
        Mixed() {
            module("a", new Linear(1, 1));
        }

        @Override
        protected String extraRepr() {
            return "k=1, mode=x";
        }
    }

    private static final class Empty extends UserModule {}

    private static List<String> expected(JsonNode record) {
        List<String> lines = new ArrayList<>();
        lines.add(record.get("expected").asText().replace("torch.", ""));
        lines.add(record.path("parameters").toString());
        if (record.has("buffers")) {
            Reference.elements(record.get("buffers"))
                    .map(b -> b.get(0).asText() + " " + b.get(1) + " " + b.get(2).asText())
                    .forEach(lines::add);
        }
        Reference.elements(record.path("state_dict_keys"))
                .map(JsonNode::asText)
                .forEach(lines::add);
        Reference.elements(record.path("modules"))
                .map(m -> m.get(0).asText() + " " + m.get(1).asText())
                .forEach(lines::add);
        return lines;
    }

    private static List<String> actual(JsonNode record, Module module) {
        List<String> lines = new ArrayList<>();
        lines.add(module.toString());
        List<String> parameters = new ArrayList<>();
        module.namedParameters()
                .forEach((path, p) -> parameters.add("[\"" + path + "\"," + sizes(p) + "]"));
        lines.add("[" + String.join(",", parameters) + "]");
        if (record.has("buffers")) {
            module.namedBuffers()
                    .forEach((path, b) -> lines.add(path + " " + sizes(b) + " " + b.dtype()));
        }
        lines.addAll(module.stateDict().keySet());
        if (record.has("modules")) {
            module.namedModules()
                    .forEach((path, m) -> lines.add(path + " " + m.toString().split("\\(")[0]));
        }
        return lines;
    }

    private static String sizes(Tensor t) {
        return t.shape().toString().replace(" ", "");
    }
}
