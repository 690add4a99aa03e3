package org.ascend4j.trainer.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Image files as read, outside the Java heap; each photograph is decoded on demand. */
final class EncodedImages {
    private static final int CHUNK_BYTES = 16 << 20;

    private record Encoded(String name, ByteBuffer bytes) {}

    private final OffHeap memory = new OffHeap();
    private final List<Encoded> files = new ArrayList<>();
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /** Appends a file; messages refer to it as {@code name}. */
    void add(String name, byte[] bytes) {
        if (chunk.remaining() < bytes.length) {
            chunk = memory.allocate(Math.max(CHUNK_BYTES, bytes.length));
        }
        files.add(new Encoded(name, chunk.slice(chunk.position(), bytes.length)));
        chunk.put(bytes);
    }

    /** Decodes the file with this index. */
    PlainImage decode(int index) {
        Encoded file = files.get(index);
        byte[] bytes = new byte[file.bytes().capacity()];
        file.bytes().get(0, bytes);
        RgbImage image = ImageDecoder.decode(file.name(), bytes);
        return new PlainImage(RgbImage.CHANNELS, image.height(), image.width(), image.planes());
    }
}
