package org.ascend4j.trainer.input;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Crops and flips in the plan's order, from images with a border.
 *
 * <p>With the border, every crop is a selection of image rows and then of columns within them. The rows take one
 * {@code index_select} over all rows of all images, whose indices are the crop's first row plus a constant pattern. The
 * columns take one {@code gather} with the indices for the offset and the flip. Selecting single pixels instead costs
 * eight times as much on a CPU.
 */
final class CropSelection implements EpochSelection {
    private final DeviceImages source;
    private final Tensor rows;
    private final Tensor rowPattern;
    private final Tensor firstRows;
    private final Tensor columns;
    private final Tensor labels;

    CropSelection(EpochPlan plan, DeviceImages images, Device device) {
        source = images;
        int size = plan.size();
        int padding = images.padding();
        int framedHeight = images.height() + 2 * padding;
        int framedWidth = images.width() + 2 * padding;
        int starts = 2 * padding + 1;
        long[] choices = new long[3 * size];
        for (int i = 0; i < size; i++) {
            choices[i] = plan.image(i);
            choices[size + i] = (long) plan.image(i) * images.channels() * framedHeight + padding + plan.top(i);
            choices[2 * size + i] = 2L * (padding + plan.left(i)) + (plan.flipped(i) ? 1 : 0);
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor uploaded = Uploads.upload(choices, device, 3, size);
            rows = images.pixels().view(-1, framedWidth).retainReference();
            rowPattern = Uploads.upload(
                            rowPattern(images.channels(), images.height(), framedHeight),
                            device,
                            1,
                            (long) images.channels() * images.height())
                    .retainReference();
            firstRows = uploaded.select(0, 1).view(size, 1).retainReference();
            Tensor table = Uploads.upload(columnTable(starts, images.width()), device, 2L * starts, images.width());
            columns = table.index_select(0, uploaded.select(0, 2))
                    .view(size, 1, 1, images.width())
                    .retainReference();
            labels = images.labels().index_select(0, uploaded.select(0, 0)).retainReference();
        }
    }

    /** Returns, for every channel and row of a crop at the top of an image, the row's index among the image's C x H' rows. */
    private static long[] rowPattern(int channels, int height, int framedHeight) {
        long[] pattern = new long[channels * height];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (long) (i / height) * framedHeight + i % height;
        }
        return pattern;
    }

    /** Returns the column indices of a crop for every start, unmirrored and mirrored. */
    private static long[] columnTable(int starts, int width) {
        long[] table = new long[2 * starts * width];
        for (int start = 0; start < starts; start++) {
            for (int x = 0; x < width; x++) {
                table[2 * start * width + x] = start + x;
                table[(2 * start + 1) * width + x] = start + width - 1 - x;
            }
        }
        return table;
    }

    @Override
    public Tensor images(int first, int size) {
        Tensor wanted = firstRows.narrow(0, first, size).add(rowPattern).view(-1);
        int channels = source.channels();
        int height = source.height();
        int width = source.width();
        return rows.index_select(0, wanted)
                .view(size, channels, height, -1)
                .gather(3, columns.narrow(0, first, size).expand(size, channels, height, width));
    }

    @Override
    public Tensor labels(int first, int size) {
        return labels.narrow(0, first, size);
    }

    @Override
    public void close() {
        rows.close();
        rowPattern.close();
        firstRows.close();
        columns.close();
        labels.close();
    }
}
