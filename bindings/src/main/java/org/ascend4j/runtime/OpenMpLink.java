package org.ascend4j.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/**
 * Creates a link to a wheel's OpenMP library under the name that the presets preload.
 *
 * <p>The presets open {@code libgomp.so.1} before libtorch. torch's aarch64 wheel contains the library under another name, so they would load a second copy
 * from the system.
 */
final class OpenMpLink {
    private static final String NAME = "libgomp.so.1";

    private OpenMpLink() {}

    /**
     * Creates the link.
     *
     * @param torchFolder the folder of the package torch
     * @param folder the folder for the link; created if it is missing
     * @return the folder; empty if the wheel contains no OpenMP
     */
    static Optional<Path> make(Path torchFolder, Path folder) {
        return carried(torchFolder).map(library -> {
            // Moved into place atomically: another process may be starting with the same link.
            Path made = folder.resolve(NAME + "." + ProcessHandle.current().pid());
            try {
                Files.createDirectories(folder);
                Files.deleteIfExists(made);
                Files.createSymbolicLink(made, library);
                Files.move(made, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new Ascend4jException(
                        "the cache of JavaCPP expects a writable folder, found " + folder + ": " + FileErrors.reason(e)
                                + "; set ASCEND4J_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                        e);
            }
            return folder;
        });
    }

    private static Optional<Path> carried(Path torchFolder) {
        return Stream.of(torchFolder.resolve("lib"), torchFolder.resolveSibling("torch.libs"))
                .filter(Files::isDirectory)
                .flatMap(OpenMpLink::files)
                .filter(file -> file.getFileName().toString().startsWith("libgomp"))
                .findFirst();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new Ascend4jException(
                    "torch home expects a readable folder, found " + folder + ": " + FileErrors.reason(e), e);
        }
    }
}
