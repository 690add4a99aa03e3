package org.ascend4j.state;

import java.util.stream.LongStream;
import org.ascend4j.pickle.PickleException;

/**
 * A tensor of a torch file as a strided view of a storage.
 *
 * @param storage the storage that contains its elements
 * @param type the type of its elements, which may differ from the storage's
 * @param offset its first element, relative to the storage's first
 * @param shape its extents
 * @param strides the distance between neighbours in each dimension, in elements
 */
record StridedTensor(Storage storage, ElementType type, long offset, long[] shape, long[] strides) {
    /** The limit for a view with more elements than its storage, as {@code expand} creates. */
    private static final long MOST_REPEATED = 1 << 24;

    static final int MOST_DIMENSIONS = 64;

    StridedTensor {
        if (shape.length != strides.length || shape.length > MOST_DIMENSIONS) {
            throw new PickleException("it holds a tensor with impossible sizes");
        }
        long part = storage.count() * storage.type().bytes() / type.bytes();
        try {
            if (reach(offset, shape, strides) > part || !isReasonable(shape, Math.max(part, MOST_REPEATED))) {
                throw new PickleException("a tensor reaches beyond its storage");
            }
        } catch (ArithmeticException e) {
            throw new PickleException("it holds a tensor with impossible sizes");
        }
        boolean isAligned =
                storage.first() * storage.type().bytes() % type.bytes() == 0 && storage.bytes() % type.bytes() == 0;
        if (!isAligned) {
            throw new PickleException("it holds a tensor whose elements are wider than its storage's");
        }
    }

    /** Returns the tensor's first element, relative to the first of the whole storage; 0 for a tensor without elements. */
    long firstElement() {
        if (LongStream.of(shape).anyMatch(size -> size == 0)) {
            return 0;
        }
        return storage.first() * storage.type().bytes() / type.bytes() + offset;
    }

    /** Returns the element after the last one; 0 for a tensor without elements. */
    private static long reach(long offset, long[] shape, long[] strides) {
        long last = offset;
        boolean isEmpty = false;
        for (int i = 0; i < shape.length; i++) {
            if (offset < 0 || shape[i] < 0 || strides[i] < 0) {
                throw new ArithmeticException("negative");
            }
            isEmpty |= shape[i] == 0;
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
        }
        return isEmpty ? 0 : Math.addExact(last, 1);
    }

    /** Returns whether the product of the extents, except those that are 0, is within the limit. */
    private static boolean isReasonable(long[] shape, long most) {
        long elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, Math.max(1, size));
        }
        return elements <= most;
    }
}
