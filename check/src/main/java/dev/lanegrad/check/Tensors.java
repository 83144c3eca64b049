package dev.lanegrad.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What tensors a property's parameter may be. They are float64, so that central differences mean
/// something.
@Target({ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Tensors {
    /// The least number of axes.
    int minRank() default 0;

    /// The largest number of axes.
    int maxRank() default 3;

    /// The largest size of an axis; the smallest is 1.
    int maxSize() default 4;

    /// The least value.
    double min() default -2;

    /// The largest value.
    double max() default 2;

    /// A distance that values keep from `kink`, where a function has no derivative.
    double clearance() default 0;

    /// The place of a kink; see [#clearance()].
    double kink() default 0;

    /// How the tensors may lie in memory.
    Memory[] memory() default {Memory.CONTIGUOUS, Memory.PERMUTED, Memory.SLICED};
}
