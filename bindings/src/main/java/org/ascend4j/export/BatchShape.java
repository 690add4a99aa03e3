package org.ascend4j.export;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A value's extents for a batch of two and for a batch of three; comparing them shows which extents follow the batch.
 *
 * @param ofTwo the extents for a batch of two
 * @param ofThree the extents for a batch of three
 * @since 0.1.0
 */
public record BatchShape(long[] ofTwo, long[] ofThree) {
    /** Returns the number of dimensions. */
    public int rank() {
        return ofTwo.length;
    }

    /** Returns whether a dimension's extent depends on the batch. */
    public boolean followsBatch(int dimension) {
        return ofTwo[dimension] != ofThree[dimension];
    }

    /** Returns the extents, -1 in place of those that follow the batch. */
    public long[] extents() {
        return IntStream.range(0, rank())
                .mapToLong(i -> followsBatch(i) ? -1 : ofTwo[i])
                .toArray();
    }

    /** Returns the one dimension that follows the batch; empty if no or several dimensions do. */
    public OptionalInt batchDimension() {
        int[] following = IntStream.range(0, rank()).filter(this::followsBatch).toArray();
        return following.length == 1 ? OptionalInt.of(following[0]) : OptionalInt.empty();
    }

    /** Returns how many dimensions follow the batch. */
    public int batchDimensions() {
        return (int) IntStream.range(0, rank()).filter(this::followsBatch).count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchShape shape
                && Arrays.equals(ofTwo, shape.ofTwo)
                && Arrays.equals(ofThree, shape.ofThree);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ofTwo) + Arrays.hashCode(ofThree);
    }

    @Override
    public String toString() {
        return Arrays.toString(extents());
    }
}
