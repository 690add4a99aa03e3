package org.ascend4j.nn;

import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** What libtorch refuses, in one sentence. */
public final class TorchFailure {
    /** How libtorch's sentence on a tensor that the backward pass needs begins. */
    private static final String CHANGED = "one of the variables needed for gradient computation has been modified";

    private TorchFailure() {}

    /** Says whether libtorch refused something, or was given a closed object; a program's own exceptions are not such failures. */
    public static boolean is(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0
                && trace[0].isNativeMethod()
                && (failure.getClass() == RuntimeException.class || failure instanceof NullPointerException);
    }

    /** Returns the first line of what a failure says, which libtorch follows by its stack trace. */
    public static String reason(Throwable failure) {
        if (failure instanceof NullPointerException closed && is(closed)) {
            return "it was given a tensor or module that is closed";
        }
        String text = failure.getMessage();
        return text == null
                ? "it failed without a message"
                // The hint is on a Python function.
                : Printable.line(text.replaceFirst("\\.? Hint: (?s).*", ""));
    }

    /** Returns the sentence for a tensor that the backward pass needs and the forward pass has changed, if that is what failed. */
    public static Optional<Ascend4jException> changedInPlace(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith(CHANGED)
                ? Optional.of(new Ascend4jException(
                        "the backward pass expects tensors as the forward pass left them, found one changed in place: "
                                + reason(failure)
                                + "; in the model use operations without a trailing underscore, or ReLU(false)",
                        failure))
                : Optional.empty();
    }

    /** Returns {@code " (Net.java:12)"}, where a class's own code was when something failed; an empty text where it was not running. */
    public static String line(Throwable failure, Class<?> type) {
        return line(Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type.getName())));
    }

    /** Returns the same of the code that uses this library. */
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
