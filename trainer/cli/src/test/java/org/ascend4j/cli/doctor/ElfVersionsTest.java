package org.ascend4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.runtime.ProcessMaps;
import org.ascend4j.runtime.Version;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfVersionsTest {
    @TempDir
    private Path folder;

    /** The expected versions are those that {@code objdump -T} prints for javacpp 1.5.12's libjnijavacpp.so. */
    @Test
    @Requires(Prerequisite.LINUX_X86_64)
    void theHighestNeededVersionIsFound() {
        Path library = Path.of(Loader.load(Loader.class));
        assertThat(ElfVersions.needed(library, "GLIBC").map(Version::text)).contains("2.34");
        assertThat(ElfVersions.needed(library, "GLIBCXX").map(Version::text)).contains("3.4.19");
    }

    /** glibc provides every version since its first one for an architecture. */
    @Test
    @Requires(Prerequisite.LINUX)
    void theCLibraryProvidesItsOwnVersion() {
        List<Path> libc = ProcessMaps.libraries("libc.so.6");
        assertThat(ElfVersions.provided(libc.get(0), "GLIBC").orElseThrow())
                .isGreaterThanOrEqualTo(Version.parse("2.17"));
        assertThat(ElfVersions.provided(libc.get(0), "GLIBCXX")).isEmpty();
    }

    @Test
    void whatIsNoLibraryHasNoVersions() throws IOException {
        Path file = Files.writeString(
                folder.resolve("lib.so"), "not a library, but longer than a header of 64 bytes, to be sure");
        assertThat(ElfVersions.needed(file, "GLIBC")).isEmpty();
        assertThat(ElfVersions.needed(folder.resolve("none.so"), "GLIBC")).isEmpty();
    }

    @Test
    @Requires(Prerequisite.LINUX_X86_64)
    void aLibraryThatNeedsANewerGlibcIsAFailure() {
        Path library = Path.of(Loader.load(Loader.class));
        Finding tooOld = LibcCheck.compare(Version.parse("2.2"), Optional.empty(), List.of(library));
        assertThat(tooOld.status()).isEqualTo(Status.FAILED);
        assertThat(tooOld.found()).contains(library.getFileName() + " needs glibc 2.34, GLIBCXX_3.4.19");
        Finding oldCxx = LibcCheck.compare(Version.parse("2.99"), Optional.of(Version.parse("3.4")), List.of(library));
        assertThat(oldCxx.status()).isEqualTo(Status.WARNING);
        Finding fine = LibcCheck.compare(Version.parse("2.99"), Optional.of(Version.parse("3.4.99")), List.of(library));
        assertThat(fine.status()).isEqualTo(Status.OK);
    }

    @Test
    void candidatesComeBeforeTheirReleaseAndNumbersCountAsNumbers() {
        assertThat(Version.parse("8.3.RC1")).isLessThan(Version.parse("8.3.0"));
        assertThat(Version.parse("8.3.RC2")).isGreaterThan(Version.parse("8.3.RC1"));
        assertThat(Version.parse("2.28")).isGreaterThan(Version.parse("2.4"));
        assertThat(Version.parse("8.5")).isEqualByComparingTo(Version.parse("8.5.0"));
    }
}
