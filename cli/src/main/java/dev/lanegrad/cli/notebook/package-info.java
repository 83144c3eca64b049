/// Notebooks on PyTorch's autograd with their cells in Java. They are written in Markdown, in
/// `src/main/notebooks`; the build makes a class of each.
package dev.lanegrad.cli.notebook;
