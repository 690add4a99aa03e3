package org.ascend4j.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.CacheFolder;

/**
 * Where JavaCPP keeps what it extracts, apart for each torch home.
 *
 * <p>It leaves links there to the libraries that it finds: in the shared folder they would reach runs without a torch home.
 */
public final class JavaCppCache {
    /** The Java property that names the folder. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private JavaCppCache() {}

    /** Tells JavaCPP the folder, unless the property does; to be called before anything loads a library of JavaCPP. */
    public static void choose() {
        System.setProperty(PROPERTY, shared(System.getenv()).toString());
    }

    /** Returns what is wrong with the folder, if that is why a library does not load. */
    public static Optional<Ascend4jException> problem(LinkageError failure) {
        String folder = "the cache folder " + System.getProperty(PROPERTY);
        String text = rootCause(failure).toString();
        if (text.contains("failed to map segment from shared object")) {
            return Optional.of(
                    unusable(folder + " expects a file system that runs programs, found one mounted noexec"));
        } else if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return Optional.of(unusable(folder + " expects 600 MB of free space, found too little"));
        } else if (text.contains("Could not create the cache")) {
            return Optional.of(unusable(folder + " expects to be writable, found that it is not"));
        }
        return Optional.empty();
    }

    private static Ascend4jException unusable(String sentence) {
        return new Ascend4jException(sentence + "; set XDG_CACHE_HOME to another folder");
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Returns the folder for a torch home. */
    static Path of(TorchHome home) {
        return Path.of(shared(System.getenv()) + "-torch-home-"
                + Integer.toHexString(home.torchFolder().hashCode()));
    }

    /** Returns the folder that the property names, else JavaCPP's own choice in the user's folder, else one in the user's cache. */
    static Path shared(Map<String, String> environment) {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path cache = CacheFolder.ofUser(environment);
        boolean standard = CacheFolder.home(environment)
                .filter(home -> cache.equals(home.resolve(".cache")))
                .isPresent();
        return standard ? cache.resolveSibling(".javacpp/cache") : cache.resolve("javacpp");
    }
}
