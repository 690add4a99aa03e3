package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Erases a square of each image of an epoch after the normalisation, which leaves the mean colour there: Cutout
 * (<a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor</a>).
 *
 * <p>The centre is uniform over the image's pixels, so a part of the square may be outside. The tables of rows and columns
 * by centre are uploaded once per epoch; a batch takes four launches.
 */
final class Cutout implements AutoCloseable {
    private final Tensor rows;
    private final Tensor columns;
    private final Tensor centreRows;
    private final Tensor centreColumns;
    private final Scalar erased;

    /** Prepares an epoch of images with the given size. */
    Cutout(EpochPlan plan, int height, int width, Device device) {
        long[] centres = new long[2 * plan.size()];
        for (int i = 0; i < plan.size(); i++) {
            SplittableRandom random = new SplittableRandom(plan.cutoutSeed(i));
            centres[i] = random.nextInt(height);
            centres[plan.size() + i] = random.nextInt(width);
        }
        int side = plan.augmentation().cutout();
        try (PointerScope scope = new PointerScope()) {
            Tensor uploaded = Uploads.upload(centres, device, 2, plan.size());
            centreRows = uploaded.select(0, 0).retainReference();
            centreColumns = uploaded.select(0, 1).retainReference();
            rows = table(height, side, device).retainReference();
            columns = table(width, side, device).retainReference();
            erased = new Scalar(0.0);
            erased.retainReference();
        }
    }

    /** Returns, for each centre, which of {@code size} places a line of {@code side} pixels covers. */
    private static Tensor table(int size, int side, Device device) {
        byte[] covered = new byte[size * size];
        for (int centre = 0; centre < size; centre++) {
            int first = centre - side / 2;
            for (int place = 0; place < size; place++) {
                covered[centre * size + place] = (byte) (place >= first && place < first + side ? 1 : 0);
            }
        }
        return Uploads.upload(covered, device, size, size).to(ScalarType.Bool);
    }

    /** Erases squares from the images of the epoch's positions from {@code first} on, in place. */
    void apply(Tensor images, int first) {
        long size = images.size(0);
        Tensor inRows = rows.index_select(0, centreRows.narrow(0, first, size)).view(size, 1, -1, 1);
        Tensor inColumns =
                columns.index_select(0, centreColumns.narrow(0, first, size)).view(size, 1, 1, -1);
        images.masked_fill_(inRows.logical_and(inColumns), erased);
    }

    @Override
    public void close() {
        rows.close();
        columns.close();
        centreRows.close();
        centreColumns.close();
        erased.close();
    }
}
