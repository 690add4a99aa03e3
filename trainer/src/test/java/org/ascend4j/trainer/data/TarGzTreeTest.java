package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests links in archives. */
class TarGzTreeTest {
    @TempDir
    private Path folder;

    private Path archive;
    private GZIPOutputStream gzip;
    private TarArchiveOutputStream tar;

    @BeforeEach
    void create() throws IOException {
        archive = folder.resolve("archive.tar.gz");
        gzip = new GZIPOutputStream(Files.newOutputStream(archive));
        tar = new TarArchiveOutputStream(gzip);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    }

    @Test
    void showsWhatLinksLeadToWhereverItStands() throws IOException {
        link("set/train/dog", "../../disk/dogs", TarConstants.LF_SYMLINK);
        link("set/train/cat/2.png", "newest.png", TarConstants.LF_SYMLINK);
        file("./disk/dogs/1.png", "wolf");
        file("./set/train/cat/1.png", "tom");
        // The target of a hard link is relative to the archive's root.
        link("./set/test/cat/1.png", "./set/train/cat/1.png", TarConstants.LF_LINK);
        link("set/train/cat/newest.png", "./../cat/1.png", TarConstants.LF_SYMLINK);
        assertThat(shown(path -> true))
                .containsExactlyInAnyOrder(
                        "disk/dogs/1.png wolf 4",
                        "set/train/cat/1.png tom 3",
                        "set/train/dog/1.png wolf 4",
                        "set/test/cat/1.png tom 3",
                        "set/train/cat/newest.png tom 3",
                        "set/train/cat/2.png tom 3");
    }

    @Test
    void showsOnlyWhatIsWanted() throws IOException {
        file("a/1.png", "tom");
        file("a/notes.txt", "notes");
        link("a/2.png", "1.png", TarConstants.LF_SYMLINK);
        link("b.txt", "a/notes.txt", TarConstants.LF_SYMLINK);
        assertThat(shown(path -> path.endsWith("2.png"))).containsExactly("a/2.png tom 3");
    }

    @Test
    void linksToNothingAndPipesAreNoFiles() throws IOException {
        link("a/gone.png", "deleted.png", TarConstants.LF_SYMLINK);
        link("a/pipe.png", "", TarConstants.LF_FIFO);
        assertThat(shown(path -> true)).isEmpty();
    }

    @Test
    void refusesLinksInACircle() throws IOException {
        file("a/1.png", "tom");
        link("a/circle", "../a", TarConstants.LF_SYMLINK);
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected links that come to an end in " + archive + ", found 'a/circle' in a circle");
    }

    @Test
    void refusesLinksThatLeaveTheArchive() throws IOException {
        link("a/1.png", "/etc/passwd", TarConstants.LF_SYMLINK);
        refused("a/1.png", "/etc/passwd");
        create();
        link("a/1.png", "../../x.png", TarConstants.LF_SYMLINK);
        refused("a/1.png", "../../x.png");
        create();
        link("a/1.png", "../x.png", TarConstants.LF_LINK);
        refused("a/1.png", "../x.png");
    }

    @Test
    void followsLinksUpToALimitOfNames() throws IOException {
        levelsOfTwoLinks(10);
        // There are 2 + 4 + ... + 1024 names by links, and the file itself.
        assertThat(shown(path -> true)).hasSize(2047);
        create();
        levelsOfTwoLinks(38);
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "expected at most 10000 names of one file by links in " + archive + ", found more; unpack it");
    }

    @Test
    void refusesMoreLinksThanNames() throws IOException {
        for (int i = 0; i <= 100_000; i++) {
            link("a/" + i + ".png", "gone.png", TarConstants.LF_SYMLINK);
        }
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected links to at most 100000 files in " + archive + ", found more; unpack it");
    }

    private void levelsOfTwoLinks(int levels) throws IOException {
        for (int level = 0; level < levels; level++) {
            link(level + "/a", "../" + (level + 1), TarConstants.LF_SYMLINK);
            link(level + "/b", "../" + (level + 1), TarConstants.LF_SYMLINK);
        }
        file(levels + "/1.png", "tom");
    }

    /** GNU's long names and long links, and PAX headers, that claim one gigabyte. */
    @ParameterizedTest
    @ValueSource(chars = {'L', 'K', 'x', 'g'})
    void refusesHeadersOfAnyLength(char kind) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry("name", (byte) kind);
        header.setSize(1L << 30);
        byte[] record = new byte[512];
        header.writeEntryHeader(record);
        gzip.write(record);
        gzip.write("1073741824 path=".getBytes(StandardCharsets.US_ASCII));
        gzip.write("x".repeat(3 << 20).getBytes(StandardCharsets.US_ASCII));
        gzip.close();
        assertThatThrownBy(() -> new TarGzTree(archive).visit(path -> true, (path, bytes, content) -> {}))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "expected a whole .tar.gz archive in " + archive + ": a header has more than 1048576 bytes");
    }

    @Test
    void refusesSparseFiles() throws IOException {
        TarArchiveEntry header = new TarArchiveEntry("a/1.png", TarConstants.LF_GNUTYPE_SPARSE);
        byte[] record = new byte[512];
        header.writeEntryHeader(record);
        gzip.write(record);
        gzip.close();
        assertThatThrownBy(() -> new TarGzTree(archive).visit(path -> true, (path, bytes, content) -> {}))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected a whole .tar.gz archive in " + archive + ": it holds a sparse file; unpack it");
    }

    @Test
    void readsLongNames() throws IOException {
        String name = "a/" + "x".repeat(300) + ".png";
        file(name, "tom");
        file("b/1.png", "cat");
        assertThat(shown(path -> true)).containsExactly(name + " tom 3", "b/1.png cat 3");
    }

    @Test
    void namesAreShownOnOneShortLine() throws IOException {
        link("a/\u001b[31m" + "x".repeat(90), "../../y\n.png", TarConstants.LF_SYMLINK);
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected links inside the archive " + archive + ", found '..." + "x".repeat(80)
                        + "' to '../../y\\u000a.png', which leaves it");
        create();
        file("../\u001b[31m.png", "tom");
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "expected paths inside the archive " + archive + ", found '../\\u001b[31m.png' that leaves it");
    }

    private void refused(String link, String target) {
        assertThatThrownBy(() -> shown(path -> true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected links inside the archive " + archive + ", found '" + link + "' to '" + target
                        + "', which leaves it");
    }

    /** Returns the path, content and size of each file. */
    private List<String> shown(Predicate<String> wanted) throws IOException {
        tar.close();
        List<String> shown = new ArrayList<>();
        new TarGzTree(archive)
                .visit(
                        wanted,
                        (path, bytes, content) -> shown.add(
                                path + " " + new String(content.readAllBytes(), StandardCharsets.UTF_8) + " " + bytes));
        return shown;
    }

    private void file(String path, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry header = new TarArchiveEntry(path, true);
        header.setSize(content.length);
        tar.putArchiveEntry(header);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void link(String path, String target, byte kind) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry(path, kind);
        header.setLinkName(target);
        tar.putArchiveEntry(header);
        tar.closeArchiveEntry();
    }
}
