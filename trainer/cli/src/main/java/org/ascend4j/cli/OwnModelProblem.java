package org.ascend4j.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.TorchFailure;
import org.ascend4j.trainer.model.ModelPath;

/** A failure in a model from {@code --class-path}, which is not a bug of this project. */
final class OwnModelProblem {
    private OwnModelProblem() {}

    /** Returns the sentence for a failure in the code of such a model, or in the backward pass of its computation. */
    static Optional<Ascend4jException> find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Ascend4jException> changed = TorchFailure.changedInPlace(cause);
            if (changed.isPresent()) {
                return changed;
            }
            Throwable thrown = cause;
            Optional<Ascend4jException> own = Stream.of(cause.getStackTrace())
                    .filter(frame -> ModelPath.LOADER.equals(frame.getClassLoaderName()))
                    .findFirst()
                    .map(frame -> new Ascend4jException(
                            "the model of --class-path fails in " + frame.getMethodName() + " (" + frame.getFileName()
                                    + ":" + frame.getLineNumber() + "): " + TorchFailure.reason(thrown)
                                    + "; ASCEND4J_LOG=DEBUG shows its stack trace",
                            failure));
            if (own.isPresent()) {
                return own;
            }
        }
        return Optional.empty();
    }
}
