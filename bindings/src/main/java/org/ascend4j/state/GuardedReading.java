package org.ascend4j.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Printable;
import org.ascend4j.pickle.PickleException;

/** Reads a file; if that fails, throws an error that gives the reason in one sentence. */
final class GuardedReading {
    private static final String RESAVE = "; expected a state dict, save it with torch.save(model.state_dict(), file)";

    /** Reads a file. */
    @FunctionalInterface
    interface Reading<T> {
        /** Reads the file. */
        T read() throws IOException;
    }

    private GuardedReading() {}

    static <T> T of(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (PickleException e) {
            throw new Ascend4jException(file + " cannot be read safely: " + e.getMessage() + RESAVE, e);
        } catch (ZipException e) {
            throw new Ascend4jException(file + " is not a whole torch file: " + Printable.of(e.getMessage()), e);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw FileErrors.tooLarge(file, e);
        }
    }
}
