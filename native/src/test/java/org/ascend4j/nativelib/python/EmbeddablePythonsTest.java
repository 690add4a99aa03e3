package org.ascend4j.nativelib.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.PythonEnvironment;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON})
final class EmbeddablePythonsTest {
    static List<PythonEnvironment> pythons() {
        return PythonEnvironment.all();
    }

    /** The display names of this test list the Pythons that the machine has. */
    @ParameterizedTest
    @MethodSource("pythons")
    void everyPythonOfThisMachineCanBeEmbedded(PythonEnvironment each) throws Exception {
        System.out.println("embedding " + each.executable());
        assertThat(new ChildJvm()
                        .run(PythonScenario.class, each.libpython(), each.executable())
                        .lines())
                .contains(
                        "executable " + each.executable(),
                        "summary ValueError: schön 😀",
                        "threads 800",
                        "background thread ran true",
                        "SIGINT handler of Python: False",
                        "exit handlers 1");
    }
}
