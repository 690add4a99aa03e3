package org.ascend4j.trainer.input;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.PlainImage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Images in the host's memory. Each batch is cropped and mirrored there before it is copied to the device.
 *
 * <p>A device that is the host then needs no second copy of the images. Crops of random size are cut from whole
 * photographs, on the common pool.
 */
final class HostSelection implements EpochSelection {
    private final EpochPlan plan;
    private final ImageSet source;
    private final Device device;
    private final int height;
    private final int width;
    private final Tensor labels;

    /** Selects images. {@code resize} is the side of crops of random size if it differs from the set's. */
    HostSelection(EpochPlan plan, ImageSet source, Device device, OptionalInt resize) {
        this.plan = plan;
        this.source = source;
        this.device = device;
        plan.augmentation().requireFits(source.height(), source.width());
        boolean resized = plan.augmentation().resizedCrop().isPresent();
        height = resized ? resize.orElse(source.height()) : source.height();
        width = resized ? resize.orElse(source.width()) : source.width();
        long[] ordered = new long[plan.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = source.label(plan.image(i));
        }
        try (PointerScope scope = new PointerScope()) {
            labels = Uploads.upload(ordered, device, ordered.length).retainReference();
        }
    }

    @Override
    public Tensor images(int first, int size) {
        int bytes = source.channels() * height * width;
        byte[] batch = new byte[Math.multiplyExact(size, bytes)];
        IntStream places = IntStream.range(0, size);
        (plan.augmentation().resizedCrop().isPresent() ? places.parallel() : places)
                .forEach(i -> select(first + i, batch, i * bytes));
        return Uploads.upload(batch, device, size, source.channels(), height, width);
    }

    private void select(int position, byte[] batch, int offset) {
        byte[] planes = plan.augmentation()
                .resizedCrop()
                .map(crop -> resized(crop, position))
                .orElseGet(() -> source.pixels(plan.image(position), 1).array());
        for (int row = 0; row < source.channels() * height; row++) {
            copyRow(planes, row, batch, offset + row * width, position);
        }
    }

    private byte[] resized(RandomResizedCrop crop, int position) {
        PlainImage image = source.original(plan.image(position));
        RandomResizedCrop.Box box =
                crop.box(new SplittableRandom(plan.cropSeed(position)), image.height(), image.width());
        return image.resizedCrop(box.top(), box.left(), box.height(), box.width(), height, width)
                .planes();
    }

    /** Copies one row of a crop; pixels outside the image are black or mirrored. */
    private void copyRow(byte[] planes, int row, byte[] batch, int to, int position) {
        PaddingMode mode = plan.augmentation().paddingMode();
        int y = mode.source(row % height + plan.top(position), height);
        int left = plan.left(position);
        if (y < 0 || Math.abs(left) >= width) {
            return;
        }
        int from = (row - row % height + y) * width;
        if (mode == PaddingMode.REFLECT) {
            for (int x = 0; x < width; x++) {
                int place = plan.flipped(position) ? width - 1 - x : x;
                batch[to + place] = planes[from + mode.source(x + left, width)];
            }
        } else if (plan.flipped(position)) {
            for (int x = Math.max(0, left); x < Math.min(width, width + left); x++) {
                batch[to + width - 1 - x + left] = planes[from + x];
            }
        } else {
            System.arraycopy(planes, from + Math.max(0, left), batch, to + Math.max(0, -left), width - Math.abs(left));
        }
    }

    @Override
    public Tensor labels(int first, int size) {
        return labels.narrow(0, first, size);
    }

    @Override
    public void close() {
        labels.close();
    }
}
