package org.ascend4j.trainer.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.trainer.model.ImageClassifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's attempts to record work as graphs. After the first that fails there are no others. */
final class GraphAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(GraphAttempts.class);

    private static final Pattern OPERATOR = Pattern.compile("aclnn\\w+|(?<=aclop is )\\w+");
    private static final Pattern CODE = Pattern.compile("\\b[125]0\\d{4}\\b");

    private final Capture capture;
    private final DeviceBackend device;
    private boolean proven;
    private boolean over;

    GraphAttempts(Capture capture, DeviceBackend device) {
        this.capture = capture;
        this.device = device;
        over = capture == Capture.OFF || device.spec().kind() != DeviceSpec.Kind.NPU;
    }

    /** Returns whether nothing can be recorded any more. */
    boolean areOver() {
        return over;
    }

    /** Returns whether the steps of a model may be recorded: unless the user requires graphs, the model must promise equal steps. */
    boolean accept(ImageClassifier model) {
        return !over && (capture == Capture.ON || model.submitsEqualSteps());
    }

    /**
     * Tries a recording. Returns false if it fails, after one warning, unless graphs are required.
     *
     * @param what what is recorded, within a sentence
     */
    boolean succeeds(String what, Runnable recording) {
        // An error of earlier work, such as a rank that does not answer, is no failure of the recording.
        device.synchronize();
        try {
            if (!proven) {
                device.captureObstacle().ifPresent(reason -> {
                    throw new Ascend4jException(reason);
                });
                proven = true;
            }
            recording.run();
            return true;
        } catch (RuntimeException e) {
            over = true;
            report(what, e);
            return false;
        }
    }

    private void report(String what, RuntimeException failure) {
        String reason = reason(failure);
        if (capture == Capture.ON) {
            throw new Ascend4jException(
                    "--capture on expects that " + what + " can be recorded as a graph, found " + reason
                            + "; set --capture auto or off",
                    failure);
        }
        LOG.warn(
                "{}{} cannot be recorded as a graph ({}); the run goes on with one launch per operator.",
                Character.toUpperCase(what.charAt(0)),
                what.substring(1),
                reason);
    }

    /** Returns the operator and the error code in a failure's message, or its first line. */
    private static String reason(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher operator = OPERATOR.matcher(message);
        Matcher code = CODE.matcher(message);
        if (!operator.find()) {
            return message.lines().findFirst().orElse("no reason");
        }
        return operator.group() + (code.find() ? ", error " + code.group() : "");
    }
}
