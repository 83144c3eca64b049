package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.nn.models.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompiledInferenceTest {
    @BeforeEach
    void seed() {
        Tensor.manualSeed(1);
    }

    /// A network that does what a function does.
    private static Module of(UnaryOperator<Tensor> f) {
        Module m =
                new Module() {
                    @Override
                    public Tensor forward(Tensor x) {
                        return f.apply(x);
                    }
                };
        return m.eval();
    }

    private static float[] eager(Module model, Tensor x) {
        try (var _ = Autograd.noGrad()) {
            return model.call(x).toFloatArray();
        }
    }

    private static void assertSame(Module model, Tensor... inputs) {
        Inference inference = Inference.compile(model.eval(), inputs[0]);
        for (Tensor x : inputs) {
            assertArrayEquals(eager(model, x), inference.run(x).toFloatArray());
        }
    }

    @Test
    void residualNetworkGivesTheSameBits() {
        ResNet model = ResNet.resnet18(10);
        model.train();
        model.call(Tensor.randn(4, 3, 64, 64)); // statistics that differ from 0 and 1
        assertSame(model, Tensor.randn(2, 3, 64, 64), Tensor.randn(2, 3, 64, 64));
    }

    @Test
    void depthwiseNetworkGivesTheSameBits() {
        assertSame(new MobileNetV2(10, 1), Tensor.randn(1, 3, 64, 64), Tensor.randn(1, 3, 64, 64));
    }

    @Test
    void transformerGivesTheSameBits() {
        Module encoder = new TransformerEncoder(TransformerEncoderLayer.builder(32, 4).build(), 2);
        assertSame(encoder, Tensor.randn(5, 3, 32), Tensor.randn(5, 3, 32));
    }

    @Test
    void perceptronWithoutNormalizationGivesTheSameBits() {
        Module model =
                new Sequential(
                        new Linear(200, 300), new GELU(), new Linear(300, 10), new LogSoftmax(1));
        assertSame(model, Tensor.randn(64, 200), Tensor.randn(64, 200));
    }

    @Test
    void factorsThatTheProgramComputesAreNotKept() {
        Module model =
                of(x -> {
                    Tensor w = x.mul(2);
                    return x.mm(w.t()).add(x.mm(w.t()));
                });
        assertSame(model, Tensor.randn(40, 70), Tensor.randn(40, 70));
    }

    @Test
    void weightsThatTheProgramComputesAreNotKept() {
        BatchNorm2d norm = new BatchNorm2d(4);
        norm.eval();
        Module model =
                of(x -> {
                    Tensor w = x.narrow(2, 0, 3).narrow(3, 0, 3).mul(2).expand(4, 4, 3, 3);
                    return norm.call(x.conv2d(w.contiguous(), null, 1, 0)).relu();
                });
        assertSame(model, Tensor.randn(1, 4, 8, 8), Tensor.randn(1, 4, 8, 8));
    }

    @Test
    void anyLayoutOfTheInputServes() {
        Module model = ResNet.resnet20(3, 10).eval();
        Inference inference = Inference.compile(model, Tensor.randn(2, 3, 32, 32));
        Tensor x = Tensor.randn(2, 32, 32, 3).permute(0, 3, 1, 2);
        assertArrayEquals(eager(model, x), inference.run(x).toFloatArray());
    }

    @Test
    void integersAreInputsToo() {
        Module model = new Sequential(new Embedding(10, 8), new Linear(8, 4)).eval();
        Tensor x = Tensor.of(new long[] {1, 2, 3, 9, 0, 4}, Shape.of(2, 3));
        Inference inference = Inference.compile(model, x);
        Tensor other = Tensor.of(new long[] {7, 7, 8, 0, 1, 2}, Shape.of(2, 3));
        assertArrayEquals(eager(model, other), inference.run(other).toFloatArray());
    }

    @Test
    void resultsAreIndependentOfLaterCalls() {
        Module model = new Linear(3000, 4000).eval();
        Inference inference = Inference.compile(model, Tensor.randn(1, 3000));
        Tensor x = Tensor.randn(1, 3000);
        Tensor first = inference.run(x);
        float[] before = first.toFloatArray().clone();
        inference.run(Tensor.randn(1, 3000));
        assertArrayEquals(before, first.toFloatArray());
    }

    @Test
    void aWeightThatIsWrittenToIsSeen() {
        ResNet model = ResNet.resnet20(1, 10);
        Tensor x = Tensor.randn(1, 1, 28, 28);
        Inference inference = Inference.compile(model.eval(), x);
        float[] before = inference.run(x).toFloatArray();
        try (var _ = Autograd.noGrad()) {
            model.get("layer1.0.conv1").parameters().getFirst().mul_(2);
        }
        float[] after = inference.run(x).toFloatArray();
        assertArrayEquals(eager(model, x), after);
        assertTrue(before[0] != after[0]);
        ResNet other = ResNet.resnet20(1, 10);
        model.loadStateDict(other.stateDict());
        assertArrayEquals(eager(other.eval(), x), inference.run(x).toFloatArray());
    }

    @Test
    void callersAtOnceDoNotDisturbEachOther() throws Exception {
        Module model = ResNet.resnet20(1, 10).eval();
        Inference inference = Inference.compile(model, Tensor.randn(1, 1, 28, 28));
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Tensor x = Tensor.randn(1, 1, 28, 28);
            float[] y = eager(model, x);
            callers.add(() -> java.util.Arrays.equals(y, inference.run(x).toFloatArray()));
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (var answer : pool.invokeAll(callers)) {
                assertTrue(answer.get());
            }
        }
    }

    @Test
    void scopesThatEndDoNotTakeThePlansMemory() {
        Module model = ResNet.resnet20(1, 10).eval();
        Tensor x = Tensor.randn(1, 1, 28, 28);
        Inference inference;
        try (var _ = Lanegrad.scope()) {
            inference = Inference.compile(model, x);
        }
        try (var _ = Lanegrad.scope()) {
            inference.run(x);
            assertArrayEquals(eager(model, x), inference.run(x).toFloatArray());
        }
        assertArrayEquals(eager(model, x), inference.run(x).toFloatArray());
    }

    @Test
    void otherShapesAndTypesAreRefused() {
        Inference inference = Inference.compile(new Linear(3, 2).eval(), Tensor.randn(4, 3));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> inference.run(Tensor.randn(5, 3)));
        assertEquals(
                "run: the plan is for float32 [4, 3], but the input is float32 [5, 3]",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> inference.run(Tensor.randn(4, 3).to(DType.FLOAT64)));
    }

    @Test
    void trainingModeIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Inference.compile(new Linear(3, 2), Tensor.randn(4, 3)));
        assertEquals("compile: Linear is in training mode (call eval() first)", e.getMessage());
    }

    @Test
    void networksThatLookAtValuesAreRefused() {
        for (UnaryOperator<Tensor> f :
                List.<UnaryOperator<Tensor>>of(
                        x -> x.sum().isTrue() ? x.mul(2) : x.mul(3),
                        x -> x.mul(((Number) x.max().item()).doubleValue()),
                        x -> x.select(0, 0).item().equals(1f) ? x : x.neg(),
                        x -> x.maskedSelect(x.gt(0)))) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Inference.compile(of(f), Tensor.of(1f, 2f, 3f)));
            assertTrue(e.getMessage().startsWith("compile: the program looks at values"));
        }
    }

    @Test
    void indicesOutOfRangeAreRefusedByThePlanToo() {
        Inference inference =
                Inference.compile(new Embedding(10, 8).eval(), Tensor.of(new long[] {1, 2, 3}));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> inference.run(Tensor.of(new long[] {1, 10, 3})));
        assertEquals(8, inference.run(Tensor.of(new long[] {1, 9, 3})).size(1));
    }

    @Test
    void networksThatDrawAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Inference.compile(of(t -> t.add(Tensor.rand(3))), Tensor.ones(3)));
    }

    @Test
    void networksThatCountCallsAreRefused() {
        Tensor calls = Tensor.zeros(1);
        UnaryOperator<Tensor> counting = x -> x.add(calls.add_(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Inference.compile(of(counting), Tensor.ones(3)));
    }
}
