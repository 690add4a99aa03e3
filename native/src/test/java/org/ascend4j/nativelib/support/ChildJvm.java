package org.ascend4j.nativelib.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A separate JVM for actions that a process can do only once: start Python, choose a libtorch, run as a rank. */
public final class ChildJvm {
    private final List<String> options = new ArrayList<>(List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            // A child runs only for seconds.
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.bytedeco.javacpp.maxBytes=0"));
    private String classPath = System.getProperty("java.class.path");
    private Path libraries;
    private final Map<String, String> environment = new HashMap<>(Map.of("OMP_NUM_THREADS", "1"));

    /** Selects the libtorch of an environment instead of the presets' own. */
    public ChildJvm withTorch(TorchHome home) throws IOException {
        Path folder = Path.of("target", "torch-home", Integer.toHexString(home.hashCode()))
                .toAbsolutePath();
        libraries = home.linkLibraries(Files.createDirectories(folder.resolve("lib")));
        options.add("-Dorg.bytedeco.javacpp.pathsFirst=true");
        options.add("-Djava.library.path=" + libraries);
        // JavaCPP creates links in its cache to the libraries that it finds; the presets' own cache must not contain
        // them.
        options.add("-Dorg.bytedeco.javacpp.cachedir=" + Files.createDirectories(folder.resolve("cache")));
        return this;
    }

    /** Replaces the class path. */
    public ChildJvm withClassPath(String path) {
        classPath = path;
        return this;
    }

    /** Sets an environment variable. */
    public ChildJvm withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts a main class. */
    public Process start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        if (libraries != null) {
            builder.environment().merge("LD_LIBRARY_PATH", libraries.toString(), (before, here) -> here + ":" + before);
        }
        return builder.start();
    }

    /** Runs a main class to its end and returns what it printed; anything but exit code 0 fails. */
    public String run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        return finish(start(main, arguments));
    }

    /** Waits for a child and returns what it printed; anything but exit code 0 fails. */
    public static String finish(Process child) throws IOException, InterruptedException {
        String output = new String(child.getInputStream().readAllBytes(), UTF_8);
        if (!child.waitFor(120, TimeUnit.SECONDS) || child.exitValue() != 0) {
            child.destroyForcibly();
            throw new AssertionError("the child JVM failed:\n" + output);
        }
        return output;
    }
}
