package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.nn.Conv2d;
import dev.lanegrad.nn.Linear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedTensorsHooksTest {
    private final Tensor x = Tensor.of(0.5, -1.0, 2.0).requiresGrad(true);

    private static double[] grad(Tensor leaf) {
        Tensor g = leaf.grad();
        assertNotNull(g);
        return g.toDoubleArray();
    }

    @Test
    void whatIsKeptIsPackedOnceAndUnpackedWhenAskedFor() {
        List<String> log = new ArrayList<>();
        Tensor y;
        try (var _ =
                Autograd.savedTensorsHooks(
                        t -> {
                            log.add("pack " + t.shape() + (t.requiresGrad() ? " tracked" : ""));
                            return t.toDoubleArray();
                        },
                        values -> {
                            log.add("unpack");
                            return Tensor.of(values);
                        })) {
            y = x.exp().sum();
        }
        assertEquals(List.of("pack [3]"), log);
        y.backward();
        assertEquals(List.of("pack [3]", "unpack"), log);
        assertArrayEquals(x.detach().exp().toDoubleArray(), grad(x));
        x.exp().sum().backward();
        assertEquals(2, log.size(), "the hooks end with their block");
    }

    @Test
    void theValuesThatAreUnpackedAreComputedWith() {
        Tensor y;
        try (var _ = Autograd.savedTensorsHooks(t -> t.add(1), t -> t)) {
            y = x.mul(x).sum();
        }
        y.backward();
        assertArrayEquals(x.detach().add(1).mul(2).toDoubleArray(), grad(x));
    }

    @Test
    void unpackedTensorsKeepTheirHistory() {
        try (var _ = Autograd.savedTensorsHooks(Tensor::clone, t -> t)) {
            assertTrue(
                    GradCheck.checkSecond(t -> t.tanh().exp().mul(t.sigmoid()), x).passed(),
                    "outputs that were packed before they had a history, too");
        }
    }

    @Test
    void halfTheBytesInBfloat16() {
        Tensor in = Tensor.ones(2, 3, 8, 8);
        Conv2d conv = Conv2d.builder(3, 4, 3).build();
        Tensor plain = conv.forward(in).tanh().sum();
        Tensor packed;
        try (var _ = SaveOn.bfloat16()) {
            packed = conv.forward(in).tanh().sum();
        }
        assertEquals(held(plain) / 2, held(packed));
        Tensor w = conv.parameters().getFirst();
        Tensor exact = Autograd.grad(plain, w)[0];
        Tensor rounded = Autograd.grad(packed, w)[0];
        assertEquals(DType.FLOAT32, rounded.dtype());
        assertTrue(exact.sub(rounded).abs().max().div(exact.abs().max()).lt(0.05).isTrue());
    }

    @Test
    void whatIsNotFloatingPointStaysAsItIs() {
        Tensor y;
        try (var _ = SaveOn.bfloat16()) {
            y = x.gather(0, Tensor.of(300L, 2, 1).sub(Tensor.of(300L, 0, 0))).sum();
        }
        y.backward();
        assertArrayEquals(new double[] {1, 1, 1}, grad(x));
    }

    @Test
    void activationsWaitInAFileThatGoesWithThem(@TempDir Path folder) throws IOException {
        Tensor big = Tensor.randn(50, 40).requiresGrad(true);
        UnaryOperator<Tensor> f = t -> t.tanh().matmul(t.t()).gt(0).mul(t.exp().sum()).sum();
        Tensor direct = Autograd.grad(f.apply(big), big)[0];
        Tensor y;
        try (var _ = SaveOn.disk(folder)) {
            y = f.apply(big);
        }
        assertTrue(held(y) < 4096, "only small tensors stay: " + held(y));
        assertTrue(direct.equal(Autograd.grad(y, big)[0]), "to the bit");
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count(), "nobody else sees the file");
        }
        assertThrows(IOException.class, () -> SaveOn.disk(folder.resolve("nowhere")));
    }

    private static long held(Tensor y) {
        return Graphs.holdings(y).stream().mapToLong(Graphs.Holding::bytes).sum();
    }

    @Test
    void activationsMayWaitInFiles(@TempDir Path folder) {
        Linear layer = new Linear(3, 2);
        Tensor in = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        Tensor direct =
                Autograd.grad(layer.forward(in).tanh().sum(), layer.parameters().getFirst())[0];
        Tensor y;
        try (var _ =
                Autograd.savedTensorsHooks(t -> write(folder, t), SavedTensorsHooksTest::read)) {
            y = layer.forward(in).tanh().sum();
        }
        Tensor offloaded = Autograd.grad(y, layer.parameters().getFirst())[0];
        assertTrue(direct.equal(offloaded));
        assertEquals(0, held(y));
    }

    private record Parked(Path file, DType dtype, Shape shape) {}

    private static Parked write(Path folder, Tensor t) {
        try {
            Path file = Files.createTempFile(folder, "kept", "");
            try (FileChannel channel =
                    FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
                t.writeTo(channel);
            }
            return new Parked(file, t.dtype(), t.shape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor read(Parked parked) {
        try (FileChannel channel = FileChannel.open(parked.file())) {
            return Tensor.readFrom(channel, parked.dtype(), parked.shape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anUnpackedTensorOfAnotherShapeIsRefused() {
        Tensor y;
        try (var _ = Autograd.savedTensorsHooks(t -> t, t -> t.narrow(0, 0, 2))) {
            y = x.exp().sum();
        }
        assertEquals(
                "saved tensor hooks: packed was float64 [3], but unpacked is float64 [2]",
                assertThrows(IllegalStateException.class, y::backward).getMessage());
    }

    @Test
    void aWriteAfterPackingIsNotNoticed() {
        Tensor y;
        Tensor e;
        try (var _ = Autograd.savedTensorsHooks(Tensor::clone, t -> t)) {
            e = x.exp();
            y = e.sum();
        }
        e.detach().zero_();
        y.backward();
        assertArrayEquals(x.detach().exp().toDoubleArray(), grad(x));
    }
}
