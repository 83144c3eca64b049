package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortableMathTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal BOUND = new BigDecimal("0.5002");
    private static final int CASES = 1500;

    @Test
    void sinAndCosAreCorrectlyRounded() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            double x = random.nextDouble() * 2 * Math.PI;
            BigDecimal[] exact = sinAndCos(new BigDecimal(x));
            assertRounded("sin", x, exact[0], PortableMath.sin(x));
            assertRounded("cos", x, exact[1], PortableMath.cos(x));
        }
    }

    @Test
    void sinAndCosAreCorrectlyRoundedNextToTheirZeros() {
        for (int k = 0; k <= 20; k++) {
            for (double x :
                    new double[] {
                        k * Math.PI / 2,
                        Math.nextDown(k * Math.PI / 2),
                        k * Math.PI / 128,
                        k * 0x1p-30,
                        -k * 1e-3
                    }) {
                BigDecimal[] exact = sinAndCos(new BigDecimal(x));
                assertRounded("sin", x, exact[0], PortableMath.sin(x));
                assertRounded("cos", x, exact[1], PortableMath.cos(x));
            }
        }
    }

    @Test
    void logIsCorrectlyRounded() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            assertLog(1 - random.nextDouble());
            assertLog(1 - random.nextDouble() * 0x1p-9);
            assertLog(1 + random.nextDouble() * 0x1p-9);
            assertLog(Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 60)));
        }
        for (double x :
                new double[] {0x1p-53, 0.5, 1 - 0x1p-53, 1.4140625, Math.nextUp(1.4140625)}) {
            assertLog(x);
        }
        assertEquals(0, PortableMath.log(1));
    }

    private static void assertLog(double x) {
        // log(x) = y + log(x·exp(-y)), whose argument is next to 1
        double y = PortableMath.log(x);
        BigDecimal ratio = new BigDecimal(x).multiply(exp(new BigDecimal(-y)), DIGITS);
        BigDecimal q = ratio.subtract(BigDecimal.ONE);
        BigDecimal rest = q.subtract(q.multiply(q).divide(BigDecimal.TWO, DIGITS), DIGITS);
        assertRounded("log", x, new BigDecimal(y).add(rest), y);
    }

    private static void assertRounded(String name, double x, BigDecimal exact, double y) {
        BigDecimal error = exact.subtract(new BigDecimal(y)).abs();
        assertTrue(
                error.compareTo(BOUND.multiply(new BigDecimal(Math.ulp(y)))) <= 0,
                () -> name + " of " + x + " is " + y + ", " + error + " off");
    }

    private static BigDecimal exp(BigDecimal x) {
        int halvings = 12;
        BigDecimal small = x.divide(BigDecimal.valueOf(1 << halvings), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < 30; n++) {
            term = term.multiply(small).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    private static BigDecimal[] sinAndCos(BigDecimal x) {
        BigDecimal sin = BigDecimal.ZERO;
        BigDecimal cos = BigDecimal.ZERO;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 0; n < 150; n += 2) {
            cos = cos.add(term);
            term = term.multiply(x).divide(BigDecimal.valueOf(n + 1), DIGITS);
            sin = sin.add(term);
            term = term.multiply(x).divide(BigDecimal.valueOf(-n - 2), DIGITS);
        }
        return new BigDecimal[] {sin, cos};
    }
}
