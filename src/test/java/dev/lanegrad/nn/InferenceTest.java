package dev.lanegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Autograd;
import dev.lanegrad.PadMode;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.optim.SGD;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What networks compute where nothing is recorded, by kernels that do several operations at once
/// and keep weights in their own form, beside what they compute one operation after another.
class InferenceTest {
    private static Module stirred(Module model) {
        model.namedBuffers()
                .forEach((name, b) -> {
                    if (name.endsWith("running_var")) {
                        b.uniform_(0.5, 2);
                    } else if (name.endsWith("running_mean")) {
                        b.uniform_(-1, 1);
                    }
                });
        for (Module m : model.modules()) {
            if (m instanceof BatchNorm2d norm && norm.weight() != null && norm.bias() != null) {
                norm.weight().data().uniform_(0.5, 1.5);
                norm.bias().data().uniform_(-0.5, 0.5);
            }
        }
        return model.eval();
    }

    private static Tensor unrecorded(Module model, Tensor x) {
        try (var _ = Autograd.noGrad()) {
            return model.call(x);
        }
    }

    private static void sameAsRecorded(Module model, Tensor x) {
        Tensor expected = stirred(model).call(x).detach();
        for (int call = 0; call < 3; call++) {
            Tensor y = unrecorded(model, x);
            assertFalse(y.requiresGrad());
            assertTrue(y.allclose(expected, 1e-4, 1e-4), () -> model + "\n" + y.sub(expected));
        }
    }

    @Test
    void networksComputeTheSameAsWhenTheyAreRecorded() {
        Tensor.manualSeed(1);
        sameAsRecorded(ResNet.resnet20(1, 10), Tensor.randn(2, 1, 12, 12));
        sameAsRecorded(ResNet.named("resnet50", 5), Tensor.randn(1, 3, 40, 40));
        sameAsRecorded(new MobileNetV2(4, 0.25), Tensor.randn(1, 3, 32, 32));
    }

    @Test
    void allOptionsOfAConvolutionHold() {
        Tensor.manualSeed(2);
        Module relu6 = new ReLU6(true);
        Module plain = BatchNorm2d.builder(6).affine(false).build();
        Module padded =
                Conv2d.builder(4, 6, 3).padding(2).paddingMode(PadMode.REFLECT).dilation(2).build();
        sameAsRecorded(new Sequential(padded, plain, relu6), Tensor.randn(2, 4, 9, 7).mul(20));
        Module grouped = Conv2d.builder(4, 8, 3).stride(2).groups(2).bias(false).build();
        sameAsRecorded(
                new Sequential(grouped, new BatchNorm2d(8), new Tanh()), Tensor.randn(2, 4, 9, 7));
        Module depthwise = Conv2d.builder(5, 5, 3).groups(5).build();
        sameAsRecorded(
                new Sequential(new ReLU(), depthwise, new BatchNorm2d(5)),
                Tensor.randn(2, 5, 4, 4));
        Module wide = Conv2d.builder(32, 48, 3).padding(1).build();
        sameAsRecorded(
                new Sequential(wide, new BatchNorm2d(48), new ReLU()), Tensor.randn(1, 32, 17, 15));
    }

    @Test
    void nansPassTheActivation() {
        Module model = new Sequential(new Conv2d(1, 1, 1), new BatchNorm2d(1), new ReLU()).eval();
        Tensor y = unrecorded(model, Tensor.of(new float[] {Float.NaN}, Shape.of(1, 1, 1, 1)));
        assertTrue(Float.isNaN(y.toFloatArray()[0]));
    }

    @Test
    void everyWriteToAWeightIsSeen() {
        Tensor.manualSeed(3);
        Conv2d conv = new Conv2d(3, 4, 3);
        Tensor x = Tensor.randn(1, 3, 8, 8);
        for (int i = 0; i < 3; i++) {
            unrecorded(conv, x);
        }
        check(conv, x);
        conv.weight().data().mul_(2);
        check(conv, x);
        conv.weight().data().data().select(0, 1).add_(1);
        check(conv, x);
        SGD sgd = SGD.builder(conv.parameters()).lr(0.1).build();
        conv.call(x).sum().backward();
        sgd.step();
        check(conv, x);
        conv.weight().data(Tensor.randn(4, 3, 3, 3));
        check(conv, x);
    }

    /// Several times, since a weight is kept from its second use on.
    private static void check(Conv2d conv, Tensor x) {
        Tensor w = conv.weight().detach().clone();
        for (int call = 0; call < 3; call++) {
            float[] y = unrecorded(conv, x).toFloatArray();
            float[] expected = x.conv2d(w.clone(), conv.bias(), 1, 0).detach().toFloatArray();
            assertArrayEquals(expected, y);
        }
    }

