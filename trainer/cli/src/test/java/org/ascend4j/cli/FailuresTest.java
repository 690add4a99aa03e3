package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void anErrorOfTorchNpuThatIsNotKnownIsNoBugOfThisProject() {
        RuntimeException failure = new RuntimeException(
                "aclrtNothing failed, error code is 599999\n[ERROR] ERR00100 PTA call acl api failed.");
        assertThat(Failures.explain(new IllegalStateException("step 7", failure)))
                .map(Throwable::getMessage)
                .contains(
                        "device npu: torch_npu failed with an error that Ascend4J does not recognise: aclrtNothing failed, error"
                                + " code is 599999; set ASCEND4J_LOG=DEBUG for the whole message, and see CANN's log in"
                                + " ~/ascend/log");
    }

    @Test
    void otherExceptionsAreBugs() {
        assertThat(Failures.explain(new IllegalStateException("error code is 599999")))
                .isEmpty();
        Ascend4jException told = new Ascend4jException("a file expects a name, found none; set one");
        assertThat(Failures.explain(told)).containsSame(told);
    }
}
