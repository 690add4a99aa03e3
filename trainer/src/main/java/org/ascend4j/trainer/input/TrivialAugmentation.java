package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One random operation for each image: TrivialAugment (<a href="https://arxiv.org/abs/2103.10158">Müller and Hutter</a>) with the values of torchvision's
 * {@code TrivialAugmentWide} for images of bytes, by nearest neighbours and with black outside of the image.
 *
 * <p>A batch goes through all operations, and its numbers keep an image as it is in all but one: launches do not depend on what was drawn.
 */
final class TrivialAugmentation implements PlannedChange {
    private final int height;
    private final int width;
    private final Device device;
    private final Tensor columns;
    private final Tensor rows;

    /** Prepares changes of images of a size. */
    TrivialAugmentation(int height, int width, Device device) {
        this.height = height;
        this.width = width;
        this.device = device;
        try (PointerScope scope = new PointerScope()) {
            columns = Uploads.upload(fromCentre(width), device, 1, 1, width).retainReference();
            rows = Uploads.upload(fromCentre(height), device, 1, height, 1).retainReference();
        }
    }

    private static float[] fromCentre(int size) {
        float[] places = new float[size];
        for (int i = 0; i < size; i++) {
            places[i] = i - (size - 1) / 2f;
        }
        return places;
    }

    /** Returns choices that change nothing. */
    @Override
    public Tensor reserve(int images) {
        float[] choices = new float[TrivialChoice.ROWS * images];
        for (int i = 0; i < images; i++) {
            new TrivialChoice(choices, i, height, width).keep();
        }
        return Uploads.upload(choices, device, TrivialChoice.ROWS, images);
    }

    /** Uploads the numbers of {@link TrivialChoice}, fp32, 13 x N. */
    @Override
    public Tensor choices(EpochPlan plan) {
        float[] choices = new float[TrivialChoice.ROWS * plan.size()];
        for (int i = 0; i < plan.size(); i++) {
            TrivialChoice choice = new TrivialChoice(choices, i, height, width);
            choice.keep();
            TrivialOperation.draw(choice, new SplittableRandom(plan.trivialSeed(i)));
        }
        return Uploads.upload(choices, device, TrivialChoice.ROWS, plan.size());
    }

    @Override
    public Tensor apply(Tensor images, Tensor choices) {
        Tensor bytes = images.mul(new Scalar(255)).round_();
        bytes = moved(bytes, choices);
        bytes = blended(bytes, choices);
        Tensor step = number(choices, TrivialChoice.STEP);
        bytes = bytes.div(step).floor_().mul_(step);
        bytes = torch.where(
                bytes.ge(number(choices, TrivialChoice.THRESHOLD)), bytes.neg().add(new Scalar(255)), bytes);
        bytes = torch.where(number(choices, TrivialChoice.STRETCHED).gt(new Scalar(0)), stretched(bytes), bytes);
        bytes = torch.where(number(choices, TrivialChoice.EQUALIZED).gt(new Scalar(0)), equalized(bytes), bytes);
        return bytes.div(new Scalar(255));
    }

    /** Returns what each image has of a number: B x 1 x 1 x 1. */
    private static Tensor number(Tensor choices, long row) {
        return choices.select(0, row).view(-1, 1, 1, 1);
    }

    private Tensor moved(Tensor images, Tensor choices) {
        Tensor x = source(choices, 0, width);
        Tensor y = source(choices, 3, height);
        Tensor outside = outside(x, width).logical_or(outside(y, height));
        Tensor places = clamped(y, height - 1)
                .mul(new Scalar(width))
                .add(clamped(x, width - 1))
                .to(ScalarType.Long)
                .view(-1, 1, (long) height * width)
                .expand(images.size(0), images.size(1), (long) height * width);
        return images.flatten(2, 3)
                .gather(2, places)
                .view(images.size(0), images.size(1), height, width)
                .masked_fill_(outside.unsqueeze(1), new Scalar(0));
    }

