package org.ascend4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverChecksTest {
    private static final List<String> SHARED = List.of("/dev/davinci_manager", "/dev/devmm_svm", "/dev/hisi_hdc");

    @TempDir
    private Path root;

    private FakeHost host;

    @BeforeEach
    void machine() {
        host = new FakeHost(root);
    }

    @Test
    void aMachineWithoutDriverLacksAllOfIt() {
        assertThat(look("driver").status()).isEqualTo(Status.ABSENT);
        assertThat(look("driver library").status()).isEqualTo(Status.ABSENT);
        assertThat(look("device files"))
                .isEqualTo(Finding.absent(
                        "no /dev/davinci*, /dev/davinci_manager, /dev/devmm_svm, /dev/hisi_hdc",
                        "give them to the container: docker run --device=/dev/davinci0 --device=/dev/davinci_manager"
                                + " --device=/dev/devmm_svm --device=/dev/hisi_hdc ..."));
    }

    @Test
    void aHealthyMachineShowsDriverAndCards() throws IOException {
        host.file("/usr/local/Ascend/driver/version.info", "Version=25.2.0\nascendhal_version=7.35.23\n");
        host.file("/usr/local/Ascend/driver/lib64/driver/libascend_hal.so");
        host.set("LD_LIBRARY_PATH", "/nowhere:" + host.path("/usr/local/Ascend/driver/lib64/driver"));
        deviceFiles("/dev/davinci0", "/dev/davinci1");
        assertThat(look("driver")).isEqualTo(Finding.ok("25.2.0 in /usr/local/Ascend/driver"));
        assertThat(look("driver library").status()).isEqualTo(Status.OK);
        assertThat(look("device files"))
                .isEqualTo(Finding.ok("davinci0, davinci1, davinci_manager, devmm_svm, hisi_hdc"));
    }

    @Test
    void aDriverThatIsNotOnTheLibraryPathIsNamed() throws IOException {
        host.file("/usr/local/Ascend/driver/lib64/driver/libascend_hal.so");
        assertThat(look("driver library").status()).isEqualTo(Status.WARNING);
        assertThat(look("driver library").remedy())
                .startsWith("export LD_LIBRARY_PATH=/usr/local/Ascend/driver/lib64/driver:");
    }

    @Test
    void aContainerWithACardButNotTheManagerIsNamed() throws IOException {
        host.file("/dev/davinci3").file("/dev/hisi_hdc");
        assertThat(look("device files").found())
                .isEqualTo("no /dev/davinci_manager, /dev/devmm_svm; there are davinci3, hisi_hdc");
    }

    @Test
    void aDeviceFileOfAnotherGroupIsAFailure() throws IOException {
        deviceFiles("/dev/davinci0");
        host.forbiddenFile("/dev/davinci1");
        assertThat(look("device files").status()).isEqualTo(Status.FAILED);
        assertThat(look("device files").found()).contains("/dev/davinci1 may not be opened: ");
        assertThat(look("device files").remedy()).contains("HwHiAiUser", "--group-add");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; OK; npu:0 to npu:0",
                "2,3,5; OK; npu:0 to npu:2",
                "0, 1; FAILED; no list of numbers",
                "all; FAILED; no list of numbers",
                "0,; FAILED; no list of numbers",
                "1,0; FAILED; does not ascend",
                "1,1; FAILED; does not ascend",
                "-1; FAILED; no list of numbers"
            })
    void visibleDevicesAreAscendingNumbers(String value, Status status, String found) {
        host.set("ASCEND_RT_VISIBLE_DEVICES", value);
        assertThat(look("visible NPUs").status()).isEqualTo(status);
        assertThat(look("visible NPUs").found()).contains(found);
    }

    @Test
    void anIndexBeyondTheVisibleDevicesIsNamed() {
        host.set("ASCEND_RT_VISIBLE_DEVICES", "4,5");
        Finding finding = look("visible NPUs", 2);
        assertThat(finding.found()).isEqualTo("ASCEND_RT_VISIBLE_DEVICES=4,5 leaves no npu:2");
        assertThat(finding.remedy()).contains("--device npu:0 is card 4");
    }

    private void deviceFiles(String... cards) throws IOException {
        for (String file : SHARED) {
            host.file(file);
        }
        for (String card : cards) {
            host.file(card);
        }
    }

    private Finding look(String name) {
        return look(name, 0);
    }

    private Finding look(String name, int index) {
        return new DriverChecks(host, index)
                .all().stream()
                        .filter(check -> check.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .get();
    }
}
