package org.ascend4j.nativelib;

import java.io.IOException;
import java.net.URL;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.javacpp.Loader;

/**
 * The JNI library with functions that the JavaCPP presets lack, loaded at first use.
 *
 * <p>A build without a C++ toolchain omits the library; the trainer then still runs on the CPU. The library uses the libtorch that the presets have loaded,
 * either their own or a torch wheel's.
 */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** Returns whether the library is part of this build and loads on this machine. */
    public static boolean isAvailable() {
        return Loading.FAILURE == null;
    }

    /** Returns the message that {@link #load} would throw; empty if the library is available. */
    public static Optional<String> missing() {
        return Optional.ofNullable(Loading.FAILURE).map(Throwable::getMessage);
    }

    /** Loads the library; if that failed, throws an error with the reason, each time with the first failure as the cause. */
    public static void load() {
        if (Loading.FAILURE != null) {
            throw new Ascend4jException(Loading.FAILURE.getMessage(), Loading.FAILURE);
        }
    }

    /** Loads the library in its static initialiser: once, at the first use, in one thread. */
    private static final class Loading {
        static final Ascend4jException FAILURE = attempt();

        private static Ascend4jException attempt() {
            String resource = Loader.getPlatform() + "/libjniascend4j.so";
            URL library = Ascend4jNative.class.getResource(resource);
            if (library == null) {
                return new Ascend4jException(
                        "the JNI library of Ascend4J expected in this build as " + resource
                                + " was left out: install g++, make and torch 2.7.1's headers as native/README.md says, then build again");
            }
            try {
                // The presets determine which libtorch the process loads; it must be loaded before our library.
                Loader.load(org.bytedeco.pytorch.global.torch.class);
                ExtractedLibrary.replaceOutdated(library, Loader.getCacheDir().toPath());
                Loader.load(Ascend4jNative.class);
                return null;
            } catch (IOException e) {
                return new Ascend4jException(
                        "the JNI library of Ascend4J does not load: its outdated copy in JavaCPP's cache cannot be replaced: "
                                + e,
                        e);
            } catch (LinkageError e) {
                // JavaCPP keeps the linker's message, such as an undefined symbol, as the cause.
                String reason =
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
                return new Ascend4jException("the JNI library of Ascend4J does not load: " + reason, e);
            }
        }
    }
}
