package org.ascend4j.nativelib.python;

import org.ascend4j.Ascend4jException;

/** A Python exception; the message is the traceback that Python would have printed. */
public final class PythonException extends Ascend4jException {
    PythonException(String traceback, Throwable cause) {
        super(traceback, cause);
    }

    /** Returns the traceback's last line: the exception's type and message. */
    public String summary() {
        String traceback = getMessage().stripTrailing();
        return traceback.substring(traceback.lastIndexOf('\n') + 1);
    }
}
