package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method `f_` of numbers and tensors gives the values and the gradients of its twin `f`.
class InPlaceTwinsTest {
    /// What these write is drawn.
    private static final List<String> RANDOM = List.of("bernoulli_", "rrelu_");

    static Stream<Method> writes() {
        return Arrays.stream(Tensor.class.getMethods())
                .filter(m -> m.getName().endsWith("_") && m.getReturnType() == Tensor.class)
                .filter(m -> !RANDOM.contains(m.getName()))
                .filter(m -> Arrays.stream(m.getParameterTypes()).allMatch(InPlaceTwinsTest::made))
                .filter(m -> twin(m) != null);
    }

    private static boolean made(Class<?> type) {
        return type == double.class || type == Tensor.class;
    }

    private static Method twin(Method write) {
        String name = write.getName().substring(0, write.getName().length() - 1);
        try {
            Method twin = Tensor.class.getMethod(name, write.getParameterTypes());
            return twin.getReturnType() == Tensor.class ? twin : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void agree(Method write) throws IllegalAccessException {
        double[][] expected = run(twin(write), false);
        double[][] actual = run(write, true);
        if (expected.length == 0) {
            assertTrue(actual.length == 0, write + " takes what its twin refuses");
            return;
        }
        assertArrayEquals(expected[0], actual[0], write + ": values");
        assertArrayEquals(expected[1], actual[1], write + ": gradients");
    }

    /// The result and the gradient of its sum; nothing if it refuses the operands.
    private static double[][] run(Method f, boolean writes) throws IllegalAccessException {
        Tensor x =
                Tensor.of(new double[][] {{-2.5, -0.4, 0.2}, {0.7, 0.9, 7}, {0.1, 3.5, -0.05}})
                        .requiresGrad(true);
        Object[] arguments = new Object[f.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                    f.getParameterTypes()[i] == double.class
                            ? (Object) (0.3 + 0.4 * i)
                            : Tensor.of(
                                    new double[][] {{0.5, 1.5, 2}, {-1, 0.25, 3}, {1, -2, 0.75}});
        }
        Tensor input = x.mul(1);
        Tensor y;
        try {
            y = (Tensor) f.invoke(input, arguments);
        } catch (InvocationTargetException e) {
            return new double[0][];
        }
        if (writes) {
            assertSame(input, y);
        }
        double[] values = y.to(DType.FLOAT64).toDoubleArray();
        if (y.requiresGrad()) {
            y.sum().backward();
        }
        Tensor gradient = x.grad();
        return new double[][] {values, gradient == null ? new double[0] : gradient.toDoubleArray()};
    }
}
