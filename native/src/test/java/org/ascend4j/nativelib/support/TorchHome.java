package org.ascend4j.nativelib.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The environment that ASCEND4J_TORCH_HOME names.
 *
 * @param sitePackages the folder that contains torch
 */
public record TorchHome(Path sitePackages) {
    /** Finds the environment. */
    public static Optional<TorchHome> find() {
        String home = System.getenv("ASCEND4J_TORCH_HOME");
        if (home == null) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(Path.of(home, "lib"))) {
            return versions.map(version -> version.resolve("site-packages"))
                    .filter(site -> Files.isDirectory(site.resolve("torch/lib")))
                    .findFirst()
                    .map(TorchHome::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether it contains torch_npu. */
    public boolean hasTorchNpu() {
        return Files.isDirectory(sitePackages.resolve("torch_npu"));
    }

    /** Links torch's libraries into a folder that JavaCPP uses as its library path. */
    public Path linkLibraries(Path folder) {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(sitePackages.resolve("torch/lib"), "*.so*")) {
            for (Path library : libraries) {
                Path link = folder.resolve(library.getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, library);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
