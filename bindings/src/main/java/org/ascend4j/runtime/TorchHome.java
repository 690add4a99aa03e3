package org.ascend4j.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/**
 * A Python environment that contains torch.
 *
 * @param executable the path of its Python interpreter
 * @param python Python's version
 * @param libpython the interpreter's shared library; null if there is none
 * @param torch torch's version; null if it is not installed
 * @param torchFolder the folder of the package torch
 * @param torchNpu torch_npu's version; null if it is not installed
 * @param torchNpuFolder the folder of the package torch_npu
 * @since 0.1.0
 */
public record TorchHome(
        String executable,
        String python,
        String libpython,
        String torch,
        String torchFolder,
        String torchNpu,
        String torchNpuFolder) {
    /** The environment variable that names a torch home if the option does not. */
    public static final String VARIABLE = "ASCEND4J_TORCH_HOME";

    /** The option's value for the environment of the python3 on PATH. */
    public static final String AUTO = "auto";

    /**
     * Finds the environment to use.
     *
     * @param option a folder, {@code auto}, or null for {@link #VARIABLE}
     * @return empty if neither the option nor the variable names one
     */
    public static Optional<TorchHome> find(String option) {
        String wanted = option == null ? System.getenv(VARIABLE) : option;
        if (wanted == null || wanted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(wanted.equals(AUTO) ? onPath() : in(Path.of(wanted)));
    }

    /** Returns the environment of the python3 on PATH. */
    public static TorchHome onPath() {
        return describe("python3", "the python3 on PATH").requireTorch("the python3 on PATH");
    }

    /** Returns the environment in a folder, which may be a virtual or conda environment, its {@code site-packages}, or a prefix such as {@code /usr}. */
    public static TorchHome in(Path folder) {
        // lib/python3.x/site-packages is three folders below its environment.
        String up = folder.endsWith("site-packages") ? "../../../" : "";
        Path python = Stream.of("bin/python3", "bin/python")
                .map(name -> folder.resolve(up + name).normalize())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new Ascend4jException("torch home " + folder
                        + " expects a Python environment with bin/python3, found none; set --torch-home or " + VARIABLE
                        + " to one, or to " + AUTO));
        return describe(python.toString(), folder.toString()).requireTorch(folder.toString());
    }

    /** Returns the folder of libtorch's shared libraries. */
    public Path libraries() {
        return Path.of(torchFolder, "lib");
    }

    /** Returns torch's version without its build label: {@code 2.7.1} for {@code 2.7.1+cpu}. */
    public String torchRelease() {
        return torch.replaceFirst("\\+.*", "");
    }

    private TorchHome requireTorch(String where) {
        if (torch == null || torchFolder == null) {
            throw new Ascend4jException("torch home " + where + " expects torch " + TorchRuntime.TORCH_VERSION
                    + ", found no torch in " + executable + "; set --torch-home or " + VARIABLE
                    + " to an environment that has it, or run '" + executable + " -m pip install torch=="
                    + TorchRuntime.TORCH_VERSION + "'");
        }
        if (!torchRelease().equals(TorchRuntime.TORCH_VERSION)) {
            throw new Ascend4jException("torch home " + where + " expects torch " + TorchRuntime.TORCH_VERSION
                    + ", which the JNI library was built for, found torch " + torch + "; set --torch-home or "
                    + VARIABLE + " to an environment with torch " + TorchRuntime.TORCH_VERSION);
        }
        return this;
    }

    private static TorchHome describe(String python, String where) {
        try {
            return new ObjectMapper().readValue(PythonProcess.output(python, script(), List.of()), TorchHome.class);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "torch home " + where + " expects a Python that describes itself, found " + e.getMessage(), e);
        }
    }

    private static String script() throws IOException {
        try (InputStream resource = TorchHome.class.getResourceAsStream("describe_environment.py")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
