package dev.lanegrad.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/// What the virtual machine says of the processor.
final class Hardware {
    private Hardware() {}

    /// Whether `Math.fma` is one instruction. Where it is not, the JDK computes it with
    /// `BigDecimal`, a thousand times slower, so kernels must not call it. Asked of the virtual
    /// machine rather than of the processor, because flags such as `-XX:UseAVX=0` take FMA away.
    static boolean hasFma() {
        try {
            HotSpotDiagnosticMXBean bean =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null || Boolean.parseBoolean(bean.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException _) {
            return true; // an architecture or a virtual machine without the switch always has FMA
        }
    }
}
