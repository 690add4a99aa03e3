package org.ascend4j.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The capabilities of x86_64 processors as reported by Linux (<a href="https://docs.kernel.org/arch/x86/cpuinfo.html">/proc/cpuinfo</a>).
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @param names the kernel's names of the capabilities; empty on other processors and where the file is missing
 * @since 0.1.0
 */
public record ProcessorFlags(Set<String> names) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final String X86_FLAGS = "flags";

    /** Reads the capabilities of this machine's processors. */
    static ProcessorFlags ofHost() {
        return read(CPUINFO);
    }

    /** Reads a file in the format of {@code /proc/cpuinfo}. */
    public static ProcessorFlags read(Path cpuinfo) {
        try {
            return new ProcessorFlags(Files.readAllLines(cpuinfo).stream()
                    .filter(line -> line.startsWith(X86_FLAGS))
                    .flatMap(line -> Stream.of(
                            line.substring(line.indexOf(':') + 1).trim().split(" +")))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            return new ProcessorFlags(Set.of());
        }
    }

    /**
     * Returns whether the processors have instructions that multiply bf16. On architectures other than x86_64, libtorch has not been measured to be faster with
     * them.
     */
    boolean multiplyBfloat16() {
        return names.contains("avx512_bf16") || names.contains("amx_bf16");
    }
}
