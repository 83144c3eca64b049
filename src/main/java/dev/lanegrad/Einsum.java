package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Sums of products in Einstein's notation, as permutations, diagonals, sums and batched products.
final class Einsum {
    private Einsum() {}

    /// An operand whose axes have these letters; axes of an ellipsis have digits from the last, `0`
    /// on.
    private record Term(Tensor x, String letters) {}

    static Tensor apply(String equation, Tensor... operands) {
        String plain = equation.replace(" ", "");
        int arrow = plain.indexOf("->");
        String[] inputs = (arrow < 0 ? plain : plain.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.length) {
            throw new IllegalArgumentException(
                    "einsum: '%s' has %d operands, but got %d"
                            .formatted(equation, inputs.length, operands.length));
        }
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            terms.add(withoutRepeats(term(equation, inputs[i], operands[i])));
        }
        String output =
                arrow < 0
                        ? implicitOutput(inputs, terms)
                        : output(plain.substring(arrow + 2), terms);
        check(equation, output, terms);
        return contracted(equation, terms, output);
    }

    private static Term term(String equation, String input, Tensor x) {
        String named = input.replace("...", "");
        boolean ellipsis = named.length() < input.length();
        int open = x.dim() - named.length();
        if (open < 0 || (open > 0 && !ellipsis) || open > 10) {
            throw new IllegalArgumentException(
                    "einsum: '%s' of '%s' does not fit the %d axes of %s"
                            .formatted(input, equation, x.dim(), x.shape()));
        }
        return new Term(x, input.replace("...", digits(open)));
    }

    private static String digits(int n) {
        StringBuilder text = new StringBuilder();
        for (int i = n - 1; i >= 0; i--) {
            text.append(i);
        }
        return text.toString();
    }

    private static Term withoutRepeats(Term term) {
        for (int i = 0; i < term.letters.length(); i++) {
            int again = term.letters.indexOf(term.letters.charAt(i), i + 1);
            if (again > 0) {
                String rest =
                        new StringBuilder(term.letters).deleteCharAt(again).deleteCharAt(i)
                                + String.valueOf(term.letters.charAt(i));
                return withoutRepeats(new Term(term.x.diagonal(0, i, again), rest));
            }
        }
        return term;
    }

    private static String output(String given, List<Term> terms) {
        int most = terms.stream().mapToInt(t -> ellipsisAxes(t)).max().orElse(0);
        return given.replace("...", digits(most));
    }

    private static int ellipsisAxes(Term term) {
        return (int) term.letters.chars().filter(Character::isDigit).count();
    }

    /// The axes of the ellipsis, and the letters that appear once, in the alphabet's order.
    private static String implicitOutput(String[] inputs, List<Term> terms) {
        String all = String.join("", inputs).replace("...", "");
        StringBuilder once = new StringBuilder(output("...", terms));
        all.chars()
                .sorted()
                .filter(c -> all.indexOf(c) == all.lastIndexOf(c))
                .forEach(c -> once.append((char) c));
        return once.toString();
    }

    private static void check(String equation, String output, List<Term> terms) {
        for (int i = 0; i < output.length(); i++) {
            char letter = output.charAt(i);
            if (output.indexOf(letter) != i
                    || terms.stream().noneMatch(t -> t.letters.indexOf(letter) >= 0)) {
                throw new IllegalArgumentException(
                        "einsum: '%s' has no single axis '%s' for the output"
                                .formatted(equation, letter));
            }
        }
    }

    private static Tensor contracted(String equation, List<Term> terms, String output) {
        Term result = summed(terms.getFirst(), terms.subList(1, terms.size()), output);
        for (int i = 1; i < terms.size(); i++) {
            List<Term> later = terms.subList(i + 1, terms.size());
            result =
                    product(
                            equation,
                            result,
                            summedAlone(terms.get(i), result, later, output),
                            later,
                            output);
        }
        String letters = result.letters;
        int[] order = output.chars().map(letters::indexOf).toArray();
        boolean inOrder = IntStream.range(0, order.length).allMatch(i -> order[i] == i);
        return inOrder ? result.x : result.x.permute(order);
    }

    /// Without the axes that nothing later needs.
    private static Term summed(Term term, List<Term> later, String output) {
        StringBuilder kept = new StringBuilder();
        List<Integer> over = new ArrayList<>();
        for (int i = 0; i < term.letters.length(); i++) {
            if (isNeeded(term.letters.charAt(i), later, output)) {
                kept.append(term.letters.charAt(i));
            } else {
                over.add(i);
            }
        }
        return over.isEmpty()
                ? term
                : new Term(
                        term.x.sum(over.stream().mapToInt(i -> i).toArray(), false),
                        kept.toString());
    }

    private static Term summedAlone(Term term, Term before, List<Term> later, String output) {
        return summed(term, later, output + before.letters);
    }

    private static boolean isNeeded(char letter, List<Term> later, String output) {
        return output.indexOf(letter) >= 0
                || later.stream().anyMatch(t -> t.letters.indexOf(letter) >= 0);
    }

    /// Both multiplied and summed over what only they have: `[batch, of a, summed] · [batch,
    /// summed, of b]`.
    private static Term product(String equation, Term a, Term b, List<Term> later, String output) {
        StringBuilder batch = new StringBuilder();
        StringBuilder inner = new StringBuilder();
        StringBuilder ofA = new StringBuilder();
        StringBuilder ofB = new StringBuilder();
        for (char c : a.letters.toCharArray()) {
            boolean shared = b.letters.indexOf(c) >= 0;
            boolean needed = isNeeded(c, later, output);
            (!shared ? ofA : needed ? batch : inner).append(c);
        }
        for (char c : b.letters.toCharArray()) {
            if (a.letters.indexOf(c) < 0) {
                ofB.append(c);
            }
        }
        Term left = broadcast(equation, a, b, batch + "" + ofA + inner);
        Term right = broadcast(equation, b, a, batch + "" + inner + ofB);
        long[] sizes = sizes(left, right, batch + "" + ofA + ofB);
        int[] widths = {
            count(left, batch), count(left, ofA), count(left, inner), count(right, ofB)
        };
        Tensor y =
                left.x
                        .reshape(widths[0], widths[1], widths[2])
                        .bmm(right.x.reshape(widths[0], widths[2], widths[3]))
                        .reshape(sizes);
        return new Term(y, batch + "" + ofA + ofB);
    }

    /// The axes in this order, those of size 1 as long as the other's.
    private static Term broadcast(String equation, Term term, Term other, String order) {
        int[] axes = order.chars().map(term.letters::indexOf).toArray();
        Tensor x = term.x.permute(axes);
        long[] sizes = x.shape().toArray();
        for (int i = 0; i < sizes.length; i++) {
            int there = other.letters.indexOf(order.charAt(i));
            int size = there < 0 ? (int) sizes[i] : other.x.size(there);
            if (sizes[i] != size && sizes[i] != 1 && size != 1) {
                throw new IllegalArgumentException(
                        "einsum: axis '%s' of '%s' has sizes %d and %d"
                                .formatted(order.charAt(i), equation, sizes[i], size));
            }
            sizes[i] = Math.max(sizes[i], size);
        }
        return new Term(x.expand(sizes), order);
    }

    private static long[] sizes(Term a, Term b, String letters) {
        return letters.chars()
                .mapToLong(c -> {
                    int at = a.letters.indexOf(c);
                    return at >= 0 ? a.x.size(at) : b.x.size(b.letters.indexOf(c));
                })
                .toArray();
    }

    private static int count(Term term, CharSequence letters) {
        return letters.chars()
                .map(c -> term.x.size(term.letters.indexOf(c)))
                .reduce(1, (m, n) -> m * n);
    }
}
