package org.ascend4j.device;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.python.PythonException;

/**
 * A common problem with Ascend NPUs, recognised by the messages of CANN and torch_npu, with its remedy.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @param pattern a pattern that the message contains
 * @param name the problem's name
 * @param remedy the advice to the user
 * @param hardware whether the cause may be a driver or device file that this machine or container lacks
 * @since 0.1.0
 */
public record NpuProblem(Pattern pattern, String name, String remedy, boolean hardware) {
    /** Parts of torch_npu's messages: the number and module that it appends (NPUException.h), or the file of its source; and of acl_check in npu_guard.cpp. */
    private static final Pattern OF_TORCH_NPU =
            Pattern.compile("\\bERR\\d{5} (PTA|OPS|DIST|GRAPH|PROF)\\b|\\btorch_npu/csrc/"
                    + "|\\bNPU function error\\b|\\bacl\\w+ of CANN failed with error \\d");

    /** Returns the known problem that matches a failure or one of its causes. */
    public static Optional<NpuProblem> find(Throwable failure) {
        return recognise(failure).map(Recognised::problem);
    }

    /** Returns whether torch_npu threw a failure or one of its causes, known or not. */
    public static boolean isOfTorchNpu(Throwable failure) {
        return ofTorchNpu(failure).isPresent();
    }

    /** Returns a one-sentence error for a failure of the NPU's software, with the decisive words of the failure's or its cause's message. */
    public static Ascend4jException explain(Throwable failure) {
        String sentence = recognise(failure)
                .map(found -> found.problem.name + " (" + found.line + "); " + found.problem.remedy)
                .orElseGet(() -> "torch_npu failed with an error that Ascend4J does not recognise: " + summary(failure)
                        + "; set ASCEND4J_LOG=DEBUG for the whole message, and see CANN's log in ~/ascend/log");
        return new Ascend4jException("device npu: " + sentence, failure);
    }

    /** Returns whether the cause is the program that uses the NPU. */
    public boolean isOfTheProgram() {
        return equals(KnownNpuProblems.SHAPES);
    }

    private static String summary(Throwable failure) {
        Throwable source = ofTorchNpu(failure).orElse(failure);
        if (source instanceof PythonException python) {
            return python.summary();
        }
        String text = message(source);
        return text.lines().findFirst().orElse(text);
    }

    /** A problem and the line of the message that matches it. */
    private record Recognised(NpuProblem problem, String line) {}

    private static Optional<Recognised> recognise(Throwable failure) {
        String text = causes(failure).map(NpuProblem::message).collect(Collectors.joining("\n"));
        return Stream.concat(HcclProblems.KNOWN.stream(), KnownNpuProblems.ALL.stream())
                .map(problem -> problem.recognise(text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns the outermost of a failure and its causes that has torch_npu's own message. */
    private static Optional<Throwable> ofTorchNpu(Throwable failure) {
        return causes(failure)
                .filter(cause -> OF_TORCH_NPU.matcher(message(cause)).find())
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private Optional<Recognised> recognise(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(new Recognised(this, line(text, matcher.start()))) : Optional.empty();
    }

    /** Returns a failure's message without the prefix that JavaCPP adds each time the exception passes through C++ and back. */
    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage()).replace("java.lang.RuntimeException: ", "");
    }

    private static String line(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        String line = text.substring(start, end < 0 ? text.length() : end).strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