    @Test
    void imagesOfAnySizeMayFollowEachOther() {
        Tensor.manualSeed(4);
        Conv2d conv = new Conv2d(3, 40, 3);
        for (int size : new int[] {34, 10, 26, 5}) {
            check(conv, Tensor.randn(1, 3, size, size));
        }
    }

    @Test
    void everyWriteToALinearWeightIsSeen() {
        Tensor.manualSeed(5);
        Linear linear = new Linear(70, 40);
        for (Tensor x : new Tensor[] {Tensor.randn(3, 70), Tensor.randn(2, 30, 70)}) {
            check(linear, x);
            linear.weight().data().mul_(2);
            check(linear, x);
            linear.weight().data().select(0, 1).add_(1);
            check(linear, x);
            SGD sgd = SGD.builder(linear.parameters()).lr(0.1).build();
            linear.call(x).sum().backward();
            sgd.step();
            check(linear, x);
        }
    }

    private static void check(Linear linear, Tensor x) {
        Tensor w = linear.weight().detach().clone();
        for (int call = 0; call < 3; call++) {
            float[] y = unrecorded(linear, x).toFloatArray();
            assertArrayEquals(x.linear(w.clone(), linear.bias()).detach().toFloatArray(), y);
        }
    }

    @Test
    void writesThroughOtherTensorsAreSeen() {
        Tensor.manualSeed(6);
        Tensor x = Tensor.randn(20, 30);
        Tensor w = Tensor.randn(40, 30);
        Tensor data = w.data();
        Tensor other = w.data();
        checkProduct(x, data);
        w.mul_(2);
        checkProduct(x, data);
        other.add_(1);
        checkProduct(x, data);
        Tensor parameter = Tensor.randn(40, 30).requiresGrad_(true);
        parameter.data(w);
        checkProduct(x, parameter.detach());
        w.zero_();
        checkProduct(x, parameter.detach());
    }

    @Test
    void gradientsThatAreAddedUpAreSeen() {
        Tensor.manualSeed(7);
        Tensor x = Tensor.randn(20, 30);
        Tensor w = Tensor.randn(40, 30).requiresGrad_(true);
        for (int step = 0; step < 3; step++) {
            w.mul(w).sum().backward();
            Tensor g = w.grad();
            assertTrue(g != null);
            checkProduct(x, g);
        }
    }

    @Test
    void partsOfAWeightMayTakeTurns() {
        Tensor.manualSeed(8);
        Tensor x = Tensor.randn(20, 30);
        Tensor w = Tensor.randn(80, 30);
        for (int i = 0; i < 3; i++) {
            checkProduct(x, w.narrow(0, 0, 40));
            checkProduct(x, w.narrow(0, 40, 40));
            checkProduct(x, w);
        }
    }

    /// Several times, and for any number of rows.
    private static void checkProduct(Tensor x, Tensor w) {
        Tensor copy = w.clone();
        for (long rows : new long[] {20, 20, 1, 3, 20}) {
            Tensor some = x.narrow(0, 0, rows);
            assertArrayEquals(some.mm(copy.t()).toFloatArray(), some.mm(w.t()).toFloatArray());
            copy = copy.clone();
        }
    }

    @Test
    void arraysOfTheUserMayChangeAtAnyTime() {
        float[] values = {1};
        Tensor w = Tensor.of(values, Shape.of(1, 1, 1, 1));
        Tensor x = Tensor.ones(1, 1, 1, 1);
        for (int i = 1; i < 5; i++) {
            values[0] = i;
            assertEquals(i, x.conv2d(w, null).toFloatArray()[0]);
        }
    }

    @Test
    void hooksAreCalled() {
        Sequential model = new Sequential(new Conv2d(1, 1, 1), new BatchNorm2d(1), new ReLU());
        model.eval();
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            model.get(i)
                    .registerForwardHook((_, _, _) -> {
                        calls.incrementAndGet();
                        return null;
                    });
        }
        unrecorded(model, Tensor.ones(1, 1, 2, 2));
        assertEquals(3, calls.get());
    }

    @Test
    void trainingStillMovesStatisticsWhereNothingIsRecorded() {
        BatchNorm2d norm = new BatchNorm2d(1);
        Module model = new Sequential(new Conv2d(1, 1, 1), norm, new ReLU()).train();
        unrecorded(model, Tensor.ones(1, 1, 2, 2));
        assertEquals(1L, java.util.Objects.requireNonNull(norm.batches()).item());
    }
}
