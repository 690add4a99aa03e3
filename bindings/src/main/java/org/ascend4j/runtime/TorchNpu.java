package org.ascend4j.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The package torch_npu: its versions, such as {@code 2.7.1}, {@code 2.7.1.post4} and {@code 2.7.1.post9+git1a2b3c4}, and its installation.
 *
 * @since 0.1.0
 */
public final class TorchNpu {
    private static final Pattern POST = Pattern.compile("\\.post(\\d{1,4})");

    private TorchNpu() {}

    /** Returns the number after {@code .post} in a version; 0 if there is none. */
    public static int post(String version) {
        Matcher matcher = POST.matcher(version);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * Returns the shell command that installs torch_npu and the packages that it imports.
     *
     * <p>torch_npu is installed without its dependencies: on x86_64 it requires {@code torch==2.7.1+cpu}, which the package index does not have.
     *
     * @param python the path of the interpreter that has torch
     */
    public static String installCommand(String python) {
        return python + " -m pip install --no-deps torch_npu==" + TorchRuntime.TORCH_VERSION + ".post2 && " + python
                + " -m pip install numpy pyyaml decorator";
    }
}
