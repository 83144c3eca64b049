package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 0, 0",
        "1.5, 0, 2",
        "2.675, 2, 2.67",
        "-0.0, 1, -0.0",
        "-1e-9, 2, -0.00",
        "1e22, 1, 10000000000000000000000.0",
        "5e-324, 3, 0.000",
        "-Infinity, 4, -inf",
    })
    void fixedIsPythonsF(double x, int digits, String expected) {
        assertEquals(expected, Decimals.fixed(x, digits));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 0.0000e+00",
        "-0.0, 0, -0e+00",
        "1, 4, 1.0000e+00",
        "9.99996, 4, 1.0000e+01",
        "12.5, 1, 1.2e+01",
        "1e-5, 4, 1.0000e-05",
        "1e100, 0, 1e+100",
        "5e-324, 4, 4.9407e-324",
        "NaN, 4, nan",
    })
    void scientificIsPythonsE(double x, int digits, String expected) {
        assertEquals(expected, Decimals.scientific(x, digits));
    }
}
