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
 * <p>The centre is uniform over the image's pixels, so a part of the square may be outside. A batch takes four launches.
 */
final class Cutout implements PlannedChange {
    private final int height;
    private final int width;
    private final Device device;
    private final Tensor rows;
    private final Tensor columns;
    private final Scalar erased;

    /** Prepares squares of {@code side} pixels in images of the given size. */
    Cutout(int side, int height, int width, Device device) {
        this.height = height;
        this.width = width;
        this.device = device;
        try (PointerScope scope = new PointerScope()) {
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

    @Override
    public Tensor reserve(int images) {
        return Uploads.upload(new long[2 * images], device, 2, images);
    }

    /** Uploads a plan: the row and the column of each square's centre by position in the epoch; 2 x N. */
    @Override
    public Tensor choices(EpochPlan plan) {
        long[] centres = new long[2 * plan.size()];
        for (int i = 0; i < plan.size(); i++) {
            SplittableRandom random = new SplittableRandom(plan.cutoutSeed(i));
            centres[i] = random.nextInt(height);
            centres[plan.size() + i] = random.nextInt(width);
        }
        return Uploads.upload(centres, device, 2, plan.size());
    }

    /** Erases squares around {@code centres} (2 x B) from images, in place. */
    @Override
    public Tensor apply(Tensor images, Tensor centres) {
        long size = images.size(0);
        Tensor inRows = rows.index_select(0, centres.select(0, 0)).view(size, 1, -1, 1);
        Tensor inColumns = columns.index_select(0, centres.select(0, 1)).view(size, 1, 1, -1);
        return images.masked_fill_(inRows.logical_and(inColumns), erased);
    }

    @Override
    public void close() {
        rows.close();
        columns.close();
        erased.close();
    }
}
