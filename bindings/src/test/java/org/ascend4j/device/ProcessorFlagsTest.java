package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProcessorFlagsTest {
    @ParameterizedTest
    @CsvSource({
        "'flags\t\t: fpu sse2 avx512f avx512_bf16 vaes', true",
        "'flags\t\t: fpu sse2 amx_bf16 amx_tile', true",
        "'flags\t\t: fpu sse2 avx2 fma', false",
        "'model name\t: avx512_bf16', false",
        // aarch64 has another name for this line.
        "'Features\t: fp asimd bf16', false"
    })
    void findsMultiplicationsOfBfloat16(String line, boolean expected, @TempDir Path folder) throws IOException {
        Path cpuinfo = Files.write(folder.resolve("cpuinfo"), List.of("processor\t: 0", line));
        assertThat(ProcessorFlags.read(cpuinfo).multiplyBfloat16()).isEqualTo(expected);
    }
}
