package org.ascend4j.trainer.data;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ascend4j.Ascend4jException;

/**
 * The outer structure of an image file, used to detect a truncated file and to find its colour profile.
 *
 * <p>Decoders fill in missing data, and the JDK's decoder applies the profile of a JPEG. Pillow rejects truncated files
 * and ignores profiles. To match Pillow, this class handles both before decoding.
 */
enum ImageContainer {
    /** Segments from SOI to EOI. */
    JPEG(0xff, 0xd8) {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            out.write(in.array(), 0, 2);
            in.position(2);
            int marker = 0;
            while (marker != 0xd9) {
                int start = in.position();
                marker = marker(in);
                // Markers without a length field: TEM, restarts, SOI and EOI.
                if (marker != 0x01 && (marker < 0xd0 || marker > 0xd9)) {
                    skip(in, (in.getShort() & 0xffff) - 2);
                }
                if (marker == 0xda) {
                    skipScan(in);
                }
                if (marker != 0xe2 || !text(in, start + 4, 11).equals("ICC_PROFILE")) {
                    out.write(in.array(), start, in.position() - start);
                }
            }
        }
    },
    /** Chunks to IEND; the JDK's reader ignores profiles. */
    PNG(0x89, 'P', 'N', 'G') {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            in.position(8);
            String kind = "";
            while (!kind.equals("IEND")) {
                int length = in.getInt();
                kind = text(in, in.position(), 4);
                skip(in, 4L + (length & 0xffffffffL) + 4);
            }
            out.write(in.array(), 0, in.position());
        }
    },
    /** Blocks to the end of the first picture. */
    GIF('G', 'I', 'F', '8') {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            in.position(10);
            int flags = in.get();
            skip(in, 2L + colours(flags));
            int block = in.get();
            while (block == 0x21) {
                in.get();
                skipBlocks(in);
                block = in.get();
            }
            if (block == 0x2c) {
                skip(in, 8);
                flags = in.get();
                skip(in, colours(flags) + 1L);
                skipBlocks(in);
            }
            out.write(in.array(), 0, in.capacity());
        }
    },
    /** A header with the offset of the pixels and, if they are compressed, their length. */
    BMP('B', 'M') {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            long first = in.getInt(10) & 0xffffffffL;
            boolean sized = in.getInt(14) >= 40 && in.getInt(30) != 0;
            in.position(0);
            skip(in, first + (sized ? in.getInt(34) & 0xffffffffL : 0));
            out.write(in.array(), 0, in.capacity());
        }
    },
    /** A RIFF file of chunks. */
    WEBP('R', 'I', 'F', 'F') {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            long end = 8 + (in.getInt(4) & 0xffffffffL);
            in.position(12);
            out.write(in.array(), 0, 12);
            while (in.position() < end) {
                int start = in.position();
                String kind = text(in, start, 4);
                long length = in.getInt(start + 4) & 0xffffffffL;
                skip(in, 8 + length + length % 2);
                if (kind.equals("VP8X")) {
                    in.put(start + 8, (byte) (in.get(start + 8) & ~WEBP_PROFILE));
                }
                if (!kind.equals("ICCP")) {
                    out.write(in.array(), start, in.position() - start);
                }
            }
        }
    },
    /** A format whose decoder detects truncated files itself. */
    OTHER {
        @Override
        void copy(ByteBuffer in, ByteArrayOutputStream out) {
            out.write(in.array(), 0, in.capacity());
        }
    };

    private static final int WEBP_PROFILE = 0x20;

    private final byte[] signature;

    ImageContainer(int... signature) {
        this.signature = new byte[signature.length];
        for (int i = 0; i < signature.length; i++) {
            this.signature[i] = (byte) signature[i];
        }
    }

    /** Copies the file without its profile; throws if the buffer ends before the structure does. */
    abstract void copy(ByteBuffer in, ByteArrayOutputStream out);

    /**
     * Returns the file without a colour profile that its decoder would apply.
     *
     * @throws Ascend4jException if the file is truncated
     */
    static byte[] withoutProfile(String file, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try {
            // Positions are the buffer's array indices.
            of(bytes).copy(ByteBuffer.wrap(bytes.clone()), out);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new Ascend4jException(
                    file + " expects a whole image, found one that is cut off after " + bytes.length + " bytes", e);
        }
        byte[] plain = out.toByteArray();
        if (of(bytes) == WEBP) {
            ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).putInt(4, plain.length - 8);
        }
        return plain;
    }

    private static ImageContainer of(byte[] bytes) {
        return Arrays.stream(values())
                .filter(kind -> bytes.length >= kind.signature.length
                        && Arrays.equals(kind.signature, Arrays.copyOf(bytes, kind.signature.length)))
                .findFirst()
                .orElse(OTHER);
    }

    private static void skip(ByteBuffer in, long bytes) {
        in.position(Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(0, in.position() + bytes))));
    }

    /** Reads a marker and skips the fill bytes and stray bytes before it, as decoders do. */
    private static int marker(ByteBuffer in) {
        int marker = 0;
        while (marker == 0 || marker == 0xff) {
            int before = marker;
            marker = in.get() & 0xff;
            marker = before == 0xff || marker == 0xff ? marker : 0;
        }
        return marker;
    }

    /** Skips entropy-coded data to the next marker that is neither a restart nor a stuffed byte. */
    private static void skipScan(ByteBuffer in) {
        int next = 0;
        while (next == 0 || next == 0xff || next >= 0xd0 && next <= 0xd7) {
            while (in.get() != (byte) 0xff) {
                // This byte is part of the scan.
            }
            next = in.get() & 0xff;
            if (next == 0xff) {
                in.position(in.position() - 1);
            }
        }
        in.position(in.position() - 2);
    }

    private static void skipBlocks(ByteBuffer in) {
        int length = in.get() & 0xff;
        while (length > 0) {
            skip(in, length);
            length = in.get() & 0xff;
        }
    }

    /** Returns the size in bytes of a GIF's colour table. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static String text(ByteBuffer in, int from, int length) {
        return new String(in.array(), from, Math.min(length, in.capacity() - from), StandardCharsets.ISO_8859_1);
    }
}
