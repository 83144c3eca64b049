package dev.lanegrad.cli.notebook;

import java.util.List;

/// A cell of a notebook: what it says in Python, the same in Java, and what is known of its output.
///
/// @param label what stands after `In`, for example `[49]`
/// @param texts what it prints; none if it prints nothing
/// @param remark what a reader should know beside it; may be empty
public record Cell(String label, String python, String java, List<Text> texts, String remark) {
    /// A record of what a cell prints, without the `torch.` before names.
    ///
    /// @param kind empty: the notebook's own, word for word; `random`: the notebook's own, whose
    ///   numbers are others in every run; `seed=0`: PyTorch's after `torch.manual_seed(0)`, to
    ///   which `rounded` adds that sums of float32 in another order differ in the last digits
    /// @param lines the text; a last line `[...]` stands for any number of lines
    public record Text(String kind, String lines) {}
}
