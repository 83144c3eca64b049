/// Kernels as a library of their own, and what all of them share.
///
/// The contract of every kernel:
/// - inputs, then outputs, then sizes; lengths in elements; row-major; the first sentence of its
///   Javadoc is its formula;
/// - a kernel checks nothing (its caller has), asserts its preconditions and allocates nothing but
///   scratch for packing, which is pooled;
/// - its result depends neither on the number of threads nor on timing: every output element is
///   summed in one fixed order, and shapes alone choose the algorithm.
package dev.lanegrad.kernels;
