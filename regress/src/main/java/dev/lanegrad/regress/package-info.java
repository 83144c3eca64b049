/// Compares two builds of a JMH suite: pairs of processes interleaved in one run ([Side]), judged
/// by their ratios ([Comparison], [Judge]) and by what does not depend on time ([Gates]), kept as
/// lines of JSON ([RunFile]).
///
/// A *case* is a benchmark with values for its parameters; a *fork* what one process said about a
/// case; a *look* a number of pairs of processes, of which there are at most two.
package dev.lanegrad.regress;
