package dev.lanegrad.nn;

import java.util.List;

/// What [Module#loadStateDict(java.util.Map, boolean)] found that did not meet.
///
/// @param missingKeys paths of the module that the state does not have
/// @param unexpectedKeys paths of the state that the module does not have
public record IncompatibleKeys(List<String> missingKeys, List<String> unexpectedKeys) {
    /// As PyTorch prints it.
    @Override
    public String toString() {
        return missingKeys.isEmpty() && unexpectedKeys.isEmpty()
                ? "<All keys matched successfully>"
                : "_IncompatibleKeys(missing_keys=%s, unexpected_keys=%s)"
                        .formatted(quoted(missingKeys), quoted(unexpectedKeys));
    }

    private static List<String> quoted(List<String> keys) {
        return keys.stream().map(key -> "'" + key + "'").toList();
    }
}
