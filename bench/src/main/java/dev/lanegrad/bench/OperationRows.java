package dev.lanegrad.bench;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Rows while a table is put together: those of a group share its name and target.
final class OperationRows {
    private final List<OperationRow> rows = new ArrayList<>();
    private String group = "";
    private double target = 1;

    /// What follows belongs to this group and should be as fast as a peer.
    OperationRows group(String name) {
        return group(name, 1);
    }

    /// What follows belongs to this group and should be this many times as fast as a peer.
    OperationRows group(String name, double target) {
        this.group = name;
        this.target = target;
        return this;
    }

    OperationRows row(String name, Function<Operands, Tensor> run) {
        rows.add(new OperationRow(group, name, target, run));
        return this;
    }

    List<OperationRow> all() {
        return List.copyOf(rows);
    }
}
