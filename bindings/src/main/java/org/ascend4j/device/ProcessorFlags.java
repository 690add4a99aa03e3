package org.ascend4j.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says the processors can do (<a href="https://docs.kernel.org/arch/x86/cpuinfo.html">/proc/cpuinfo</a>). */
final class ProcessorFlags {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final String X86_FLAGS = "flags";

    private ProcessorFlags() {}

    /** Says whether this machine's processors have instructions that multiply bf16; false where nothing tells. */
    static boolean multipliesBfloat16() {
        try {
            return multipliesBfloat16(Files.readAllLines(CPUINFO));
        } catch (IOException e) {
            return false;
        }
    }

    /** On x86_64 only: elsewhere nobody has measured that libtorch is faster with them. */
    static boolean multipliesBfloat16(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(X86_FLAGS))
                .map(line ->
                        List.of(line.substring(line.indexOf(':') + 1).trim().split(" +")))
                .anyMatch(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"));
    }
}
