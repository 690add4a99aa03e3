package org.ascend4j.nativelib.support.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;

/**
 * A fuzz suite for one reader. Input number i of a suite is the same on every machine and in every run.
 *
 * <p>Allowed outcomes are a result, and an {@link Ascend4jException} with one printable line. The suite fails on any other exception or error, on a message in
 * another form, on excessive memory use, and on an input that takes longer than the limit; the input is kept under {@code target/fuzz}.
 *
 * <p>A suite reads 2,000 inputs by default; {@code mvn test -Dtest='*FuzzTest' -Dascend4j.fuzz.inputs=100000} sets another number. The figures of a run are
 * written to {@code target/fuzz/NAME.txt}.
 */
public final class Fuzz {
    /** Reads one input and checks the result; any exception other than {@link Ascend4jException} is a failure. */
    @FunctionalInterface
    public interface Reader {
        /** Reads an input. */
        void read(byte[] input) throws Exception;
    }

    /** Reads one file. */
    @FunctionalInterface
    public interface FileReader {
        /** Reads a file. */
        void read(Path file) throws Exception;
    }

    private static final int INPUTS = Integer.getInteger("ascend4j.fuzz.inputs", 2000);
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final int MOST_FAILURES = 10;

    private final String name;
    private final Reader reader;
    private final List<InputSource> sources = new ArrayList<>();
    private final List<byte[]> regressions = new ArrayList<>();
    private FuzzLimits limits = FuzzLimits.DEFAULT;

    private Fuzz(String name, Reader reader) {
        this.name = name;
        this.reader = reader;
    }

    /** Creates a suite for a reader of bytes. */
    public static Fuzz ofBytes(String name, Reader reader) {
        return new Fuzz(name, reader);
    }

    /** Creates a suite for a reader of files; each input is written to {@code file}. */
    public static Fuzz ofFiles(String name, Path file, FileReader reader) {
        return new Fuzz(name, input -> {
            // The file is not truncated first: on some file systems that would cause a disk write each time.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(input));
                channel.truncate(input.length);
            }
            reader.read(file);
        });
    }

    /** Adds a source of inputs; all sources are used equally often. */
    public Fuzz from(InputSource source) {
        sources.add(source);
        return this;
    }

    /** Adds inputs that once failed; they are read first. A suite without a source reads only these. */
    public Fuzz regressions(List<byte[]> inputs) {
        regressions.addAll(inputs);
        return this;
    }

    /** Sets the limits for one input. */
    public Fuzz limits(FuzzLimits allowed) {
        limits = allowed;
        return this;
    }

    /** Reads all inputs. */
    public FuzzReport run() {
        try (WatchedReader watched = new WatchedReader(reader, limits)) {
            watched.warmUp(input(-regressions.size()));
            List<String> failures = new ArrayList<>();
            int inputs = sources.isEmpty() ? 0 : INPUTS;
            for (int i = -regressions.size(); i < inputs && failures.size() < MOST_FAILURES; i++) {
                byte[] input = input(i);
                String failure = watched.read(input);
                if (failure != null) {
                    failures.add("input " + i + " (" + keep(i, input) + "): " + failure);
                }
                if (watched.hangs()) {
                    break;
                }
            }
            FuzzReport report = watched.report();
            write(name + ".txt", (name + ": " + report + System.lineSeparator()).getBytes());
            if (!failures.isEmpty()) {
                throw new AssertionError(name + ": " + String.join(System.lineSeparator(), failures));
            }
            return report;
        }
    }

    private byte[] input(int number) {
        if (number < 0) {
            return regressions.get(regressions.size() + number);
        }
        SplittableRandom random = new SplittableRandom(name.hashCode() * 1_000_003L + number);
        return sources.get(random.nextInt(sources.size())).next(random);
    }

    private Path keep(int number, byte[] input) {
        return write(name + "-" + number, input);
    }

    private static Path write(String file, byte[] bytes) {
        try {
            return Files.write(Files.createDirectories(FOLDER).resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
