package org.ascend4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.device.DeviceConfig;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.runtime.TorchHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {
    @TempDir
    private Path root;

    @Test
    void cannWithoutItsEnvironmentNamesSetEnv() throws IOException {
        FakeHost host = new FakeHost(root);
        assertThat(look("CANN", host, "npu"))
                .isEqualTo(Finding.failed(
                        "ASCEND_HOME_PATH is unset", "source /usr/local/Ascend/ascend-toolkit/set_env.sh"));
        host.file("/usr/local/Ascend/nnae/set_env.sh").set("ASCEND_HOME_PATH", root.toString());
        assertThat(look("CANN", host, "npu"))
                .isEqualTo(Finding.failed("ASCEND_OPP_PATH is unset", "source /usr/local/Ascend/nnae/set_env.sh"));
        host.set("ASCEND_OPP_PATH", root + "/nowhere");
        assertThat(look("CANN", host, "npu").found())
                .isEqualTo("ASCEND_OPP_PATH names no folder: " + root + "/nowhere");
        host.set("ASCEND_OPP_PATH", root.toString());
        assertThat(look("CANN", host, "npu").status()).isEqualTo(Status.OK);
    }

    /** Uses the folders that CANN's installers create; in the old layout the parts have their own versions. */
    @ParameterizedTest
    @CsvSource({
        "ascend-toolkit/latest, 8.0.0, , INFO",
        "ascend-toolkit/latest, 8.3.RC1, , INFO",
        "cann-8.5.0, 8.5.0, , WARNING",
        "cann-8.5.0, 8.5.0, 8.5.0, OK",
        "cann-9.0.0, 9.0.0, 9.0.0, OK",
        "cann-9.1.0, 9.1.0, , WARNING",
        "cann-9.1.0, 9.1.0, 9.0.0, WARNING"
    })
    void everyLayoutOfCannIsKnown(String folder, String version, String operators, Status status) throws IOException {
        FakeHost host = new FakeHost(root);
        String home = "/usr/local/Ascend/" + folder;
        host.file(home + "/aarch64-linux/ascend_toolkit_install.info", installInfo("toolkit", version));
        host.file(home + "/compiler/version.info", "Version=7.6.0.1.220\n");
        if (operators != null) {
            host.file(home + "/aarch64-linux/ascend_ops_install.info", installInfo("ops", operators));
        }
        String script = folder.startsWith("cann") ? "/usr/local/Ascend/cann" : "/usr/local/Ascend/ascend-toolkit";
        host.file(script + "/set_env.sh");
        assertThat(look("CANN", host, "npu").remedy()).isEqualTo("source " + script + "/set_env.sh");
        String place = root + home;
        host.set("ASCEND_HOME_PATH", place).set("ASCEND_OPP_PATH", place);
        assertThat(look("CANN's version", host, "npu").found()).isEqualTo(version);
        assertThat(look("CANN's operators", host, "npu").status()).isEqualTo(status);
    }

    private static String installInfo(String part, String version) {
        return "package_name=Ascend-cann-%s\nversion=%s\ninnerversion=V100R001C23SPC001B235\narch=aarch64\nos=linux\n"
                .formatted(part, version);
    }

    @ParameterizedTest
    @CsvSource({
        "8.3.RC1, 2.7.1, OK",
        "8.2.RC1, 2.7.1, WARNING",
        "8.3.RC1, 2.7.1.post2, WARNING",
        "8.5.0, 2.7.1.post2, OK",
        "8.5.0.RC1, 2.7.1.post3, WARNING",
        "8.5.RC1, 2.7.1.post2, WARNING",
        "9.0.0, 2.7.1.post2, WARNING",
        "8.5.2, 2.7.1.post2, OK",
        "8.5.0, 2.7.1.post4, WARNING",
        "9.0.0, 2.7.1.post6, OK",
        "9.0.0, 2.7.1.post8, WARNING",
        "9.1.0, 2.7.1.post10, OK",
        "8.5.1, 2.7.1.post9+git12, WARNING"
    })
    void cannIsComparedWithTheOneThatTorchNpuWasMadeFor(String cann, String torchNpu, Status status) {
        assertThat(CannChecks.pair(cann, torchNpu).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "2.7.1+cpu, 2.7.1.post2, OK",
                "2.7.1, 2.7.1, OK",
                "2.7.1, 2.7.1+git123, OK",
                "2.7.1, 2.7.10, FAILED",
                "2.7.1, 2.6.0.post3, FAILED",
                "2.7.1, none, FAILED"
            })
    void torchNpuHasToBeOfTorchsRelease(String torch, String torchNpu, Status status) {
        TorchHome home = new TorchHome("/env/bin/python3", "3.11.2", null, torch, "/torch", torchNpu, null);
        Finding finding = LibraryChecks.torchNpu(home);
        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.remedy().startsWith("/env/bin/python3 -m pip install"))
                .isEqualTo(status == Status.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "'', fpu avx512vl, INFO",
        "SkylakeX, fpu avx512vl, INFO",
        "Haswell, fpu avx2, INFO",
        "Haswell, fpu avx512f avx512vl, WARNING"
    })
    void narrowKernelsOnWideProcessorsAreAWarning(String kernels, String flags, Status status) throws IOException {
        FakeHost host = new FakeHost(root)
                .set("OPENBLAS_CORETYPE", kernels)
                .file("/proc/cpuinfo", "processor\t: 0\nflags\t\t: " + flags + "\n");
        assertThat(look("OPENBLAS_CORETYPE", host, "cpu").status()).isEqualTo(status);
    }

    @Test
    void modelArtsVariablesAreShownWithoutSecrets() {
        FakeHost host = new FakeHost(root)
                .set("VC_WORKER_NUM", "2")
                .set("MA_NUM_GPUS", "8")
                .set("MA_ACCESS_TOKEN", "abc")
                .set("HOME", "/home/ma-user");
        assertThat(look("ModelArts", host, "npu").found())
                .isEqualTo("MA_ACCESS_TOKEN=(hidden)\nMA_NUM_GPUS=8\nVC_WORKER_NUM=2");
        assertThat(look("ModelArts", new FakeHost(root), "npu").found()).isEqualTo("not in ModelArts");
    }

    @Test
    void hcclsSettingsAreShownAndJudged() {
        FakeHost host = new FakeHost(root).set("HCCL_CONNECT_TIMEOUT", "600").set("P2P_HCCL_BUFFSIZE", "20");
        assertThat(look("HCCL", host, "npu"))
                .isEqualTo(
                        Finding.info(
                                "HCCL_CONNECT_TIMEOUT=600\nP2P_HCCL_BUFFSIZE=20\n"
                                        + "several NPUs use HCCL_EXEC_TIMEOUT=600 HCCL_WHITELIST_DISABLE=1 HCCL_ASYNC_ERROR_HANDLING=2"));
        assertThat(look("HCCL", host.set("HCCL_CONNECT_TIMEOUT", "120"), "npu").status())
                .isEqualTo(Status.WARNING);
        host.set("HCCL_CONNECT_TIMEOUT", "600").set("RANK_TABLE_FILE", root + "/none.json");
        assertThat(look("HCCL", host, "npu").remedy()).startsWith("RANK_TABLE_FILE names no readable file");
        FakeHost elsewhere = new FakeHost(root).set("HCCL_SOCKET_IFNAME", "=none7");
        assertThat(look("HCCL", elsewhere, "npu").remedy())
                .startsWith("HCCL_SOCKET_IFNAME names none of this host's interfaces [");
    }

    @Test
    void cardsThatTheCpuLeavesUnusedAreNamed() throws IOException {
        FakeHost host = new FakeHost(root);
        assertThat(look("NPUs", host, "cpu").status()).isEqualTo(Status.INFO);
        host.file("/dev/davinci0").file("/dev/davinci1").file("/dev/davinci_manager");
        assertThat(look("NPUs", host, "cpu").status()).isEqualTo(Status.WARNING);
        assertThat(look("NPUs", host, "cpu").found()).isEqualTo("2 on this machine, unused by --device cpu");
    }

    @Test
    void aWorkingDirectoryHasToBeWritable() {
        assertThat(SystemChecks.workingDirectory(root).status()).isEqualTo(Status.OK);
        assertThat(SystemChecks.workingDirectory(root.resolve("none")).status()).isEqualTo(Status.FAILED);
        assertThat(root).isEmptyDirectory();
    }

    private Finding look(String name, Host host, String device) {
        try (Subject subject = new Subject(host, DeviceSpec.parse(device), DeviceConfig.DEFAULT, "test")) {
            List<Check> checks = Checks.beforeStart(subject);
            return checks.stream()
                    .filter(check -> check.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .look()
                    .get();
        }
    }
}
