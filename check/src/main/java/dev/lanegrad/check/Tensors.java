package dev.lanegrad.check;

import dev.lanegrad.DType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What tensors a property's parameter may be. They are float64 if nothing else is asked for, so
/// that central differences mean something.
@Target({ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Tensors {
    /// The type of the elements.
    DType dtype() default DType.FLOAT64;

    /// The number of axes; −1 for any from `minRank` to `maxRank`.
    int rank() default -1;

    /// The least number of axes.
    int minRank() default 0;

    /// The largest number of axes.
    int maxRank() default 3;

    /// The least size of an axis; 0 includes tensors without elements.
    int minSize() default 1;

    /// The largest size of an axis.
    int maxSize() default 4;

    /// Which values.
    Domain domain() default Domain.REAL;

    /// The least value, if it is not the domain's.
    double min() default Double.NaN;

    /// The largest value, if it is not the domain's.
    double max() default Double.NaN;

    /// How the tensors may lie in memory.
    Layout[] layout() default {
        Layout.CONTIGUOUS,
        Layout.OFFSET,
        Layout.PERMUTED,
        Layout.SLICED,
        Layout.CHANNELS_LAST,
        Layout.EXPANDED
    };

    /// Whether the tensors require a gradient.
    boolean requiresGrad() default false;
}
