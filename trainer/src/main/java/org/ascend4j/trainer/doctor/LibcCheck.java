package org.ascend4j.trainer.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.runtime.ProcessMaps;
import org.ascend4j.runtime.TorchHome;

/** Whether the system's glibc and libstdc++ are new enough for the libraries of the torch home. */
final class LibcCheck {
    private static final List<String> LIBSTDCXX = List.of(
            "/usr/lib/" + architecture() + "-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6", "/lib64/libstdc++.so.6");

    private final Subject subject;

    LibcCheck(Subject subject) {
        this.subject = subject;
    }

    Finding look() {
        Optional<Version> glibc =
                ProcessMaps.libraries("libc.so", "libc-2").stream().findFirst().flatMap(file -> ElfVersions.provided(file, "GLIBC"));
        if (glibc.isEmpty()) {
            return Finding.info("not glibc");
        }
        Optional<Version> libstdcxx = LIBSTDCXX.stream()
                .map(subject.host()::path)
                .filter(Files::exists)
                .findFirst()
                .flatMap(file -> ElfVersions.provided(file, "GLIBCXX"));
        List<Path> libraries = subject.home().map(LibcCheck::librariesOf).orElse(List.of());
        return compare(glibc.get(), libstdcxx, libraries);
    }

    static Finding compare(Version glibc, Optional<Version> libstdcxx, List<Path> libraries) {
        List<String> lines = new ArrayList<>();
        lines.add("glibc " + glibc
                + libstdcxx.map(version -> ", libstdc++ with GLIBCXX_" + version).orElse(", no libstdc++ of the system"));
        boolean glibcTooOld = false;
        boolean libstdcxxTooOld = false;
        for (Path library : libraries) {
            Optional<Version> needed = ElfVersions.needed(library, "GLIBC");
            Optional<Version> neededCxx = ElfVersions.needed(library, "GLIBCXX");
            glibcTooOld |= needed.filter(version -> version.compareTo(glibc) > 0).isPresent();
            libstdcxxTooOld |= neededCxx.isPresent()
                    && libstdcxx.isPresent()
                    && neededCxx.get().compareTo(libstdcxx.get()) > 0;
            lines.add(library.getFileName() + " needs glibc " + needed.map(Version::text).orElse("of any version")
                    + neededCxx.map(version -> ", GLIBCXX_" + version).orElse(""));
        }
        String found = String.join("\n", lines);
        if (glibcTooOld) {
            return Finding.failed(found, "use a newer system image, or a torch_npu built for this glibc");
        }
        return libstdcxxTooOld
                ? Finding.warning(found, "install a newer libstdc++, or put one (conda's) on LD_LIBRARY_PATH")
                : Finding.ok(found);
    }

    private static List<Path> librariesOf(TorchHome home) {
        Stream<Path> torch = Stream.of(home.libraries().resolve("libtorch_cpu.so"));
        Stream<Path> npu = home.torchNpuFolder() == null
                ? Stream.empty()
                : Stream.of(Path.of(home.torchNpuFolder(), "lib", "libtorch_npu.so"));
        return Stream.concat(torch, npu).filter(Files::exists).toList();
    }

    private static String architecture() {
        return System.getProperty("os.arch").replace("amd64", "x86_64");
    }
}
