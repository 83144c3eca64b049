package dev.lanegrad.bench;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Libraries to compare with. Present when the module is built with `-Ppeers`.
public interface Peers {
    /// The libraries' names and versions, and which of their code paths this processor gets.
    String describe();

    /// The benchmarks that do what ours of a row does, by the name of the library.
    Map<String, String> benchmarks(KernelRow row);

    /// The rows of the tables of operations that a library has, by name, on operands equal to
    /// these.
    Map<String, PeerOperation> operations(Operands operands);

    /// Those of this build.
    ///
    /// @throws IllegalStateException if there are none
    static Peers load() {
        try {
            return ServiceLoader.load(Peers.class).findFirst().orElseThrow();
        } catch (NoSuchElementException | ServiceConfigurationError e) {
            throw new IllegalStateException("--peers: the benchmarks are built without -Ppeers", e);
        }
    }
}
