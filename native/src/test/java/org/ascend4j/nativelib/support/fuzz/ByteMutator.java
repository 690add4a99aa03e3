package org.ascend4j.nativelib.support.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes the bytes of an input in one to four places: flips bits, overwrites integers, cuts, inserts, copies, and splices in parts of other inputs. */
public final class ByteMutator {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_INSERTED = 64;
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        1L << 32,
        1L << 40,
        1L << 61,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final List<byte[]> others;

    /** Uses parts of these inputs for splicing; the list may be empty. */
    public ByteMutator(List<byte[]> others) {
        this.others = List.copyOf(others);
    }

    /** Returns a source of mutants of the given valid inputs, which are spliced with each other. */
    public static InputSource of(byte[]... seeds) {
        List<byte[]> sound = List.of(seeds);
        ByteMutator mutator = new ByteMutator(sound);
        return random -> mutator.mutate(sound.get(random.nextInt(sound.size())), random);
    }

    /** Returns a changed copy. */
    public byte[] mutate(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return insert(bytes, 0, random(random));
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(10)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 4, 5 -> putInteger(bytes, at, random);
            case 6 -> {
                return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : without(bytes, at, random);
            }
            case 7 -> {
                return insert(bytes, at, random(random));
            }
            case 8 -> {
                return insert(bytes, random.nextInt(bytes.length + 1), part(bytes, at, random));
            }
            default -> {
                return splice(bytes, at, random);
            }
        }
        return bytes;
    }

    /** Writes a boundary value of an integer type, or a number near the input's length, 1 to 8 bytes wide in either byte order. */
    private static void putInteger(byte[] bytes, int at, SplittableRandom random) {
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        long value = random.nextInt(4) == 0
                ? bytes.length - at + random.nextInt(-9, 10)
                : EDGES[random.nextInt(EDGES.length)] + random.nextInt(-1, 2);
        boolean little = random.nextBoolean();
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putLong(value)
                .array();
        System.arraycopy(all, little ? 0 : Long.BYTES - width, bytes, at, width);
    }

    private byte[] splice(byte[] bytes, int at, SplittableRandom random) {
        byte[] other = others.isEmpty() ? bytes : others.get(random.nextInt(others.size()));
        if (other.length == 0) {
            return bytes;
        }
        int from = random.nextInt(other.length);
        return random.nextBoolean()
                ? insert(Arrays.copyOf(bytes, at), at, Arrays.copyOfRange(other, from, other.length))
                : insert(bytes, at, part(other, from, random));
    }

    private static byte[] random(SplittableRandom random) {
        byte[] made = new byte[1 + random.nextInt(MOST_INSERTED)];
        random.nextBytes(made);
        return made;
    }

    private static byte[] part(byte[] bytes, int from, SplittableRandom random) {
        return Arrays.copyOfRange(bytes, from, from + 1 + random.nextInt(bytes.length - from));
    }

    private static byte[] without(byte[] bytes, int from, SplittableRandom random) {
        int removed = 1 + random.nextInt(Math.min(MOST_INSERTED, bytes.length - from));
        byte[] rest = Arrays.copyOf(bytes, bytes.length - removed);
        System.arraycopy(bytes, from + removed, rest, from, rest.length - from);
        return rest;
    }

    private static byte[] insert(byte[] bytes, int at, byte[] inserted) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(bytes, at, all, at + inserted.length, bytes.length - at);
        System.arraycopy(inserted, 0, all, at, inserted.length);
        return all;
    }
}
