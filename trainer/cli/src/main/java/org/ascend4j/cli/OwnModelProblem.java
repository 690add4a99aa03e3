package org.ascend4j.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.trainer.model.ModelPath;

/** A failure of a model from {@code --class-path}, which is no bug of this project. */
final class OwnModelProblem {
    /** How libtorch's sentence on a tensor that the backward pass needs begins. */
    private static final String CHANGED = "one of the variables needed for gradient computation has been modified";

    private OwnModelProblem() {}

    /** Returns the sentence for a failure in the code of such a model, or in the backward pass of what it computed. */
    static Optional<Ascend4jException> find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = firstLine(cause);
            if (reason.startsWith(CHANGED)) {
                return Optional.of(new Ascend4jException(
                        "the backward pass expects tensors as the forward pass left them, found one changed in place: "
                                + reason
                                + "; in the model use operations without a trailing underscore, or ReLU(false)",
                        failure));
            }
            Throwable thrown = cause;
            Optional<Ascend4jException> own = Stream.of(cause.getStackTrace())
                    .filter(frame -> ModelPath.LOADER.equals(frame.getClassLoaderName()))
                    .findFirst()
                    .map(frame -> new Ascend4jException(
                            "the model of --class-path fails in " + frame.getMethodName() + " (" + frame.getFileName()
                                    + ":" + frame.getLineNumber() + "): " + firstLine(thrown)
                                    + "; ASCEND4J_LOG=DEBUG shows its stack trace",
                            failure));
            if (own.isPresent()) {
                return own;
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable cause) {
        return Printable.of(
                String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
}
