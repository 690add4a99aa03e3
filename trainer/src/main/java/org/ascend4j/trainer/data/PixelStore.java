package org.ascend4j.trainer.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Images of one size outside the Java heap, stored in chunks so that a set grows without copies. */
final class PixelStore {
    private static final int CHUNK_BYTES = 16 << 20;

    private final int imageBytes;
    private final int imagesPerChunk;
    private final OffHeap memory = new OffHeap();
    private final List<ByteBuffer> chunks = new ArrayList<>();

    /** Makes an empty store of images of {@code imageBytes} bytes. */
    PixelStore(int imageBytes) {
        this.imageBytes = imageBytes;
        imagesPerChunk = Math.max(1, CHUNK_BYTES / imageBytes);
    }

    private PixelStore(byte[] pixels, int imageBytes) {
        this.imageBytes = imageBytes;
        imagesPerChunk = Integer.MAX_VALUE;
        chunks.add(ByteBuffer.wrap(pixels));
    }

    /** Returns a store that uses an array without a copy. */
    static PixelStore of(byte[] pixels, int imageBytes) {
        return new PixelStore(pixels, imageBytes);
    }

    /**
     * Reserves room for {@code images} images, or throws if there is none. Afterwards several threads may store
     * different images at the same time.
     */
    PixelStore reserve(int images) {
        long missing = images - (long) chunks.size() * imagesPerChunk;
        if (missing > 0) {
            memory.require(images + " images of " + imageBytes + " bytes", missing * imageBytes);
        }
        for (int chunk = chunks.size(); chunk * (long) imagesPerChunk < images; chunk++) {
            chunks.add(memory.allocate(Math.min(imagesPerChunk, images - chunk * imagesPerChunk) * imageBytes));
        }
        return this;
    }

    /** Reserves room for at most one chunk of {@code images} images, because a file may claim more than it holds. */
    PixelStore reserveSome(int images) {
        return reserve(Math.min(images, imagesPerChunk));
    }

    /** Stores the values from index {@code from} of {@code values} as image {@code index}, which may be at most one after the last image. */
    void put(int index, byte[] values, int from) {
        if (index / imagesPerChunk == chunks.size()) {
            chunks.add(memory.allocate(imagesPerChunk * imageBytes));
        }
        chunks.get(index / imagesPerChunk).put(index % imagesPerChunk * imageBytes, values, from, imageBytes);
    }

    /** Returns a view of image {@code index}. */
    ByteBuffer image(int index) {
        return chunks.get(index / imagesPerChunk).slice(index % imagesPerChunk * imageBytes, imageBytes);
    }
}
