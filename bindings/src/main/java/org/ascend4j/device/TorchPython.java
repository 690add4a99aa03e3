package org.ascend4j.device;

import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.ascend4j.runtime.TorchHome;

/** The Python of a torch home, embedded in this process. */
final class TorchPython {
    private TorchPython() {}

    /** Starts the interpreter for a device of this kind, unless it is already running. */
    static void start(TorchHome home, DeviceSpec.Kind kind) {
        if (home.libpython() == null) {
            throw new Ascend4jException("device " + kind.torchName()
                    + " expects Python as a shared library (libpython), found none for " + home.executable()
                    + "; install it (Debian: libpython3.x) or use a Python built with --enable-shared");
        }
        if (!EmbeddedPython.isStarted()) {
            EmbeddedPython.start(Path.of(home.libpython()), Path.of(home.executable()));
        }
    }
}
