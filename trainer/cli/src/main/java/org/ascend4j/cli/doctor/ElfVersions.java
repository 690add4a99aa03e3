package org.ascend4j.cli.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ascend4j.runtime.Version;

/**
 * The symbol versions that a 64-bit shared library needs or provides, such as {@code GLIBC_2.28}.
 *
 * <p>Only the sections {@code .gnu.version_r} and {@code .gnu.version_d} are read, because libtorch has hundreds of
 * megabytes. See
 * <a href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html">Symbol
 * Versioning</a>.
 */
final class ElfVersions {
    private static final int MAGIC = 0x464c457f;
    private static final int SECTION_HEADER_SIZE = 64;
    private static final int NEEDED = 0x6ffffffe;
    private static final int PROVIDED = 0x6ffffffd;

    private final FileChannel file;
    private final ByteBuffer sections;

    private ElfVersions(FileChannel file) throws IOException {
        this.file = file;
        ByteBuffer header = read(0, SECTION_HEADER_SIZE);
        if (header.getInt(0) != MAGIC || header.get(4) != 2) {
            throw new IOException("not a 64-bit ELF file");
        }
        sections = read(header.getLong(0x28), SECTION_HEADER_SIZE * Short.toUnsignedInt(header.getShort(0x3c)));
    }

    /** Returns the highest version of {@code name} (GLIBC, GLIBCXX) that a library needs; empty if it needs none or cannot be read. */
    static Optional<Version> needed(Path library, String name) {
        return highest(library, NEEDED, name);
    }

    /** Returns the highest version of {@code name} that a library provides; empty if it provides none or cannot be read. */
    static Optional<Version> provided(Path library, String name) {
        return highest(library, PROVIDED, name);
    }

    private static Optional<Version> highest(Path library, int type, String name) {
        try (FileChannel file = FileChannel.open(library)) {
            return new ElfVersions(file)
                    .names(type).stream()
                            .filter(version -> version.matches(name + "_[0-9.]+"))
                            .map(version -> Version.parse(version.substring(name.length() + 1)))
                            .max(Version::compareTo);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Set<String> names(int type) throws IOException {
        Set<String> names = new TreeSet<>();
        for (int section = 0; section < sections.limit(); section += SECTION_HEADER_SIZE) {
            if (sections.getInt(section + 4) == type) {
                int strings = sections.getInt(section + 0x28) * SECTION_HEADER_SIZE;
                collect(content(section), type, sections.getLong(strings + 0x18), names);
            }
        }
        return names;
    }

    /** Follows the linked list of entries, each of which has a linked list of names. */
    private void collect(ByteBuffer table, int type, long strings, Set<String> names) throws IOException {
        boolean needed = type == NEEDED;
        int entry = 0;
        int next;
        do {
            int name = entry + table.getInt(entry + (needed ? 8 : 12));
            int count = Short.toUnsignedInt(table.getShort(entry + (needed ? 2 : 6)));
            for (int i = 0; i < count; i++) {
                names.add(string(strings + Integer.toUnsignedLong(table.getInt(name + (needed ? 8 : 0)))));
                name += table.getInt(name + (needed ? 12 : 4));
            }
            next = table.getInt(entry + (needed ? 12 : 16));
            entry += next;
        } while (next != 0);
    }

    private ByteBuffer content(int section) throws IOException {
        return read(sections.getLong(section + 0x18), Math.toIntExact(sections.getLong(section + 0x20)));
    }

    private String string(long position) throws IOException {
        ByteBuffer bytes = read(position, 64);
        int end = 0;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), 0, end, StandardCharsets.US_ASCII);
    }

    private ByteBuffer read(long position, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
            // A read may return fewer bytes than requested.
        }
        return buffer.flip();
    }
}
