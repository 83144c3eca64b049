package dev.lanegrad.bench.networks;

import java.util.List;

/// Other libraries that run the same rows.
public interface NetworkPeers {
    /// Their names, each with the configuration, for a row.
    List<String> names(NetworkRow row);

    /// The row's work in one of them.
    Workload workload(String name, NetworkRow row, int threads);
}
