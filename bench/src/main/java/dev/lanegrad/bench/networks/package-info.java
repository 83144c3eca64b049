/// Whole networks, each in processes of its own, beside the same in other libraries.
@org.jspecify.annotations.NullMarked
package dev.lanegrad.bench.networks;
