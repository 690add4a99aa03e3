package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
        assertThat(JavaCppCache.shared()).isEqualTo(folder.resolve(".javacpp/cache"));
    }

    @Test
    void aUserWithoutAFolderGetsATemporaryOne() {
        // What Java makes of a user without an entry in /etc/passwd, as in 'docker run --user 1234'.
        System.setProperty("user.home", "?");
        assertThat(JavaCppCache.shared())
                .isEqualTo(Path.of(
                        System.getProperty("java.io.tmpdir"), ".javacpp-" + System.getProperty("user.name"), "cache"));
    }

    @Test
    void aTorchHomeHasOneOfItsOwn() {
        System.setProperty(JavaCppCache.PROPERTY, "/cache");
        assertThat(JavaCppCache.of(LateChoice.HOME).toString()).startsWith("/cache-torch-home-");
    }
}
