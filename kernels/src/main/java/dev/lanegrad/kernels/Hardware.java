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
        // an architecture or a virtual machine without the switch always has FMA
        return Boolean.parseBoolean(option("UseFMA", "true"));
    }

    /// How many vector registers compiled code may use: 16 on x86 without AVX-512, else 32.
    static int vectorRegisters() {
        // only x86 has the switch
        return Integer.parseInt(option("UseAVX", "3")) >= 3 ? 32 : 16;
    }

    private static String option(String name, String otherwise) {
        try {
            HotSpotDiagnosticMXBean bean =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? otherwise : bean.getVMOption(name).getValue();
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }
}
