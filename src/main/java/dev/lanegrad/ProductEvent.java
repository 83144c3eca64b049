package dev.lanegrad;

import dev.lanegrad.kernels.ConvShape;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The arithmetic of one product of matrices or convolution, to the Flight Recorder.
@Name("dev.lanegrad.Product")
@Label("Product")
@Category("Lanegrad")
@Description(
        "The multiplications and additions that a product of matrices or a convolution is defined by")
@Enabled(false)
@StackTrace(false)
final class ProductEvent extends Event {
    @Label("Operations")
    long operations;

    /// A product of matrices `[m, k]` and `[k, n]`, `batch` times.
    static void of(long batch, long m, long n, long k) {
        ProductEvent event = new ProductEvent();
        if (event.shouldCommit()) {
            event.operations = 2 * batch * m * n * k;
            event.commit();
        }
    }

    /// A convolution of this size, or one of its gradients.
    static void of(ConvShape s) {
        ProductEvent event = new ProductEvent();
        if (event.shouldCommit()) {
            long outputs = (long) s.n() * s.o() * s.outH() * s.outW();
            event.operations = 2 * outputs * s.groupC() * s.kh() * s.kw();
            event.commit();
        }
    }
}
