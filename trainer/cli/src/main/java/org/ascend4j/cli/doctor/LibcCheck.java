package org.ascend4j.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.runtime.ProcessMaps;
import org.ascend4j.runtime.Version;
import org.bytedeco.javacpp.Loader;

/** Checks whether the system's glibc and libstdc++ are new enough for libtorch, libtorch_npu and the JNI libraries. */
final class LibcCheck {
    private static final List<String> LIBSTDCXX = List.of(
            "/usr/lib/" + architecture() + "-linux-gnu/libstdc++.so.6",
            "/usr/lib64/libstdc++.so.6",
            "/lib64/libstdc++.so.6");

    private final Subject subject;

    LibcCheck(Subject subject) {
        this.subject = subject;
    }

    Finding look() {
        Optional<Version> glibc = ProcessMaps.libraries("libc.so", "libc-2").stream()
                .findFirst()
                .flatMap(file -> ElfVersions.provided(file, "GLIBC"));
        if (glibc.isEmpty()) {
            return Finding.info("not glibc");
        }
        Optional<Version> libstdcxx = LIBSTDCXX.stream()
                .map(subject.host()::path)
                .filter(Files::exists)
                .findFirst()
                .flatMap(file -> ElfVersions.provided(file, "GLIBCXX"));
        return compare(glibc.get(), libstdcxx, libraries());
    }

    static Finding compare(Version glibc, Optional<Version> libstdcxx, List<Path> libraries) {
        List<String> lines = new ArrayList<>();
        lines.add("glibc " + glibc
                + libstdcxx
                        .map(version -> ", libstdc++ with GLIBCXX_" + version)
                        .orElse(", no libstdc++ of the system"));
        boolean glibcTooOld = false;
        boolean libstdcxxTooOld = false;
        for (Path library : libraries) {
            Optional<Version> needed = ElfVersions.needed(library, "GLIBC");
            Optional<Version> neededCxx = ElfVersions.needed(library, "GLIBCXX");
            glibcTooOld |=
                    needed.filter(version -> version.compareTo(glibc) > 0).isPresent();
            libstdcxxTooOld |= neededCxx.isPresent()
                    && libstdcxx.isPresent()
                    && neededCxx.get().compareTo(libstdcxx.get()) > 0;
            lines.add(library.getFileName() + " needs glibc "
                    + needed.map(Version::text).orElse("of any version")
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

    private List<Path> libraries() {
        List<Path> libraries = new ArrayList<>();
        subject.home().ifPresent(home -> {
            libraries.add(home.libraries().resolve("libtorch_cpu.so"));
            if (home.torchNpuFolder() != null) {
                libraries.add(Path.of(home.torchNpuFolder(), "lib", "libtorch_npu.so"));
            }
        });
        if (subject.home().isEmpty()) {
            // The distribution contains libtorch on platforms for which the presets publish none; elsewhere it is in
            // the presets' jar.
            Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, "libtorch_cpu.so"))
                    .forEach(libraries::add);
            carried("/org/bytedeco/pytorch/", "libtorch_cpu.so").ifPresent(libraries::add);
        }
        carried("/org/bytedeco/pytorch/", "libjnitorch.so").ifPresent(libraries::add);
        carried("/org/ascend4j/nativelib/jni/", "libjniascend4j.so").ifPresent(libraries::add);
        return libraries.stream().filter(Files::exists).toList();
    }

    /** Returns the path of a jar's library in JavaCPP's cache; the library is extracted now if it was not before. */
    private static Optional<Path> carried(String folder, String name) {
        try {
            URL resource = Loader.findResource(LibcCheck.class, folder + Loader.getPlatform() + "/" + name);
            return resource == null
                    ? Optional.empty()
                    : Optional.ofNullable(Loader.cacheResource(resource)).map(File::toPath);
        } catch (IOException e) {
            // Loading the library fails for the same reason, and reports it.
            return Optional.empty();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch").replace("amd64", "x86_64");
    }
}
