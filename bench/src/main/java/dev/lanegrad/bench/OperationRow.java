package dev.lanegrad.bench;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.function.Function;

/// A row of the tables of tensor operations.
///
/// @param group what kind of operation it is
/// @param name by which a peer knows it
/// @param target how many times as fast as the peer it should be
/// @param run ours, whose first result is held against the peer's
record OperationRow(String group, String name, double target, Function<Operands, Tensor> run) {
    /// The rows of a table: `ops` or `tensors`.
    static List<OperationRow> of(String table) {
        return switch (table) {
            case "ops" -> {
                OperationRows rows = new OperationRows();
                PointwiseRows.addTo(rows);
                PairRows.addTo(rows);
                ReductionRows.addTo(rows);
                NetworkRows.addTo(rows);
                yield rows.all();
            }
            case "tensors" -> {
                OperationRows rows = new OperationRows();
                MovementRows.addTo(rows);
                yield rows.all();
            }
            default -> throw new IllegalArgumentException("no table is called " + table);
        };
    }

    boolean matches(String text) {
        return group.contains(text) || name.contains(text);
    }
}