    /** Returns the columns or the rows from which pixels come, B x H x W, rounded to the nearest. */
    private Tensor source(Tensor choices, long first, int size) {
        Tensor column = choices.select(0, first).view(-1, 1, 1);
        Tensor row = choices.select(0, first + 1).view(-1, 1, 1);
        Tensor offset = choices.select(0, first + 2).view(-1, 1, 1);
        return column.mul(columns)
                .add(row.mul(rows))
                .add(offset)
                .add(new Scalar((size - 1) / 2.0))
                .round_();
    }

    private static Tensor outside(Tensor places, int size) {
        return places.lt(new Scalar(0)).logical_or(places.gt(new Scalar(size - 1)));
    }

    private static Tensor clamped(Tensor values, int most) {
        return values.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(most)));
    }

    private Tensor blended(Tensor images, Tensor choices) {
        Tensor greyed = GreyValues.of(images).floor();
        Tensor mean = greyed.mean(new long[] {1, 2, 3}, true, null);
        Tensor kind = number(choices, TrivialChoice.OTHER);
        Tensor other = torch.where(kind.eq(new Scalar(TrivialChoice.BLURRED)), blurred(images), greyed);
        other = torch.where(kind.eq(new Scalar(TrivialChoice.MEAN)), mean, other);
        Tensor sum = images.mul(number(choices, TrivialChoice.FACTOR));
        // The numbers are above 0 for all images but those to blend with black.
        Tensor rest = number(choices, TrivialChoice.REST).mul(kind.gt(new Scalar(TrivialChoice.BLACK)));
        return clamped(sum.add_(other.mul(rest)), 255).floor_();
    }

    /** Returns averages of 3 x 3 pixels with five times the weight for the one in the middle; the border stays. */
    private Tensor blurred(Tensor images) {
        if (height < 3 || width < 3) {
            return images;
        }
        Tensor blurred = images.clone();
        Tensor inner = inner(blurred);
        Tensor around = torch.avg_pool2d(
                        images,
                        new long[] {3, 3},
                        new long[] {1, 1},
                        new long[] {0, 0},
                        false,
                        true,
                        new LongOptional())
                .mul_(new Scalar(9));
        inner.copy_(around.add_(inner.mul(new Scalar(4))).div_(new Scalar(13)).round_());
        return blurred;
    }

    private Tensor inner(Tensor images) {
        return images.narrow(2, 1, height - 2L).narrow(3, 1, width - 2L);
    }

    private static Tensor stretched(Tensor images) {
        long[] pixels = {2, 3};
        Tensor least = images.amin(pixels, true);
        Tensor range = images.amax(pixels, true).sub(least);
        Tensor even = range.eq(new Scalar(0));
        Tensor scale = range.add(even).reciprocal_().mul_(new Scalar(255));
        return torch.where(
                even, images, clamped(images.sub(least).mul(scale), 255).floor_());
    }

    private Tensor equalized(Tensor images) {
        long pixels = (long) height * width;
        Tensor values = images.to(ScalarType.Long).view(-1, pixels);
        Tensor flat = images.reshape(-1, pixels);
        Tensor counts = torch.zeros(new long[] {values.size(0), 256}, images.options())
                .scatter_add_(1, values, torch.ones_like(flat));
        Tensor last = counts.gather(1, values.amax(new long[] {1}, true));
        Tensor step = last.neg().add(new Scalar(pixels)).div(new Scalar(255)).floor_();
        Tensor divisor = step.add(step.eq(new Scalar(0)));
        Tensor before = counts.cumsum(1).sub(counts);
        Tensor table = clamped(
                before.add(step.div(new Scalar(2)).floor_()).div(divisor).floor_(), 255);
        Tensor spread = torch.where(step.eq(new Scalar(0)), flat, table.gather(1, values));
        return spread.view_as(images);
    }

    @Override
    public void close() {
        columns.close();
        rows.close();
    }
}
