package org.ascend4j.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch once per process and reports what was loaded.
 *
 * @since 0.1.0
 */
public final class TorchRuntime {
    /** The version of the JavaCPP presets that the JNI library was built from. */
    public static final String PRESETS_VERSION = "2.7.1-1.5.12";

    /** The release of libtorch that the JNI library requires. */
    public static final String TORCH_VERSION = "2.7.1";

    /** The maximum number of threads. A larger number is a mistake: no host has as many processors, and starting them takes minutes. */
    public static final int MOST_THREADS = 1024;

    private static final String[][] JAVACPP_DEFAULTS = {
        // libtorch's tensors count in the resident set, not in the Java heap: the presets' limits would stop healthy
        // runs.
        {"org.bytedeco.javacpp.maxPhysicalBytes", "0"},
        {"org.bytedeco.javacpp.maxBytes", "0"},
    };

    private static TorchHome home;
    private static boolean loaded;

    private TorchRuntime() {}

    /**
     * Selects libtorch of a Python environment instead of the presets' jar; call it before libtorch is loaded.
     *
     * <p>This only sets Java properties: the libraries are opened by their full paths, and the JNI library then binds to the loaded ones.
     */
    public static synchronized void use(TorchHome chosen) {
        if (chosen.equals(home)) {
            return;
        }
        if (home != null || loaded) {
            throw tooLate(
                    chosen, "libtorch of " + (home == null ? "the presets" : home.torchFolder()) + " in this process");
        }
        // JavaCPP reads the properties set below when it is initialised; a mapped native library of JavaCPP shows that
        // this has already happened.
        List<Path> earlier = ProcessMaps.libraries("libjnijavacpp");
        if (!earlier.isEmpty()) {
            throw tooLate(chosen, earlier.get(0) + " loaded");
        }
        home = chosen;
        System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
        Path cache = JavaCppCache.of(chosen);
        System.setProperty(JavaCppCache.PROPERTY, cache.toString());
        OpenMpLink.make(Path.of(chosen.torchFolder()), cache.resolve("openmp"))
                .ifPresent(
                        folder -> System.setProperty("org.bytedeco.javacpp.platform.preloadpath", folder.toString()));
        String others = System.getProperty("java.library.path", "");
        System.setProperty("java.library.path", chosen.libraries() + File.pathSeparator + others);
    }

    private static Ascend4jException tooLate(TorchHome chosen, String found) {
        return new Ascend4jException("torch home " + chosen.torchFolder()
                + " expects to be chosen before anything loads libtorch or another library of JavaCPP, found " + found
                + runningModule()
                        .map(frame -> "; the class " + frame.getDeclaringClass().getName() + " extends "
                                + frame.getDeclaringClass().getSuperclass().getName()
                                + ", so Java loaded libtorch before it ran " + frame.getMethodName() + ": move "
                                + frame.getMethodName() + " to a class of its own")
                        .orElse("; open the device first"));
    }

    /**
     * Returns the outermost running method of a class that extends one of the presets' classes, whose initialisation loads libtorch: in most cases
     * {@code main}.
     */
    private static Optional<StackWalker.StackFrame> runningModule() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> Pointer.class.isAssignableFrom(frame.getDeclaringClass()))
                        .reduce((inner, outer) -> outer));
    }

    /** Returns the Python environment that provides libtorch; empty for the presets' own. */
    public static synchronized Optional<TorchHome> home() {
        return Optional.ofNullable(home);
    }

    /** Loads libtorch and its JNI library; if that fails, throws an error that gives the reason in one sentence. */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        for (String[] property : JAVACPP_DEFAULTS) {
            if (System.getProperty(property[0]) == null) {
                System.setProperty(property[0], property[1]);
            }
        }
        JavaCppCache.choose();
        try {
            JavaCppCache.fill(() -> {
                Loader.load(torch.class);
                // The second library to be extracted.
                NativeLibrary.isAvailable();
            });
        } catch (LinkageError e) {
            throw JavaCppCache.problem(e)
                    .orElseGet(() -> new Ascend4jException(
                            "expected libtorch and its JNI library for " + Loader.getPlatform()
                                    + ", found none that loads: "
                                    + e.getMessage()
                                    + "; add the dependency org.ascend4j:ascend4j-" + Loader.getPlatform()
                                    + whereModulesAre()
                                    + " (-Dorg.bytedeco.javacpp.logger.debug=true shows every attempt)",
                            e));
        }
        requireOneCopyEach();
        if (home != null) {
            requireLibtorchOf(home);
        } else if (!ProcessMaps.libraries("libopenblas_nolapack").isEmpty()) {
            // OpenBLAS's own threads spin between products, on the processors that libtorch's threads need: training
            // was a third slower with them.
            openblas_nolapack.blas_set_num_threads(1);
        }
        loaded = true;
    }

    /** Returns a hint about module paths: no module requires the jars that contain the libraries, so Java leaves them out of the module path. */
    private static String whereModulesAre() {
        return TorchRuntime.class.getModule().isNamed() ? " and start Java with --add-modules ALL-MODULE-PATH" : "";
    }

    /**
     * Rejects a process with two copies of one of these libraries: each copy would keep half of the state, and results would be wrong in ways that are hard to
     * find.
     */
    private static void requireOneCopyEach() {
        for (String name : List.of("libtorch_cpu.so", "libc10.so", "libgomp")) {
            List<Path> copies = ProcessMaps.libraries(name);
            if (copies.size() > 1) {
                throw new Ascend4jException("expected one " + name + " in the process, found " + copies
                        + "; unset LD_PRELOAD and remove other copies from LD_LIBRARY_PATH");
            }
        }
    }

    /** Checks the origin of libtorch, because JavaCPP silently falls back to the presets' libtorch. */
    private static void requireLibtorchOf(TorchHome home) {
        List<Path> found = ProcessMaps.libraries("libtorch_cpu.so");
        Path expected = home.libraries().resolve("libtorch_cpu.so");
        if (!found.isEmpty() && found.stream().noneMatch(library -> sameFile(library, expected))) {
            throw tooLate(home, found.get(0) + " loaded");
        }
    }

    private static boolean sameFile(Path left, Path right) {
        try {
            return Files.isSameFile(left, right);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the files of libtorch, libc10 and OpenMP that this process has mapped; empty if the system does not report them. */
    public static List<Path> libraries() {
        return ProcessMaps.libraries("libtorch", "libc10", "libgomp", "libjnitorch", "libopenblas", "libmkl");
    }

    /** Returns how libtorch was built, as {@code torch.__config__.show()} prints it. */
    public static String buildConfiguration() {
        try (BytePointer text = torch.show_config()) {
            return text.getString().strip();
        }
    }

    /** Returns the vector instructions that ATen's own kernels use, such as {@code AVX512}. */
    public static String cpuCapability() {
        try (BytePointer text = torch.get_cpu_capability()) {
            return text.getString();
        }
    }

    /** Sets the maximum number of threads for one operator: 1 to {@value #MOST_THREADS}. */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new Ascend4jException("threads expects a positive number, found " + threads);
        }
        if (threads > MOST_THREADS) {
            throw new Ascend4jException("threads expects at most " + MOST_THREADS + ", found " + threads);
        }
        torch.set_num_threads(threads);
    }

    /** Returns the maximum number of threads for one operator. */
    public static int threads() {
        return torch.get_num_threads();
    }
}
