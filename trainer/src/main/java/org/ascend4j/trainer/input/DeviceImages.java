package org.ascend4j.trainer.input;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ascend4j.trainer.data.ImageSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An image set for a device. Either the images are resident until close, as one uint8 tensor with the labels, or they
 * stay in host memory and are copied batch by batch.
 *
 * <p>Resident images are stored with their border, so that a crop across the edge is a plain selection.
 *
 * @since 0.1.0
 */
public final class DeviceImages implements AutoCloseable {
    /** Number of bytes copied to the device at once. */
    private static final long CHUNK_BYTES = 12 << 20;

    private final int size;
    private final int channels;
    private final int height;
    private final int width;
    private final int padding;
    private final PaddingMode paddingMode;
    private final ImageSet onHost;
    private final Tensor pixels;
    private final Tensor labels;

    private DeviceImages(ImageSet images, Augmentation border, Tensor pixels, Tensor labels) {
        this.size = images.size();
        this.channels = images.channels();
        this.height = images.height();
        this.width = images.width();
        this.padding = border.padding();
        this.paddingMode = border.paddingMode();
        this.onHost = pixels == null ? images : null;
        this.pixels = pixels;
        this.labels = labels;
    }

    /** Keeps {@code images} in host memory: for a device that is the host, and for crops of whole photographs. */
    public static DeviceImages onHost(ImageSet images) {
        return new DeviceImages(images, Augmentation.NONE, null, null);
    }

    /**
     * Copies {@code images} to {@code device}, with a black border.
     *
     * @param padding the width of the border in pixels, at least the augmentation's padding; 0 for evaluation
     */
    public static DeviceImages upload(ImageSet images, Device device, int padding) {
        return upload(images, device, new Augmentation(padding, false));
    }

    /** Copies {@code images} to {@code device}, with the border of an augmentation. */
    public static DeviceImages upload(ImageSet images, Device device, Augmentation border) {
        border.requireFits(images.height(), images.width());
        int padding = border.padding();
        try (PointerScope scope = new PointerScope()) {
            long[] framed = {
                images.size(), images.channels(), images.height() + 2L * padding, images.width() + 2L * padding
            };
            TensorOptions bytes = new TensorOptions(ScalarType.Byte);
            Tensor pixels = torch.zeros(framed, bytes.device(new DeviceOptional(device)));
            Tensor inner = pixels.narrow(2, padding, images.height()).narrow(3, padding, images.width());
            int chunk = (int) Math.max(1, CHUNK_BYTES / images.imageBytes());
            for (int first = 0; first < images.size(); first += chunk) {
                int count = Math.min(chunk, images.size() - first);
                copy(images.pixels(first, count), inner.narrow(0, first, count), bytes, device);
            }
            if (border.paddingMode() == PaddingMode.REFLECT) {
                reflect(pixels, 2, padding, images.height());
                reflect(pixels, 3, padding, images.width());
            }
            long[] labels = new long[images.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = images.label(i);
            }
            Tensor resident = Uploads.upload(labels, device, labels.length);
            return new DeviceImages(images, border, pixels.retainReference(), resident.retainReference());
        }
    }

    /** Fills the border before and after {@code size} rows or columns with the pixels inside, mirrored. */
    private static void reflect(Tensor pixels, int dimension, int padding, int size) {
        int last = padding + size - 1;
        for (int i = 1; i <= padding; i++) {
            pixels.select(dimension, padding - i).copy_(pixels.select(dimension, padding + i));
            pixels.select(dimension, last + i).copy_(pixels.select(dimension, last - i));
        }
    }

    private static void copy(ByteBuffer source, Tensor target, TensorOptions bytes, Device device) {
        try (PointerScope scope = new PointerScope()) {
            Tensor chunk = torch.empty(target.sizes(), bytes, new MemoryFormatOptional());
            chunk.data_ptr_byte().capacity(source.remaining()).asByteBuffer().put(source);
            // The bytes are copied unchanged; the border is added on the device.
            target.copy_(chunk.to(device, ScalarType.Byte));
        }
    }

    /** Returns the images that were kept in host memory; empty if they were copied to the device. */
    Optional<ImageSet> onHost() {
        return Optional.ofNullable(onHost);
    }

    /** Returns the number of images. */
    public int size() {
        return size;
    }

    /** Returns the channels C. */
    public int channels() {
        return channels;
    }

    /** Returns the height H, without the border. */
    public int height() {
        return height;
    }

    /** Returns the width W, without the border. */
    public int width() {
        return width;
    }

    /** Returns the border's width in pixels. */
    public int padding() {
        return padding;
    }

    /** Returns what the border holds. */
    PaddingMode paddingMode() {
        return paddingMode;
    }

    /** Returns the resident images with their border: uint8, N x C x (H + 2 padding) x (W + 2 padding); owned by this object. */
    Tensor pixels() {
        return pixels;
    }

    /** Returns the labels of the resident images: int64, N; owned by this object. */
    Tensor labels() {
        return labels;
    }

    /** Frees the device's memory. */
    @Override
    public void close() {
        if (onHost == null) {
            pixels.close();
            labels.close();
        }
    }
}
