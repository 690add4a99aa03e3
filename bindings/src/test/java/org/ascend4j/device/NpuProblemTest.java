package org.ascend4j.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are shortened versions of those that users reported in public issue trackers: vllm-ascend, torch_npu, LlamaFactory and others. */
class NpuProblemTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // 1: driver or CANN libraries
                "ImportError: libascend_hal.so: cannot open shared object file: No such file or directory"
                        + "| the NPU driver's libraries are missing",
                "ImportError: libhccl.so: cannot open shared object file: No such file or directory"
                        + "| a library of CANN is missing",
                // 2: the wheel has no init_npu
                "expected a libtorch_npu made by build_libtorch_npu.py, found one without torch_npu::init_npu, as in the"
                        + " Python wheel| this libtorch_npu.so is the wheel's, which cannot start without Python",
                "cannot open libtorch_npu: libtorch_python.so: cannot open shared object file: No such file or directory"
                        + "| this libtorch_npu.so is the wheel's, which cannot start without Python",
                "undefined reference to `torch_npu::init_npu(std::string const&)'"
                        + "| this libtorch_npu.so is the wheel's, which cannot start without Python",
                // 3: another version of torch
                "ImportError: /env/lib/python3.11/site-packages/torch_npu/lib/libtorch_npu.so: undefined symbol:"
                        + " _ZN3c1017RegisterOperators16checkSchemaAndRegisterOp_ERNS0_7OptionsE"
                        + "| torch, torch_npu and CANN do not fit together",
                // 4: the operator compiler
                "ModuleNotFoundError: No module named 'decorator'| CANN's operator compiler lacks a Python package",
                "E40021: Path [/usr/bin] for [ge.debugDir] is invalid.Result: access real path failed. Reason: Permission"
                        + " denied| the working directory cannot be written",
                "[GraphOpt][InitializeInner][InitTbeFunc] Failed to init tbe.[FUNC:InitializeTeFusion]"
                        + "| CANN's operator compiler does not start",
                "Initialize:build/CMakeFiles/torch_npu.dir/compiler_depend.ts:217 NPU function error:"
                        + " at_npu::native::AclSetCompileopt(aclCompileOpt::ACL_PRECISION_MODE, precision_mode), error code"
                        + " is 500001| CANN's operator compiler does not start",
                "build op model failed, result = 500001[FUNC:ReportInnerError]"
                        + "| CANN's operator compiler does not start",
                // 5: device files
                "open /dev/davinci_manager failed: Permission denied, open device davinci failed"
                        + "| the device files may not be opened",
                "[drv api] halGetDevNum failed: drvRetCode=87| the device files may not be opened",
                // 6: busy, or not set up
                "dcmi module initialize failed. ret is -8005"
                        + "| the NPU cannot be set up, or another process or container holds it",
                "dcmi model initialized failed, because the device is used. ret is -8020"
                        + "| the NPU cannot be set up, or another process or container holds it",
                "aclInit(nullptr) failed: 507008| the NPU cannot be set up, or another process or container holds it",
                "NPU function error: c10_npu::SetDevice(device), error code is 507033"
                        + "| the NPU cannot be set up, or another process or container holds it",
                // 7: static TLS
                "/usr/lib/aarch64-linux-gnu/libgomp.so.1: cannot allocate memory in static TLS block"
                        + "| libgomp was loaded too late for its thread-local memory",
                // 8: HCCL's ports
                "EI0019: Communication_Error_Bind_IP_Port on :60000| a port of HCCL is taken",
                "EJ0003: Failed to bind the IP port. Reason: The IP address and port have been bound already."
                        + "| a port of HCCL is taken",
                "HCCL socket listen: bind 192.168.0.2:16666 failed| a port of HCCL is taken",
                "[hccl_socket.cc:110] socket type[2], listen on ip[10.1.2.3%enp53s0f2] and specific port[60000] fail. Please"
                        + " check the port status and whether the port is being used by other process."
                        + "| a port of HCCL is taken",
                // and HCCL's interfaces
                "[sal.cc:501] [InitGroupStage][EnvConfig]set ifname to [abc] by HCCL_SOCKET_IFNAME, but not found in the"
                        + " environment, ifnames in the environment is as follows"
                        + "| HCCL_SOCKET_IFNAME names no network interface of this host",
                "[sal.cc:504] get host ip fail by socket Ifname. name[lo] ip[127.10.0.1%lo]"
                        + "| HCCL_SOCKET_IFNAME names no network interface of this host",
                "EI0015: The ranktable information detection failed, Reason:[connect to root failed]."
                        + "| HCCL cannot reach the host of another rank",
                "[topoinfo_exchange_agent.cc:190] [InitGroupStage][RanktableDetect]topo exchange agent get socket timeout!"
                        + " timeout[120]| HCCL cannot reach the host of another rank",
                "EI0006: Getting socket times out. Reason: 1| the NPU of another rank does not answer",
                "[hccl_socket_manager.cc:813] [Wait][LinkEstablish]wait socket establish timeout, role[0] rank[0]"
                        + " timeout[120 s]| the NPU of another rank does not answer",
                "create_config:torch_npu/csrc/distributed/HCCLUtils.cpp:130 HCCL function error:"
                        + " hcclCommInitRootInfoConfig(numRanks, &rootInfo, rank, config, &(comm->hcclComm_)), error code"
                        + " is 11| HCCL cannot connect the NPUs of all ranks",
                // 9: CANN or the system too old
                "RuntimeError: aclnnPromptFlashAttentionV3 or aclnnPromptFlashAttentionV3GetWorkspaceSize not in"
                        + " libopapi.so, or libopapi.sonot found.| CANN is too old for this torch_npu",
                "/lib/aarch64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by libtorch_npu.so)"
                        + "| the system's C or C++ library is too old",
                // problems beyond these ten
                "Unsupported SOC version: Ascend310B4| torch_npu does not support this chip",
                "RuntimeError: Can not support soc_version: 104.| torch_npu does not support this chip",
                "NPU out of memory. Tried to allocate 2.00 GiB (NPU 0; 29.50 GiB total capacity)"
                        + "| the NPU is out of memory",
                "ACL stream synchronize failed, error code:507035| the NPU reported an error while it ran",
                "The Inner error is reported as above. The process exits for this inner error, and the current working operator"
                        + " name is Conv2D.| an operator failed",
                "The Inner error is reported as above. The process exits for this inner error, and the current working operator"
                        + " name is aclnnConvolution.| the NPU reported an error while it ran",
                "The Inner error is reported as above. The process exits for this inner error, and the current working event is"
                        + " 0x7fbd2fad2f70.| the NPU reported an error while it ran",
                "Inner error happened with CAN_EXIT status, detail: | the NPU reported an error while it ran",
                "copy_between_host_and_device_opapi:torch_npu/csrc/aten/ops/op_api/CopyKernelOpApi.cpp:57 NPU function error:"
                        + " SUSPECT REMOTE ERROR, error code is 507057| the NPU of another rank does not answer",
                "ACL stream synchronize failed, error code:507010| the NPU reported an error while it ran",
                "Invalid device ID, error code is 107001| there is no such NPU"
            })
    void whatUsersMetIsRecognised(String message, String name) {
        RuntimeException failure = new RuntimeException("Traceback (most recent call last):\n" + message);
        NpuProblem problem = NpuProblem.find(failure).orElseThrow();
        assertThat(problem.name()).isEqualTo(name);
        assertThat(NpuProblem.explain(failure))
                .hasMessageStartingWith("device npu: " + name + " (")
                .hasMessageEndingWith("; " + problem.remedy());
        // A semicolon separates what was found from what to do.
        assertThat(problem.remedy()).doesNotContain(";");
    }

    /** Unshortened messages of public reports, with names that the answer must contain and words that would mislead the user. */
    @ParameterizedTest
    @CsvFileSource(resources = "npu-messages/answers.csv", delimiter = '|', numLinesToSkip = 1)
    void wholeReportsAreToldByTheirCause(String file, String name, String says, String forbidden) throws IOException {
        String message;
        try (InputStream resource = NpuProblemTest.class.getResourceAsStream("npu-messages/" + file)) {
            message = new String(resource.readAllBytes(), UTF_8);
        }
        RuntimeException failure = new RuntimeException(message);
        assertThat(NpuProblem.find(failure)).map(NpuProblem::name).contains(name);
        String told = NpuProblem.explain(failure).getMessage();
        assertThat(told).contains(says);
        if (forbidden != null) {
            assertThat(told).doesNotContain(forbidden.split(", "));
        }
    }

    /** The same code as an error code, and in a text that is not one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "507018| error code is %s",
                "507018| Error code: %s.",
                "107001| open device 0 failed, runtime result = %s.[FUNC:X]",
                "561000| launch failed for Equal, errno:%s.",
                "507008| aclInit(nullptr) failed: %s",
                "207018| errorCode=%s"
            })
    void aCodeCountsInItsOwnPlaceAlone(String code, String place) {
        assertThat(NpuProblem.find(new RuntimeException(place.formatted(code)))).isPresent();
        for (String other : new String[] {
            "(PID:%s, Device:0)",
            "[PID: %s]",
            "tensor of size %s",
            "port %s",
            "10.0.0.1:%s",
            "task %s.",
            "0x%s",
            "error code is 9%s",
            "error code is %s0"
        }) {
            assertThat(NpuProblem.find(new RuntimeException(other.formatted(code))))
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void aProblemIsFoundInTheCauseOfAnExplanation() {
        Ascend4jException outer = new Ascend4jException("no start", new RuntimeException("EI0019 on :60000"));
        assertThat(NpuProblem.find(outer)).map(NpuProblem::name).contains("a port of HCCL is taken");
        assertThat(NpuProblem.explain(outer))
                .hasMessageStartingWith("device npu: a port of HCCL is taken (EI0019 on :60000); ")
                .hasCause(outer);
    }

    @Test
    void aNumberThatContainsAnErrorCodeIsNoErrorCode() {
        assertThat(NpuProblem.find(new RuntimeException("[ERROR] (PID:1507008, Device:-1) something else")))
                .isEmpty();
    }

    @Test
    void theClassesOfExceptionsThatCameThroughCppAreLeftOut() {
        assertThat(
                        NpuProblem.explain(
                                new RuntimeException(
                                        "java.lang.RuntimeException: java.lang.RuntimeException: NPU out of memory. Tried to allocate 2 GiB")))
                .hasMessageStartingWith(
                        "device npu: the NPU is out of memory (NPU out of memory. Tried to allocate 2 GiB); ");
    }

    @Test
    void anUnknownFailureKeepsItsFirstLine() {
        assertThat(NpuProblem.explain(new RuntimeException("an error without a code\nmore")))
                .hasMessage(
                        "device npu: torch_npu failed with an error that Ascend4J does not recognise: an error without a code; set"
                                + " ASCEND4J_LOG=DEBUG for the whole message, and see CANN's log in ~/ascend/log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call aclnnNothing failed, detail: E99999: Inner\n[ERROR] 2026-11-27-03:18:36 (PID:11462, Device:0, RankID:-1)"
                        + " ERR01005 OPS internal error",
                "synchronizeEvent:torch_npu/csrc/core/npu/impl/NPUGuardImpl.cpp:198 something new",
                " NPU function error: aclrtNothing(), error code is 599999 ",
                "aclrtNothing of CANN failed with error 599999: no words"
            })
    void torchNpusErrorsAreSeenAsItsOwn(String message) {
        RuntimeException failure = new RuntimeException(message);
        assertThat(NpuProblem.find(failure)).isEmpty();
        assertThat(NpuProblem.isOfTorchNpu(failure)).isTrue();
        assertThat(NpuProblem.isOfTorchNpu(new IllegalStateException("a step failed", failure)))
                .isTrue();
        assertThat(NpuProblem.isOfTorchNpu(new IllegalStateException("ERR17 of an NPU")))
                .isFalse();
    }

    @Test
    void onlyProblemsAtTheHardwareMayComeFromAMissingDriver() {
        assertThat(NpuProblem.find(new RuntimeException("error code is 507033")))
                .map(NpuProblem::hardware)
                .contains(true);
        assertThat(NpuProblem.find(new RuntimeException("Unsupported soc version: Ascend999")))
                .map(NpuProblem::hardware)
                .contains(false);
    }
}
