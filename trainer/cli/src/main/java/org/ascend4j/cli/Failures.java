package org.ascend4j.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.runtime.JavaCppCache;

/** Explains why a command failed: a problem of the user or the machine in one sentence. */
final class Failures {
    private static final Pattern REFUSED = Pattern.compile("you tried to allocate (\\d+) bytes");

    private Failures() {}

    /** Returns the sentence for a failure; empty for a bug. */
    static Optional<Ascend4jException> explain(Throwable failure) {
        if (failure instanceof Ascend4jException problem) {
            return Optional.of(problem);
        }
        return causes(failure)
                .flatMap(cause -> machine(cause).stream())
                .findFirst()
                // A card that runs out of memory or is lost during training is not a bug of this project.
                .or(() -> NpuProblem.find(failure)
                        .filter(problem -> !problem.isOfTheProgram())
                        .map(problem -> NpuProblem.explain(failure)))
                .or(() -> OwnModelProblem.find(failure))
                .or(() -> NpuProblem.find(failure).isPresent() || NpuProblem.isOfTorchNpu(failure)
                        ? Optional.of(NpuProblem.explain(failure))
                        : Optional.empty());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(100);
    }

    private static Optional<Ascend4jException> machine(Throwable cause) {
        if (cause instanceof OutOfMemoryError error) {
            return Optional.of(new Ascend4jException(outOfMemory(String.valueOf(error.getMessage())), error));
        } else if (cause instanceof LinkageError error) {
            return JavaCppCache.problem(error);
        } else if (cause instanceof InvalidPathException path) {
            return Optional.of(new Ascend4jException(
                    "a path expects characters that the locale can encode, found '" + path.getInput()
                            + "'; set LANG=C.UTF-8",
                    path));
        }
        Matcher refused = REFUSED.matcher(String.valueOf(cause.getMessage()));
        return refused.find()
                ? Optional.of(new Ascend4jException(
                        "libtorch expects " + mebibytes(Long.parseLong(refused.group(1)))
                                + " MiB of memory more, found too little of the " + machineMebibytes()
                                + " MiB of this machine or container; set a smaller --batch-size, or give it more",
                        cause))
                : Optional.empty();
    }

    private static String outOfMemory(String message) {
        if (message.contains("native thread")) {
            return "the system expects fewer threads, found no room for another; set fewer --threads, or a higher limit of"
                    + " processes";
        } else if (message.contains("direct buffer")) {
            return "Java's memory outside its heap expects more than it may take, found it full; set"
                    + " ASCEND4J_JAVA_OPTIONS=-XX:MaxDirectMemorySize=SIZE, such as 4g";
        }
        long heap = mebibytes(Runtime.getRuntime().maxMemory());
        return "the Java heap expects more than its " + heap + " MiB, found it full; set ASCEND4J_JAVA_OPTIONS=-Xmx"
                + 2 * heap + "m (this machine or container has " + machineMebibytes() + " MiB)";
    }

    private static long machineMebibytes() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return mebibytes(system.getTotalMemorySize());
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
