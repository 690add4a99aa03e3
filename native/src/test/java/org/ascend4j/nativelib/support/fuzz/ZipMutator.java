package org.ascend4j.nativelib.support.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Changes the content of a zip file and writes valid headers and checksums around it, so that mutants pass these checks. */
public final class ZipMutator implements InputSource {
    private record Record(String name, byte[] bytes) {}

    private final List<Record> records = new ArrayList<>();
    private final ByteMutator mutator;
    private final String favourite;

    /**
     * Parses a valid zip file.
     *
     * @param favourite the suffix of the record's name that is changed in half of all mutants
     */
    public ZipMutator(byte[] zip, String favourite) {
        this.favourite = favourite;
        try {
            Path file = Files.createTempFile("sound", ".zip");
            Files.write(file, zip);
            try (ZipFile sound = new ZipFile(file.toFile())) {
                for (ZipEntry entry : sound.stream().toList()) {
                    records.add(new Record(
                            entry.getName(), sound.getInputStream(entry).readAllBytes()));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mutator = new ByteMutator(records.stream().map(Record::bytes).toList());
    }

    @Override
    public byte[] next(SplittableRandom random) {
        List<Record> mutants = new ArrayList<>(records);
        int at = random.nextInt(mutants.size());
        if (random.nextBoolean()) {
            for (int i = 0; i < mutants.size(); i++) {
                at = mutants.get(i).name().endsWith(favourite) ? i : at;
            }
        }
        Record record = mutants.get(at);
        switch (random.nextInt(12)) {
            case 0 -> mutants.remove(at);
            case 1 -> mutants.add(new Record(record.name() + "x", record.bytes()));
            case 2 ->
                mutants.set(
                        at,
                        new Record(mutants.get(random.nextInt(mutants.size())).name(), record.bytes()));
            default -> mutants.set(at, new Record(record.name(), mutator.mutate(record.bytes(), random)));
        }
        return zip(mutants, random);
    }

    private static byte[] zip(List<Record> records, SplittableRandom random) {
        boolean deflate = random.nextInt(8) == 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Record record : records) {
                try {
                    zip.putNextEntry(entry(record, deflate));
                } catch (ZipException e) {
                    // The JDK does not write two records with the same name.
                    continue;
                }
                zip.write(record.bytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(Record record, boolean deflate) {
        ZipEntry entry = new ZipEntry(record.name());
        if (!deflate) {
            CRC32 crc = new CRC32();
            crc.update(record.bytes());
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(record.bytes().length);
            entry.setCrc(crc.getValue());
        }
        return entry;
    }
}
