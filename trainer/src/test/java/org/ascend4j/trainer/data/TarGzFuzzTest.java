package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests damaged archives: the result is the paths and contents that remain, or an error sentence. */
class TarGzFuzzTest {
    /** Offset of a header's checksum, which has eight bytes. */
    private static final int CHECKSUM = 148;

    private static final int RECORD = 512;

    @TempDir
    private Path folder;

    @Test
    void fuzz() throws IOException {
        byte[] gnu = tar(TarArchiveOutputStream.LONGFILE_GNU);
        byte[] pax = tar(TarArchiveOutputStream.LONGFILE_POSIX);
        InputMutator headers = new InputMutator(gnu, pax);
        FuzzReport report = Fuzz.ofFiles("tar-gz", folder.resolve("archive.tar.gz"), file -> new TarGzTree(file)
                        .visit(path -> true, (path, bytes, content) -> {
                            assertThat(path).isNotNull();
                            content.transferTo(OutputStream.nullOutputStream());
                        }))
                .from(headers::next)
                .from(ByteMutator.of(gzip(gnu), gzip(pax)))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 4);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    /** Returns an archive with files, a long name and links, without the padding at the end. */
    private static byte[] tar(int longNames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, RECORD)) {
            tar.setLongFileMode(longNames);
            tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : new String[] {"a/1.png", "a/\u732b.png", "b/" + "x".repeat(120) + ".png"}) {
                byte[] content = name.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("c", TarConstants.LF_SYMLINK);
            link.setLinkName("a");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Mutates tar files and corrects the checksums of their headers, so that the headers are accepted. */
    private record InputMutator(byte[]... sound) {
        byte[] next(SplittableRandom random) {
            byte[] mutant = new ByteMutator(List.of(sound)).mutate(sound[random.nextInt(sound.length)], random);
            for (int at = 0; at + RECORD <= mutant.length; at += RECORD) {
                if (mutant[at + 257] == 'u' && mutant[at + 258] == 's') {
                    mend(mutant, at);
                }
            }
            return gzip(mutant);
        }

        private static void mend(byte[] tar, int at) {
            int sum = 8 * ' ';
            for (int i = 0; i < RECORD; i++) {
                sum += i >= CHECKSUM && i < CHECKSUM + 8 ? 0 : tar[at + i] & 0xff;
            }
            byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(octal, 0, tar, at + CHECKSUM, 8);
        }
    }
}
