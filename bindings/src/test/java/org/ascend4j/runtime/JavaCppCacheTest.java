package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCppCacheTest {
    private final String cache = System.getProperty(JavaCppCache.PROPERTY);
    private final String user = System.getProperty("user.home");

    @TempDir
    private Path folder;

    @BeforeEach
    void forgetTheChoice() {
        System.clearProperty(JavaCppCache.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.setProperty("user.home", user);
        if (cache != null) {
            System.setProperty(JavaCppCache.PROPERTY, cache);
        }
    }

    @Test
    void liesInTheUsersFolder() {
        System.setProperty("user.home", folder.toString());
        assertThat(JavaCppCache.shared(Map.of())).isEqualTo(folder.resolve(".javacpp/cache"));
    }

    @Test
    void theEnvironmentsFolderWinsOverTheUsers() {
        System.setProperty("user.home", "/no/such/folder");
        assertThat(JavaCppCache.shared(Map.of("HOME", folder.toString()))).isEqualTo(folder.resolve(".javacpp/cache"));
        assertThat(JavaCppCache.shared(Map.of("HOME", folder.toString(), "XDG_CACHE_HOME", "/cache")))
                .isEqualTo(Path.of("/cache/javacpp"));
    }

    @Test
    void aUserWithoutAFolderGetsATemporaryOne() throws Exception {
        // Java's value for a user without an entry in /etc/passwd, as in 'docker run --user 1234'.
        System.setProperty("user.home", "?");
        assertThat(JavaCppCache.shared(Map.of()))
                .isEqualTo(Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "ascend4j-cache-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
                        "javacpp"));
    }

    @Test
    void aTorchHomeHasOneOfItsOwn() {
        System.setProperty(JavaCppCache.PROPERTY, "/cache");
        assertThat(JavaCppCache.of(LateChoice.HOME).toString()).startsWith("/cache-torch-home-");
    }

    @Test
    void aCacheThatCannotServeIsNamed() {
        System.setProperty(JavaCppCache.PROPERTY, "/cache");
        UnsatisfiedLinkError noexec = new UnsatisfiedLinkError("no jnitorch in java.library.path");
        noexec.initCause(new UnsatisfiedLinkError("/cache/libjnitorch.so: failed to map segment from shared object"));
        assertThat(JavaCppCache.problem(noexec).orElseThrow())
                .hasMessage(
                        "the cache folder /cache expects a file system that runs programs, found one mounted noexec;"
                                + " set XDG_CACHE_HOME to another folder");
        assertThat(JavaCppCache.problem(new UnsatisfiedLinkError("java.io.IOException: No space left on device"))
                        .orElseThrow())
                .hasMessage("the cache folder /cache expects 600 MB of free space, found too little;"
                        + " set XDG_CACHE_HOME to another folder");
        assertThat(JavaCppCache.problem(new UnsatisfiedLinkError("undefined symbol: x")))
                .isEmpty();
    }

    @Test
    void aFullCacheIsNamedWhereALibraryLacksAnother() {
        // A folder that does not exist has no usable space.
        System.setProperty(JavaCppCache.PROPERTY, "/no/such/cache");
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("no jniopenblas_nolapack in java.library.path");
        failure.initCause(new UnsatisfiedLinkError("libjniopenblas_nolapack.so: libopenblas_nolapack.so.0: "
                + "cannot open shared object file: No such file or directory"));
        assertThat(JavaCppCache.problem(failure).orElseThrow())
                .hasMessageStartingWith("the cache folder /no/such/cache expects 600 MB of free space");
    }

    @Test
    void aMissingLibraryIsNotTakenForAFullCache() {
        System.setProperty(JavaCppCache.PROPERTY, folder.toString());
        assertThat(JavaCppCache.problem(new UnsatisfiedLinkError(
                        "libgomp.so.1: cannot open shared object file: No such file or directory")))
                .isEmpty();
    }
}
