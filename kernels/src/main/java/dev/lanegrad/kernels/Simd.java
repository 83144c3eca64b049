package dev.lanegrad.kernels;

/// Which path the kernels take on this machine, decided once when the class is loaded.
///
/// The SIMD path needs the module `jdk.incubator.vector` and hardware FMA; without either of them
/// the same kernels run one lane wide, with the same rounding where the hardware has FMA. The
/// system property `lanegrad.vector` overrides: `off` takes the one-lane path, `require` makes a
/// missing SIMD path an error.
public final class Simd {
    /// Whether the machine multiplies and adds in one rounding; elsewhere `fma` is a product and a
    /// sum.
    public static final boolean FMA = Hardware.hasFma();

    /// Whether the SIMD kernels are in use; decides between a kernel and its one-lane twin.
    public static final boolean VECTOR = chooseVector();

    /// How many vector registers compiled code may use; decides how large a tile of a matrix
    /// product is.
    public static final int REGISTERS = Hardware.vectorRegisters();

    private Simd() {}

    /// The path in use, for example `SIMD 512 bit (16 floats)`.
    public static String describe() {
        if (VECTOR) {
            int bits = bits();
            return "SIMD " + bits + " bit (" + bits / Float.SIZE + " floats)";
        }
        String reason =
                !module()
                        ? "no module jdk.incubator.vector"
                        : FMA ? "lanegrad.vector=off" : "no fused multiply-add";
        return "one lane (" + reason + ")";
    }

    /// Width of the vectors in use, in bits; 0 on the one-lane path.
    public static int bits() {
        return VECTOR ? VectorShape.bits() : 0;
    }

    /// Apart, so that [Simd] loads where the vector module is absent.
    private static final class VectorShape {
        static int bits() {
            return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }

    private static boolean module() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static boolean chooseVector() {
        String wish = System.getProperty("lanegrad.vector", "auto");
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return switch (wish) {
            case "auto" -> module && FMA;
            case "off" -> false;
            case "require" -> {
                if (!module) {
                    throw new IllegalStateException(
                            "lanegrad.vector=require: the module jdk.incubator.vector is absent"
                                    + " (start java with --add-modules jdk.incubator.vector)");
                }
                if (!FMA) {
                    throw new IllegalStateException(
                            "lanegrad.vector=require: this machine has no fused multiply-add");
                }
                yield true;
            }
            default ->
                    throw new IllegalStateException(
                            "lanegrad.vector: must be auto, off or require, but is '" + wish + "'");
        };
    }
}
