package org.ascend4j.nativelib.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.PythonEnvironment;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON})
final class EmbeddedPythonTest {
    private static PythonEnvironment python;
    private static List<String> output;

    @BeforeAll
    static void runInAProcessOfItsOwn() throws Exception {
        python = PythonEnvironment.find().orElseThrow();
        output = new ChildJvm()
                .run(PythonScenario.class, python.libpython(), python.executable())
                .lines()
                .toList();
    }

    @Test
    void itIsTheEnvironmentsInterpreter() {
        assertThat(output).contains("executable " + python.executable(), "argv ['']");
    }

    @Test
    void anExceptionCarriesItsTraceback() {
        assertThat(output)
                .containsSubsequence(
                        "Traceback (most recent call last):",
                        "  File \"<string>\", line 3, in <module>",
                        "  File \"<string>\", line 2, in fail",
                        "ValueError: schön 😀",
                        "summary ValueError: schön 😀");
    }

    @Test
    void aSyntaxErrorAndAnExitAreExceptionsToo() {
        assertThat(output).contains("summary SyntaxError: invalid syntax", "summary SystemExit: 7");
    }

    @Test
    void theErrorOfOneCallDoesNotStayForTheNext() {
        assertThat(output).contains("after the errors 42");
    }

    @Test
    void manyThreadsMayCall() {
        assertThat(output).contains("threads 800");
    }

    @Test
    void itDoesNotHoldTheGilBetweenCalls() {
        assertThat(output).contains("background thread ran true");
    }

    @Test
    void itLeavesTheSignalsToTheJvm() {
        assertThat(output).contains("SIGINT handler of Python: False");
    }

    @Test
    void aSecondStartIsRefused() {
        assertThat(output)
                .contains("second start: Python is already running in this process, and a process can start it once");
    }

    @Test
    void exitHandlersRunOnceWhenAsked() {
        assertThat(output).contains("exit handlers 1");
    }

    @Test
    void aMissingLibraryIsNamed() {
        assertThatThrownBy(() -> EmbeddedPython.start(Path.of("/nowhere/libpython3.11.so"), python.executable()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("libpython expected at /nowhere/libpython3.11.so, found no such file");
    }

    @Test
    void aFileThatIsNoLibraryIsNamed() {
        assertThatThrownBy(() -> EmbeddedPython.start(Path.of("/etc/passwd"), python.executable()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("cannot open libpython: /etc/passwd: ");
    }

    @Test
    void anotherLibraryThanPythonsIsRefused() {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjimage.so");
        assertThatThrownBy(() -> EmbeddedPython.start(other, python.executable()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected CPython 3.9 or newer, found a library without Py_IsInitialized");
    }

    @Test
    void callsBeforeTheStartAreRefused() {
        assertThat(EmbeddedPython.isStarted()).isFalse();
        assertThatThrownBy(() -> EmbeddedPython.run("pass"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("start it first");
    }
}
