package org.ascend4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ascend4j.device.ProcessorFlags;

/** Checks Java, the system, the user, the working directory, and variables that libraries read. */
final class SystemChecks {
    private static final int JAVA = 17;
    private static final String CORE_TYPE = "OPENBLAS_CORETYPE";
    private static final List<String> AVX512_KERNELS = List.of("SkylakeX", "Cooperlake", "SapphireRapids");

    private final Subject subject;

    SystemChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                new Check("Ascend4J", () -> Finding.info(subject.version())),
                new Check("Java", SystemChecks::java),
                new Check("system", SystemChecks::system),
                new Check("user", SystemChecks::user),
                new Check(
                        "working directory", () -> workingDirectory(Path.of("").toAbsolutePath())),
                new Check("LD_PRELOAD", () -> preload(subject.host().variable("LD_PRELOAD"))),
                new Check("OPENBLAS_CORETYPE", this::openBlasKernels));
    }

    private static Finding java() {
        String found = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + " in "
                + System.getProperty("java.home");
        return Runtime.version().feature() >= JAVA
                ? Finding.ok(found)
                : Finding.failed(found, "set JAVA_HOME to Java " + JAVA + " or newer");
    }

    private static Finding system() {
        return Finding.info(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
    }

    /** Checks the user. CANN does not start for a user without an entry in /etc/passwd, whose name is a question mark in Java. */
    private static Finding user() {
        String name = System.getProperty("user.name");
        String found = name + " (uid " + status("Uid:") + ", groups " + status("Groups:") + ")";
        return name.equals("?")
                ? Finding.warning(found, "give the user an entry in /etc/passwd: CANN asks for its name")
                : Finding.info(found);
    }

    private static String status(String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String values = lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(key.length()).strip())
                    .orElse("");
            String shown = key.equals("Uid:") ? values.split("\\s+")[0] : values.replaceAll("\\s+", ",");
            return shown.isEmpty() ? "none" : shown;
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Checks the working directory: CANN's compiler writes kernel_meta and logs there, and training writes its results there. */
    static Finding workingDirectory(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, ".ascend4j", ""));
            return Finding.ok(directory + ", writable");
        } catch (IOException e) {
            return Finding.failed(
                    directory + " cannot be written", "start from a folder that you may write to, such as ~/work");
        }
    }

    /** Checks the variable for OpenBLAS kernels. The launcher chooses kernels for AVX-512, but does not replace a value that is already set. */
    private Finding openBlasKernels() {
        String value = subject.host().variable(CORE_TYPE);
        if (value.isEmpty()) {
            return Finding.info("unset");
        }
        return AVX512_KERNELS.contains(value) || !hasAvx512()
                ? Finding.info(value)
                : Finding.warning(
                        value + " on processors with AVX-512, which multiply half as fast with its kernels in fp32",
                        "unset " + CORE_TYPE + " or set it to SkylakeX");
    }

    private boolean hasAvx512() {
        return ProcessorFlags.read(subject.host().path("/proc/cpuinfo")).names().contains("avx512vl");
    }

    private static Finding preload(String value) {
        if (value.isBlank()) {
            return Finding.info("unset");
        }
        List<String> missing = Stream.of(value.split("[: ]+"))
                .filter(entry -> entry.startsWith("/") && !Files.exists(Path.of(entry)))
                .toList();
        return missing.isEmpty()
                ? Finding.info(value)
                : Finding.warning(value + ": no such file " + missing, "unset LD_PRELOAD or correct it");
    }
}
