import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The conversions between any two element types from the one of float to double, and their choice.
final class Casts {
    private Casts() {}

    static List<Source> of(List<Source> originals) {
        var casts = new ArrayList<Source>();
        for (Source s : originals) {
            var choices = new StringBuilder();
            for (String from : new TreeSet<>(Twins.ELEMENTS.values())) {
                for (String to : new TreeSet<>(Twins.ELEMENTS.values())) {
                    Source cast = cast(s, from, to);
                    casts.add(cast);
                    choices.append("""
                                    if (x instanceof %s[] from && y instanceof %s[] to) {
                                        dev.lanegrad.kernels.cast.%s.run(from, xo, xs, to, yo, n);
                                        return;
                                    }
                            """.formatted(from, to, cast.name()));
                }
            }
            casts.add(choice(choices.toString()));
        }
        return casts;
    }

    private static Source cast(Source s, String from, String to) {
        String name = Words.capitalized(from) + "To" + Words.capitalized(to);
        String number = from.equals("boolean") ? "(x ? 1 : 0)" : "x";
        String value = to.equals(from) ? "x" : to.equals("boolean") ? "x != 0" : "(double) " + number;
        String text = s.text().replace("(double) x", value);
        return new Source(s.pkg(), name, Words.replace(text, Map.of("float", from, "double", to, s.name(), name)));
    }

    private static Source choice(String choices) {
        return new Source("any", "Cast", """
                package dev.lanegrad.kernels.any;

                /// Conversion between element types, which the arrays tell.
                public final class Cast {
                    private Cast() {}

                    /// `y := x`, n elements; an input of step 0 is one value.
                    public static void run(Object x, int xo, int xs, Object y, int yo, int n) {
                %s        throw new IllegalArgumentException("cast: from " + x.getClass().getSimpleName() + " to " \
                + y.getClass().getSimpleName());
                    }
                }
                """.formatted(choices));
    }
}
