package dev.lanegrad.bench;

import java.util.Map;

/// Libraries to compare with. Present when the module is built with `-Ppeers`.
public interface Peers {
    /// The libraries' names and versions, and which of their code paths this processor gets.
    String describe();

    /// The benchmarks that do what benchmark `method` of `ours` does, by the name of the library.
    Map<String, String> benchmarks(Class<?> ours, String method);
}
