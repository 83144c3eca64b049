package dev.lanegrad.regress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The processes of a run so far.
final class Measurements {
    private record Key(Side side, int look, int pair) {
        static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::look)
                        .thenComparingInt(Key::pair)
                        .thenComparing(Key::side);
    }

    private final Map<Case, Map<Key, Fork>> forks = new TreeMap<>();

    /// Those of a file that was broken off; of two that claim a place, the later one.
    static Measurements of(Collection<Fork> forks) {
        Measurements all = new Measurements();
        forks.forEach(all::add);
        return all;
    }

    void add(Fork fork) {
        forks.computeIfAbsent(fork.test(), _ -> new TreeMap<>(Key.ORDER))
                .put(new Key(fork.side(), fork.look(), fork.pair()), fork);
    }

    /// Every case with a process, in order.
    Collection<Case> cases() {
        return forks.keySet();
    }

    /// Whether both processes of a pair are there.
    boolean has(Case test, int look, int pair) {
        Map<Key, Fork> of = forks.getOrDefault(test, Map.of());
        return of.containsKey(new Key(Side.BASE, look, pair))
                && of.containsKey(new Key(Side.HEAD, look, pair));
    }

    /// How many pairs of a look are whole.
    int pairs(Case test, int look) {
        return of(test, Side.BASE, look).size();
    }

    /// The processes of a side in whole pairs, in their order.
    List<Fork> of(Case test, Side side, int look) {
        List<Fork> found = new ArrayList<>();
        forks.getOrDefault(test, Map.of())
                .forEach((key, fork) -> {
                    if (key.look() == look && key.side() == side && has(test, look, key.pair())) {
                        found.add(fork);
                    }
                });
        return found;
    }

    /// The processes of a side in whole pairs of both looks.
    List<Fork> of(Case test, Side side) {
        List<Fork> both = new ArrayList<>(of(test, side, 1));
        both.addAll(of(test, side, 2));
        return both;
    }
}
