package dev.lanegrad.regress;

import java.util.Locale;

/// What is said of a case.
public enum Verdict {
    /// Slower by the threshold or more, confirmed by fresh processes.
    SLOWER,
    /// Cannot be told: the interval reaches from no slowdown, or a small one, past the threshold.
    UNCLEAR,
    /// Slower for certain, by less than the threshold as far as one can tell.
    SLIGHTLY_SLOWER,
    /// Not slower by the threshold: the interval ends below it.
    SAME,
    /// Faster: the whole interval is.
    FASTER;

    /// As in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
