package org.ascend4j.cli.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.runtime.TorchHome;
import org.ascend4j.runtime.TorchNpu;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.javacpp.Loader;

/** Checks the presets, Python, torch, torch_npu and Ascend4J's JNI library, and whether their versions match. */
final class LibraryChecks {
    static final String HOME = "torch home";
    static final String PYTHON = "libpython";
    static final String TORCH_NPU = "torch_npu";
    static final String PRESETS = "presets";
    static final String LIBTORCH = "libtorch";
    static final String NATIVE = "native JNI";

    private final Subject subject;

    LibraryChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        // This check must come before all others that use JavaCPP, which reads the properties set by TorchRuntime.use
        // only when it is initialised.
        checks.add(new Check(HOME, this::home));
        checks.add(new Check(PRESETS, LibraryChecks::presets));
        if (subject.usesWheel()) {
            checks.add(new Check(PYTHON, List.of(HOME), this::libpython));
            checks.add(new Check(TORCH_NPU, List.of(HOME), () -> torchNpu(torchHome())));
        }
        checks.add(new Check("C library", List.of(HOME), new LibcCheck(subject)::look));
        checks.add(new Check(LIBTORCH, List.of(HOME, PRESETS), this::libtorch));
        checks.add(new Check(NATIVE, List.of(LIBTORCH), this::jni));
        checks.add(new Check("CPU", List.of(LIBTORCH), LibraryChecks::cpu));
        return checks;
    }

    private TorchHome torchHome() {
        return subject.home().orElseThrow();
    }

    /** Checks the presets' version, which ends with the version of the JavaCPP that generated them. */
    private static Finding presets() {
        try {
            String pytorch = Loader.getVersion("org.bytedeco", "pytorch");
            String javacpp = Loader.getVersion();
            String found =
                    "pytorch " + pytorch + ", javacpp " + javacpp + ", made for torch " + TorchRuntime.TORCH_VERSION;
            return pytorch.equals(TorchRuntime.PRESETS_VERSION) && pytorch.endsWith("-" + javacpp)
                    ? Finding.ok(found)
                    : Finding.failed(
                            found,
                            "put org.bytedeco:pytorch " + TorchRuntime.PRESETS_VERSION
                                    + " and its own javacpp on the class path, and no other version");
        } catch (IOException e) {
            return Finding.info("version unknown: " + e.getMessage());
        }
    }

    private Finding home() {
        Optional<TorchHome> found = TorchHome.find(subject.config().torchHome());
        if (found.isEmpty() && subject.usesWheel()) {
            found = Optional.of(TorchHome.onPath());
        }
        if (found.isEmpty()) {
            return Finding.info("none: libtorch comes with Ascend4J");
        }
        TorchRuntime.use(found.get());
        subject.found(found.get());
        return Finding.ok("torch " + found.get().torch() + " in " + found.get().torchFolder() + "\nPython "
                + found.get().python() + ", " + found.get().executable());
    }

    private Finding libpython() {
        String library = torchHome().libpython();
        return library == null
                ? Finding.failed(
                        "no shared library of " + torchHome().executable(),
                        "install it (Debian: libpython3.x, conda: python with libpython) or use a Python built with"
                                + " --enable-shared")
                : Finding.ok(library);
    }

    static Finding torchNpu(TorchHome home) {
        String install = TorchNpu.installCommand(home.executable());
        if (home.torchNpu() == null) {
            return Finding.failed("none in " + home.executable(), install);
        }
        String found = home.torchNpu() + " for torch " + home.torch();
        return home.torchNpu().matches("\\Q" + home.torchRelease() + "\\E([.+].*)?")
                ? Finding.ok(found)
                : Finding.failed(found + ": the releases differ", install);
    }

    private Finding libtorch() {
        try {
            TorchRuntime.load();
        } catch (Ascend4jException e) {
            return NpuProblem.find(e)
                    .map(problem -> Finding.failed(problem.name() + ": " + e.getMessage(), problem.remedy()))
                    .orElseGet(() -> Finding.failed(e));
        }
        String origin = subject.home().isPresent() ? "the torch home" : "Ascend4J itself";
        String files =
                TorchRuntime.libraries().stream().map(library -> "\n" + library).collect(Collectors.joining());
        return Finding.ok("from " + origin + ", one copy each" + files);
    }

    private Finding jni() {
        Optional<String> missing = NativeLibrary.missing();
        if (missing.isEmpty()) {
            return Finding.ok("loaded beside libtorch");
        }
        Finding failure = Finding.failed(new Ascend4jException(missing.get()));
        return subject.isNpu()
                ? Finding.failed(
                        failure.found(), "build with g++, make and torch's headers, or take a release's archive")
                : Finding.info("not in this build (only npu, bf16 and distributed runs need it)");
    }

    private static Finding cpu() {
        return Finding.info(TorchRuntime.cpuCapability() + ", " + TorchRuntime.threads() + " threads for an operator");
    }
}
