package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Python's own PyTorch says of written files; skipped where Debian's `python3-torch` is not
/// installed.
class PthPythonTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir Path temp;

    @Test
    void pythonLoadsWhatIsWrittenWithWeightsOnly() throws Exception {
        assumeTrue(run("import torch").equals(""), "no python3-torch");
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            checkpoint.put(
                    dtype.toString(), Tensor.of(new float[] {0, 1, 3}, Shape.of(3, 1)).to(dtype));
        }
        checkpoint.put("view", Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).t());
        checkpoint.put("empty", Tensor.zeros(2, 0));
        checkpoint.put("leaf", Tensor.scalar(2.5).requiresGrad(true));
        checkpoint.put("values", List.of(3, 1L << 40, true, "ü"));
        Path file = temp.resolve("x.pth");
        Pth.write(file, checkpoint);
        String expected =
                """
                float32 torch.float32 (3, 1) False [[0.0], [1.0], [3.0]]
                float64 torch.float64 (3, 1) False [[0.0], [1.0], [3.0]]
                float16 torch.float16 (3, 1) False [[0.0], [1.0], [3.0]]
                bfloat16 torch.bfloat16 (3, 1) False [[0.0], [1.0], [3.0]]
                int64 torch.int64 (3, 1) False [[0], [1], [3]]
                int32 torch.int32 (3, 1) False [[0], [1], [3]]
                int16 torch.int16 (3, 1) False [[0], [1], [3]]
                int8 torch.int8 (3, 1) False [[0], [1], [3]]
                uint8 torch.uint8 (3, 1) False [[0], [1], [3]]
                bool torch.bool (3, 1) False [[False], [True], [True]]
                view torch.float32 (3, 2) False [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]
                empty torch.float32 (2, 0) False [[], []]
                leaf torch.float64 () True 2.5
                values [3, 1099511627776, True, '\\xfc']
                """;
        assertEquals(
                expected,
                run(
                        """
                        import sys, torch
                        for name, v in torch.load(sys.argv[1], weights_only=True).items():
                            if torch.is_tensor(v):
                                print(name, v.dtype, tuple(v.shape), v.requires_grad, v.tolist())
                            else:
                                print(name, ascii(v))
                        """,
                        file.toString()));
    }

    /// With all of pickle: the restricted reader of PyTorch 1.13, Debian's, knows no floats.
    @Test
    void pythonLoadsEveryKindOfValue() throws Exception {
        assumeTrue(run("import torch").equals(""), "no python3-torch");
        Map<Object, Object> values = new LinkedHashMap<>();
        values.put("floats", List.of(0.1, Double.NEGATIVE_INFINITY));
        values.put(List.of(1, "k"), Set.of(5));
        values.put("size", Shape.of(2, 3));
        values.put("dtype", DType.BFLOAT16);
        values.put("bytes", new byte[] {0, -1});
        values.put("big", BigInteger.ONE.shiftLeft(70));
        Path file = temp.resolve("x.pth");
        Pth.write(file, values);
        assertEquals(
                "{'floats': [0.1, -inf], (1, 'k'): {5}, 'size': torch.Size([2, 3]), 'dtype':"
                        + " torch.bfloat16, 'bytes': b'\\x00\\xff', 'big': 1180591620717411303424}\n",
                run("import sys, torch; print(torch.load(sys.argv[1]))", file.toString()));
    }

    @Test
    void whatPythonSavesIsRead() throws Exception {
        assumeTrue(run("import torch").equals(""), "no python3-torch");
        for (String option : List.of("True", "False")) {
            Path file = temp.resolve("x.pth");
            assertEquals(
                    "",
                    run(
                            """
                            import sys, torch
                            m = torch.nn.Linear(2, 2)
                            torch.nn.init.constant_(m.weight, 0.5)
                            torch.save({'model': m.state_dict(), 'epoch': 3}, sys.argv[1],
                                       _use_new_zipfile_serialization=%s)
                            """
                                    .formatted(option),
                            file.toString()));
            assertEquals(2.0, Pth.readStateDict(file).get("weight").sum().toDoubleArray()[0]);
        }
    }

    private static String run(String program, String... args) throws IOException {
        try {
            List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
            command.addAll(List.of(args));
            Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return python.waitFor() == 0 ? printed : "failed: " + printed;
        } catch (IOException _) {
            return "no python";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
