/// Conversions between element types. One is written, [FloatToDouble]; the others and the class
/// that picks one by the arrays' types are derived from it when the project is built.
package dev.lanegrad.kernels.cast;
