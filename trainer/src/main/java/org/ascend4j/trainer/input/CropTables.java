package org.ascend4j.trainer.input;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Crops and flips of resident images with a border, as selections by index.
 *
 * <p>With the border, every crop is a selection of image rows and then of columns within them. The rows take one
 * {@code index_select} over all rows of all images, whose indices are the crop's first row plus a constant pattern. The
 * columns take one {@code gather} with the indices for the offset and the flip. Selecting single pixels instead costs
 * eight times as much on a CPU.
 */
final class CropTables implements AutoCloseable {
    private final DeviceImages source;
    private final Tensor rows;
    private final Tensor rowPattern;
    private final Tensor columnTable;

    CropTables(DeviceImages images, Device device) {
        source = images;
        int framedHeight = images.height() + 2 * images.padding();
        int starts = 2 * images.padding() + 1;
        try (PointerScope scope = new PointerScope()) {
            rows = images.pixels()
                    .view(-1, images.width() + 2L * images.padding())
                    .retainReference();
            rowPattern = Uploads.upload(
                            rowPattern(images.channels(), images.height(), framedHeight),
                            device,
                            1,
                            (long) images.channels() * images.height())
                    .retainReference();
            columnTable = Uploads.upload(columnTable(starts, images.width()), device, 2L * starts, images.width())
                    .retainReference();
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

    /** Uploads a plan: by position in the epoch the image's index, the crop's first row, and its row in the table of columns; 3 x N. */
    Tensor choices(EpochPlan plan, Device device) {
        int size = plan.size();
        int padding = source.padding();
        long imageRows = (long) source.channels() * (source.height() + 2 * padding);
        long[] choices = new long[3 * size];
        for (int i = 0; i < size; i++) {
            choices[i] = plan.image(i);
            choices[size + i] = plan.image(i) * imageRows + padding + plan.top(i);
            choices[2 * size + i] = 2L * (padding + plan.left(i)) + (plan.flipped(i) ? 1 : 0);
        }
        return Uploads.upload(choices, device, 3, size);
    }

    /** Returns the column indices of crops, B x 1 x 1 x W, for their rows in the table (B). */
    Tensor columns(Tensor choices) {
        return columnTable.index_select(0, choices).view(-1, 1, 1, source.width());
    }

    /** Returns crops, uint8, B x C x H x W, for their first rows (B x 1) and their {@link #columns}. */
    Tensor crops(Tensor firstRows, Tensor columns) {
        long size = firstRows.size(0);
        int channels = source.channels();
        int height = source.height();
        return rows.index_select(0, firstRows.add(rowPattern).view(-1))
                .view(size, channels, height, -1)
                .gather(3, columns.expand(size, channels, height, source.width()));
    }

    @Override
    public void close() {
        rows.close();
        rowPattern.close();
        columnTable.close();
    }
}
