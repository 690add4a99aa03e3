package org.ascend4j.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.CacheFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which JavaCPP keeps extracted libraries, separate for each torch home.
 *
 * <p>JavaCPP creates links there to the libraries that it finds; in a shared folder they would affect runs without a torch home.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class JavaCppCache {
    /** The Java property with the folder's path. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    /** The required free space: more than the largest library, 312 MB. */
    private static final long LEAST_SPACE = 500_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(JavaCppCache.class);

    private JavaCppCache() {}

    /** Sets JavaCPP's folder, unless the property is set; call it before any library of JavaCPP is loaded. */
    public static void choose() {
        System.setProperty(PROPERTY, shared(System.getenv()).toString());
    }

    /**
     * Loads libraries; the first time, only one of the processes that share the folder does so at a time.
     *
     * <p>JavaCPP has its own lock, and yet one process was seen to rewrite a library that another process had mapped: SIGBUS.
     */
    static void fill(Runnable loading) {
        Path folder = Path.of(System.getProperty(PROPERTY));
        Path filled = folder.resolve(".filled-" + TorchRuntime.PRESETS_VERSION);
        if (Files.exists(filled)) {
            loading.run();
            return;
        }
        try (FileChannel lock = lock(folder)) {
            loading.run();
            if (lock != null) {
                Files.write(filled, new byte[0]);
            }
        } catch (IOException e) {
            LOG.debug("The cache {} cannot be marked as filled.", folder, e);
        }
    }

    /** Returns null if locking is impossible: the folder is not writable, or the storage does not support locks. */
    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".filling"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            LOG.debug("The cache {} cannot be locked.", folder, e);
            return null;
        }
    }

    /** Returns the problem with the folder, if it is the reason why a library does not load. */
    public static Optional<Ascend4jException> problem(LinkageError failure) {
        String folder = "the cache folder " + System.getProperty(PROPERTY);
        String text = rootCause(failure).toString();
        if (text.contains("failed to map segment from shared object")) {
            return Optional.of(
                    unusable(folder + " expects a file system that runs programs, found one mounted noexec"));
        } else if (text.contains("No space left on device")
                || text.contains("Disk quota exceeded")
                || isCutShort(text)) {
            return Optional.of(unusable(folder + " expects 600 MB of free space, found too little"));
        } else if (text.contains("Could not create the cache")) {
            return Optional.of(unusable(folder + " expects to be writable, found that it is not"));
        }
        return Optional.empty();
    }

    /** Returns whether a library is missing for lack of disk space; JavaCPP does not report that it could not extract a library that another one needs. */
    private static boolean isCutShort(String text) {
        return (text.contains("in java.library.path") || text.contains("cannot open shared object file"))
                && new File(System.getProperty(PROPERTY)).getUsableSpace() < LEAST_SPACE;
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

    /** Returns the folder that the property names, else JavaCPP's default in the user's folder, else one in the user's cache. */
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
