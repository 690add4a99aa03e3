package org.ascend4j.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.ascend4j.runtime.Cann;
import org.ascend4j.runtime.TorchHome;
import org.ascend4j.runtime.TorchNpu;
import org.ascend4j.runtime.Version;

/** Checks Huawei's CANN toolkit, its match with torch_npu, and the Python packages that its compiler imports. */
final class CannChecks {
    static final String ENVIRONMENT = "CANN";

    /**
     * The CANN version for each torch_npu release for torch 2.7.1, by the first number after .post that it applies to.
     * Source: COMPATIBILITY.md of Ascend/pytorch.
     */
    private static final NavigableMap<Integer, String> MADE_FOR =
            new TreeMap<>(Map.of(0, "8.3.RC1", 2, "8.5.0", 4, "9.0.0", 8, "9.1.0"));

    /** From this version on, operators are in a separate package. */
    private static final Version OPERATORS_APART = Version.parse("8.5.RC1");

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
                new Check("CANN's operators", List.of(ENVIRONMENT), this::operators),
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
        return "source "
                + Cann.setEnv(
                        path -> subject.host().path(path.toString()),
                        subject.host().variable("HOME"));
    }

    private Finding version() {
        Optional<String> cann = Cann.versionOf(Path.of(subject.host().variable("ASCEND_HOME_PATH")));
        if (cann.isEmpty()) {
            return Finding.warning("no ascend_toolkit_install.info in ASCEND_HOME_PATH", setEnv());
        }
        return subject.home()
                .map(TorchHome::torchNpu)
                .map(torchNpu -> pair(cann.get(), torchNpu))
                .orElseGet(() -> Finding.info(cann.get()));
    }

    /** Compares the CANN version with the one that Huawei released this torch_npu for. */
    static Finding pair(String cann, String torchNpu) {
        String expected = MADE_FOR.floorEntry(TorchNpu.post(torchNpu)).getValue();
        String found = cann + "; torch_npu " + torchNpu + " was made for CANN " + expected;
        if (Version.parse(cann).compareTo(Version.parse(expected)) < 0) {
            return Finding.warning(
                    found + ", which is newer",
                    "if an operator is missing, install CANN " + expected + " or an older torch_npu");
        }
        return release(cann).equals(release(expected))
                ? Finding.ok(found)
                : Finding.warning(
                        found + ", which is older",
                        "if a symbol is undefined, install CANN " + expected + " or a newer torch_npu");
    }

    /** Returns the part of a version that corrections do not change: 8.5 for 8.5.0 and for 8.5.RC1. */
    private static String release(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    /** Checks for the operator package: from CANN 8.5 on, the toolkit contains no operators. */
    private Finding operators() {
        Path home = Path.of(subject.host().variable("ASCEND_HOME_PATH"));
        Optional<String> cann = Cann.versionOf(home);
        if (cann.isEmpty() || Version.parse(cann.get()).compareTo(OPERATORS_APART) < 0) {
            return Finding.info("part of the toolkit or of its kernels package, before CANN 8.5");
        }
        Optional<String> operators = Cann.operatorsOf(home);
        if (operators.isEmpty()) {
            return Finding.warning(
                    "no ascend_ops_install.info in ASCEND_HOME_PATH: from CANN 8.5 on the operator package is apart, and needed",
                    "install Ascend-cann-CHIP-ops_" + cann.get() + " for this chip (npu-smi info names it)");
        }
        return operators.equals(cann)
                ? Finding.ok(operators.get())
                : Finding.warning(
                        operators.get() + ", beside a toolkit " + cann.get(),
                        "install the operator package of CANN " + cann.get());
    }

    /** Checks the compiler's packages. The compiler runs only for operators without a precompiled kernel: with --npu-jit, and on Ascend910A. */
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
