package org.ascend4j.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where JavaCPP keeps what it extracts, apart for each torch home.
 *
 * <p>It leaves links there to the libraries that it finds: in the shared folder they would reach runs without a torch home.
 */
final class JavaCppCache {
    /** The Java property that names the folder. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private JavaCppCache() {}

    /** Returns the folder for a torch home. */
    static Path of(TorchHome home) {
        return Path.of(shared() + "-torch-home-"
                + Integer.toHexString(home.torchFolder().hashCode()));
    }

    /** Returns JavaCPP's own choice: in the user's folder, or beside other temporary files where that cannot be written. */
    static Path shared() {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path user = Path.of(System.getProperty("user.home"));
        return Files.isWritable(user)
                ? user.resolve(".javacpp/cache")
                : Path.of(System.getProperty("java.io.tmpdir"), ".javacpp-" + System.getProperty("user.name"), "cache");
    }
}
