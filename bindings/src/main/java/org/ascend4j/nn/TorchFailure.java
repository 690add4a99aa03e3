package org.ascend4j.nn;

import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Turns failures of libtorch into one-sentence errors.
 *
 * @since 0.1.0
 */
public final class TorchFailure {
    /** The beginning of libtorch's error for a modified tensor that the backward pass needs. */
    private static final String CHANGED = "one of the variables needed for gradient computation has been modified";

    private TorchFailure() {}

    /** Returns whether a failure is an error of libtorch or comes from a closed object; a program's own exceptions are not such failures. */
    public static boolean is(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0
                && trace[0].isNativeMethod()
                && (failure.getClass() == RuntimeException.class || failure instanceof NullPointerException);
    }

    /** Returns the first line of a failure's message; libtorch appends its stack trace. */
    public static String reason(Throwable failure) {
        if (failure instanceof NullPointerException closed && is(closed)) {
            return "it was given a tensor or module that is closed";
        }
        String text = failure.getMessage();
        return text == null
                ? "it failed without a message"
                // The hint concerns a Python function.
                : Printable.line(text.replaceFirst("\\.? Hint: (?s).*", ""));
    }

    /** Returns the error for a tensor that the forward pass has modified although the backward pass needs it; empty if the failure has another cause. */
    public static Optional<Ascend4jException> changedInPlace(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith(CHANGED)
                ? Optional.of(new Ascend4jException(
                        "the backward pass expects tensors as the forward pass left them, found one changed in place: "
                                + reason(failure)
                                + "; in the model use operations without a trailing underscore, or ReLU(false)",
                        failure))
                : Optional.empty();
    }

    /** Returns {@code " (Net.java:12)"}, the line of a class's own code that was running when the failure occurred; an empty text if none was running. */
    public static String line(Throwable failure, Class<?> type) {
        return line(Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type.getName())));
    }

    /** Returns the same for the code that uses this library. */
    public static String line(Throwable failure) {
        return line(Stream.of(failure.getStackTrace())
                .filter(frame -> !frame.getClassName().matches("(java|jdk|org\\.bytedeco|org\\.ascend4j\\.nn)\\..*")));
    }

    private static String line(Stream<StackTraceElement> frames) {
        return frames.findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }
}
