package dev.lanegrad.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as Python's `repr` writes them.
public final class PythonText {
    private PythonText() {}

    /// The text of null (`None`), a truth value (`True`), a number, a list (a tuple, `(3, 5)`) or
    /// anything else.
    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case Double d -> of(d.doubleValue());
            case Float f -> of(f.doubleValue());
            case List<?> list -> tuple(list);
            default -> value.toString();
        };
    }

    /// A float: the shortest decimal that reads back as the same number, with an exponent below
    /// 1e-04 and from 1e+16 on.
    public static String of(double x) {
        if (!Double.isFinite(x)) {
            return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
        }
        if (x == 0) {
            return 1 / x < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(x)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String digits = shortest.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return "%s%s%se%s%02d"
                    .formatted(
                            x < 0 ? "-" : "",
                            digits.charAt(0),
                            fraction,
                            exponent < 0 ? "-" : "+",
                            Math.abs(exponent));
        }
        String plain = shortest.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    private static String tuple(List<?> list) {
        String items = list.stream().map(PythonText::of).collect(Collectors.joining(", "));
        return list.size() == 1 ? "(" + items + ",)" : "(" + items + ")";
    }
}
