package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvShape;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// oneDNN, OpenBLAS, libtorch and netlib's VectorBLAS.
public final class NativePeers implements Peers {
    /// The library's version, which it does not tell its Java callers.
    private static final String TORCH = "2.10.0";

    /// Made by the service loader.
    public NativePeers() {}

    @Override
    public String describe() {
        dnnl_version_t v = dnnl.dnnl_version();
        return "oneDNN %d.%d.%d (%s), OpenBLAS (%s), libtorch %s, netlib %s"
                .formatted(
                        v.major(),
                        v.minor(),
                        v.patch(),
                        instructionSet(),
                        openBlasCore(),
                        TORCH,
                        JavaBLAS.getInstance().getClass().getSimpleName());
    }

    @Override
    public Map<String, String> benchmarks(KernelRow row) {
        Map<String, String> found = new LinkedHashMap<>();
        if (row.method().equals("allocated") || !row.options().isEmpty()) {
            return found;
        }
        if (row.bench() == GemmBench.class) {
            String bench = GemmPeers.class.getName();
            GemmBench.Size s = GemmBench.Size.of(row.shape());
            boolean single = "float".equals(row.more().get("type"));
            if (s.batch() == 1) {
                if (single) {
                    found.put("oneDNN", bench + ".oneDnn");
                }
                found.put("OpenBLAS", bench + ".openBlas");
                found.put("netlib VectorBLAS", bench + ".netlib");
            } else {
                found.put("libtorch", bench + ".libtorch");
            }
        } else {
            ConvShape s = ConvLayer.shape(row.shape());
            if (s.groups() == 1 && s.dilationH() == 1) {
                found.put("oneDNN", ConvPeers.class.getName() + "." + row.method());
            }
            found.put("libtorch NCHW", benchmark(TorchConv.Nchw.class, row.method()));
            found.put(
                    "libtorch channels_last",
                    benchmark(TorchConv.ChannelsLast.class, row.method()));
        }
        return found;
    }

    @Override
    public Map<String, PeerOperation> operations(Operands operands) {
        return TorchRows.on(operands);
    }

    /// JMH's name of a nested class's benchmark.
    private static String benchmark(Class<?> type, String method) {
        return type.getName().replace('$', '.') + "." + method;
    }

    private static String instructionSet() {
        int set = dnnl.dnnl_get_effective_cpu_isa();
        if (set == dnnl.dnnl_cpu_isa_avx2) {
            return "AVX2";
        }
        return set >= dnnl.dnnl_cpu_isa_avx512_core ? "AVX-512" : "code " + set;
    }

    /// The kernels that OpenBLAS chose: those of an older processor would be a weaker peer.
    @SuppressWarnings("restricted") // a call of a native function: peers are native libraries
    private static String openBlasCore() {
        Loader.load(openblas_nolapack.class);
        try {
            MemorySegment name =
                    (MemorySegment)
                            Linker.nativeLinker()
                                    .downcallHandle(
                                            SymbolLookup.loaderLookup()
                                                    .find("openblas_get_corename")
                                                    .orElseThrow(),
                                            FunctionDescriptor.of(ValueLayout.ADDRESS))
                                    .invokeExact();
            return name.reinterpret(64).getString(0);
        } catch (Throwable e) {
            return "core unknown: " + e;
        }
    }
}
