package dev.lanegrad.regress;

import java.util.List;
import java.util.Locale;

/// One of the two that are compared.
public enum Side {
    /// What there was.
    BASE,
    /// What is to be judged.
    HEAD;

    /// A B, then B A, then A B: a drift that goes on through two pairs cancels out.
    static List<Side> order(int pair) {
        return pair % 2 == 0 ? List.of(BASE, HEAD) : List.of(HEAD, BASE);
    }

    /// As in options and messages.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
