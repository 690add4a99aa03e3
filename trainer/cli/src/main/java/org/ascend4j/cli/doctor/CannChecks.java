package org.ascend4j.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.runtime.Cann;
import org.ascend4j.runtime.TorchHome;

/** Huawei's CANN toolkit, its fit to torch_npu, and the Python packages that its compiler imports. */
final class CannChecks {
    static final String ENVIRONMENT = "CANN";

    private static final String SET_ENV = "source /usr/local/Ascend/ascend-toolkit/set_env.sh";

    /** What Huawei released each torch_npu for torch 2.7.1 with, by the number after .post: Ascend/pytorch, README.md of each tag. */
    private static final Map<Integer, String> MADE_FOR = Map.of(0, "8.3.RC1", 2, "8.5.0", 3, "8.5.0", 4, "9.0.0");

    private static final List<String> PACKAGES = List.of(
            "numpy",
            "decorator",
            "sympy",
            "cffi",
            "yaml",
            "pathlib2",
            "google.protobuf",
            "scipy",
            "requests",
            "psutil",
            "absl");

    private final Subject subject;

    CannChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                new Check(ENVIRONMENT, this::environment),
                new Check("CANN's version", List.of(ENVIRONMENT, LibraryChecks.HOME), this::version),
                new Check("TBE packages", List.of(LibraryChecks.HOME), this::packages));
    }

    private Finding environment() {
        for (String variable : List.of("ASCEND_HOME_PATH", "ASCEND_OPP_PATH")) {
            String value = subject.host().variable(variable);
            if (value.isEmpty()) {
                return Finding.failed(variable + " is unset", setEnv());
            }
            if (!Files.isDirectory(Path.of(value))) {
                return Finding.failed(variable + " names no folder: " + value, setEnv());
            }
        }
        return Finding.ok("ASCEND_HOME_PATH=" + subject.host().variable("ASCEND_HOME_PATH") + "\nASCEND_OPP_PATH="
                + subject.host().variable("ASCEND_OPP_PATH"));
    }

    private String setEnv() {
        boolean nnae = Files.exists(subject.host().path("/usr/local/Ascend/nnae/set_env.sh"));
        return nnae ? "source /usr/local/Ascend/nnae/set_env.sh" : SET_ENV;
    }

    private Finding version() {
        Optional<String> cann = Cann.versionOf(Path.of(subject.host().variable("ASCEND_HOME_PATH")));
        if (cann.isEmpty()) {
            return Finding.warning("no version.info in ASCEND_HOME_PATH", SET_ENV);
        }
        return subject.home()
                .map(TorchHome::torchNpu)
                .map(torchNpu -> pair(cann.get(), torchNpu))
                .orElseGet(() -> Finding.info(cann.get()));
    }

    /** Compares CANN with the one that Huawei released this torch_npu for. */
    static Finding pair(String cann, String torchNpu) {
        int post = torchNpu.contains(".post") ? Integer.parseInt(torchNpu.replaceFirst(".*\\.post(\\d+).*", "$1")) : 0;
        String expected = MADE_FOR.getOrDefault(post, post < 4 ? "8.5.0" : "9.0.0");
        String found = cann + "; torch_npu " + torchNpu + " was made for CANN " + expected;
        return Version.parse(cann).compareTo(Version.parse(expected)) < 0
                ? Finding.warning(
                        found + ", which is newer",
                        "if an operator is missing, install CANN " + expected + " or an older torch_npu")
                : Finding.ok(found);
    }

    /** The compiler runs only for operators without a ready kernel: with --npu-jit, and on Ascend910A. */
    private Finding packages() {
        if (subject.home().isEmpty()) {
            return Finding.info("not looked at without a torch home");
        }
        TorchHome home = subject.home().get();
        List<String> missing = PythonPackages.missing(home.executable(), PACKAGES);
        return missing.isEmpty()
                ? Finding.ok("all there")
                : Finding.warning(
                        "missing " + String.join(", ", missing)
                                + ": only operators that CANN compiles itself (aclop, --npu-jit) need them",
                        home.executable() + " -m pip install "
                                + String.join(" ", missing)
                                        .replace("yaml", "pyyaml")
                                        .replace("google.protobuf", "protobuf")
                                        .replace("absl", "absl-py"));
    }
}
