/// Python's way to write values, for texts that match PyTorch's. Not exported.
package dev.lanegrad.text;
