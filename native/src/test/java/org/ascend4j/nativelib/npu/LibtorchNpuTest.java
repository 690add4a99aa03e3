package org.ascend4j.nativelib.npu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Requires(Prerequisite.NATIVE)
final class LibtorchNpuTest {
    private static final String SECOND_START =
            "a torch_npu is already running in this process, and a process can start it once\n";

    @TempDir
    private static Path folder;

    private static Path fake;

    @BeforeAll
    static void compile() throws Exception {
        fake = compile("libtorch_npu.so", "src/test/cpp/fake_libtorch_npu.cpp");
    }

    @Test
    void itStartsTheDeviceSynchronisesAndFinishes() throws Exception {
        assertThat(new ChildJvm().run(LibtorchNpuScenario.class, fake, 3))
                .isEqualTo("init type 20 index 3\nsynchronize -1\n" + SECOND_START + "finalize\n");
    }

    @Test
    void aFailureToStartIsTold() throws Exception {
        assertThat(new ChildJvm().run(LibtorchNpuScenario.class, fake, 9)).startsWith("no such device\n");
    }

    @Test
    void theWheelsLibraryIsToldFromThePythonFreeOne() throws Exception {
        Path other = compile("libother.so", "/dev/null");
        assertThat(new ChildJvm().run(LibtorchNpuScenario.class, other, 0))
                .startsWith("expected a libtorch_npu made by build_libtorch_npu.py, found one without"
                        + " torch_npu::init_npu, as in the Python wheel\n");
    }

    @Test
    void aMissingLibraryIsNamed() {
        assertThatThrownBy(() -> LibtorchNpu.start(folder.resolve("none.so"), 0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("libtorch_npu expected at " + folder.resolve("none.so") + ", found no such file");
    }

    private static Path compile(String name, String source) throws Exception {
        Path library = folder.resolve(name);
        Process compiler = new ProcessBuilder(
                        "g++", "-std=c++17", "-shared", "-fPIC", "-x", "c++", source, "-o", library.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return library;
    }
}
