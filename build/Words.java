import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words in Java texts.
final class Words {
    private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_][A-Za-z0-9_]*\\b");

    private Words() {}

    /// `text` with whole words replaced; those that `words` does not know stay.
    static String replace(String text, Map<String, String> words) {
        return WORD.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(words.getOrDefault(m.group(), m.group())));
    }

    static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
