package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.TorchFailure;

/** Describes in one sentence why the models of a jar cannot be used. */
final class FactoryProblem {
    private FactoryProblem() {}

    /** Explains that the factories could not be loaded. */
    static Ascend4jException loading(Error problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return new Ascend4jException("the models on the class path cannot be loaded: " + sentence(cause), problem);
    }

    /** Explains that a factory failed to make a model. */
    static Ascend4jException creating(String name, ObjectNode settings, Throwable problem) {
        return new Ascend4jException(
                "model " + name + " cannot be made with " + settings + ": " + sentence(problem), problem);
    }

    private static String sentence(Throwable problem) {
        if (problem instanceof UnsupportedClassVersionError) {
            return "its classes expect a newer Java, found " + System.getProperty("java.specification.version")
                    + "; compile them with --release 17, or set JAVA_HOME to a newer one";
        }
        if (problem instanceof NoClassDefFoundError || problem instanceof ClassNotFoundException) {
            return "expected the class " + String.valueOf(problem.getMessage()).replace('/', '.')
                    + ", found none; give its jar by --class-path as well";
        }
        return TorchFailure.reason(problem);
    }
}
