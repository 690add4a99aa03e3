package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files: whatever their content, they are either read, or rejected with one sentence that names them. */
@Tag("slow")
class FileFuzzTest {
    private static final int ROUNDS = 300;

    @TempDir
    private Path folder;

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = FileFuzzTest.class.getResourceAsStream("/golden/state/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Reads the file and returns whether it was accepted; any exception except Ascend4jException fails the test. */
    private static boolean accepted(Path file) {
        try (PointerScope scope = new PointerScope()) {
            StateFiles.read(file);
            return true;
        } catch (Ascend4jException e) {
            assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
            return false;
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutant = bytes.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pt", "written.pt", "written.safetensors", "values.safetensors"})
    void damagedBytesAreReadOrRefused(String name) throws IOException {
        Random random = new Random(1);
        byte[] sound = golden(name);
        Path file = folder.resolve(name);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(file, mutate(sound, random));
            refused += accepted(file) ? 0 : 1;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    @Test
    void damagedPickleWithSoundChecksumsIsReadOrRefused() throws IOException {
        Random random = new Random(2);
        Path sound = Files.write(folder.resolve("sound.pt"), golden("views.pt"));
        Path file = folder.resolve("mutant.pt");
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            copy(sound, file, random);
            refused += accepted(file) ? 0 : 1;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    private static void copy(Path sound, Path file, Random random) throws IOException {
        try (ZipFile zip = new ZipFile(sound.toFile());
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (ZipEntry record : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(record).readAllBytes();
                if (record.getName().endsWith("data.pkl")) {
                    bytes = mutate(bytes, random);
                }
                CRC32 crc = new CRC32();
                crc.update(bytes);
                ZipEntry entry = new ZipEntry(record.getName());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                copy.putNextEntry(entry);
                copy.write(bytes);
                copy.closeEntry();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 |",
                "{} | 0 |",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9],\"data_offsets\":[0,0]}} | 0 |",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 9 | expected 8 bytes of tensor data, found 9",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 7 | expected 8 bytes of tensor data, found 7",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | tensor a expects 12 bytes by its shape, found 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | tensor a expects to start at byte 0 of the data, found 4",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}} | 6 | tensor b expects to start at byte 4 of the data, found 2",
                "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8 | tensor a has dtype \"C64\"",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}} | 8 | tensor a expects sizes as shape, found [-1]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}} | 0 | tensor a has an impossible shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | 8 | tensor a expects an array as shape, found 2",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}} | 8 | tensor a expects two data_offsets, found 3",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} | 1 | expected a JSON header, found Duplicate field 'a'",
                "{\"__metadata__\":{\"a\":1}} | 0 | metadata a expects text, found 1",
                "{} {} | 0 | expected a JSON header, found Trailing token",
            })
    void safetensorsHeadersAreChecked(String json, int dataBytes, String message) throws IOException {
        Path file = folder.resolve("crafted.safetensors");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        bytes.write(length(header.length));
        bytes.write(header);
        bytes.write(new byte[dataBytes]);
        Files.write(file, bytes.toByteArray());
        if (message == null) {
            assertThat(accepted(file)).isTrue();
        } else {
            assertThatThrownBy(() -> SafetensorsFile.read(file))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith(file + " is not a sound safetensors file: " + message);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {17, 100_000_001, Long.MAX_VALUE, -1})
    void safetensorsHeaderLengthIsChecked(long claimed) throws IOException {
        Path file = folder.resolve("long.safetensors");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(length(claimed));
        bytes.write("{              }".getBytes(StandardCharsets.US_ASCII));
        Files.write(file, bytes.toByteArray());
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageEndingWith("expected a header of at most 16 bytes, found " + Long.toUnsignedString(claimed));
    }

    private static byte[] length(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
