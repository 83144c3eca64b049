/// JMH benchmarks of the kernels. Every figure stands beside the peak of the machine, measured in
/// the same process just before and just after it, because clocks and neighbours change.
@org.jspecify.annotations.NullMarked
package dev.lanegrad.bench;
