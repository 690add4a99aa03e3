package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Random colours of images in 0..1, with the values of torchvision's {@code adjust_brightness}, {@code adjust_contrast}, {@code adjust_saturation} and
 * {@code adjust_hue} for floating-point images. Grey images have neither saturation nor hue.
 */
final class ColorJittering implements PlannedChange {
    private static final int SETTINGS = 4;

    private final ColorJitter jitter;
    private final Device device;
    private final Tensor sextants;

    ColorJittering(ColorJitter jitter, Device device) {
        this.jitter = jitter;
        this.device = device;
        try (PointerScope scope = new PointerScope()) {
            sextants = Uploads.upload(new float[] {5, 3, 1}, device, 1, 3, 1, 1).retainReference();
        }
    }

    @Override
    public Tensor reserve(int images) {
        return Uploads.upload(new float[SETTINGS * images], device, SETTINGS, images);
    }

    /** Uploads the factors of brightness, contrast and saturation and the turn of the hue, fp32, 4 x N. */
    @Override
    public Tensor choices(EpochPlan plan) {
        int size = plan.size();
        float[] choices = new float[SETTINGS * size];
        for (int i = 0; i < size; i++) {
            SplittableRandom random = new SplittableRandom(plan.colorSeed(i));
            choices[i] = factor(random, jitter.brightness());
            choices[size + i] = factor(random, jitter.contrast());
            choices[2 * size + i] = factor(random, jitter.saturation());
            choices[3 * size + i] = (float) ((2 * random.nextDouble() - 1) * jitter.hue());
        }
        return Uploads.upload(choices, device, SETTINGS, size);
    }

    private static float factor(SplittableRandom random, double strength) {
        double low = Math.max(0, 1 - strength);
        return (float) (low + random.nextDouble() * (1 + strength - low));
    }

    @Override
    public Tensor apply(Tensor images, Tensor choices) {
        boolean colored = images.size(1) == 3;
        Tensor changed = images;
        if (jitter.brightness() > 0) {
            changed = clamped(changed.mul(column(choices, 0)));
        }
        if (jitter.contrast() > 0) {
            Tensor mean = GreyValues.of(changed).mean(new long[] {1, 2, 3}, true, null);
            changed = blended(changed, mean, column(choices, 1));
        }
        if (jitter.saturation() > 0 && colored) {
            changed = blended(changed, GreyValues.of(changed), column(choices, 2));
        }
        return jitter.hue() > 0 && colored ? turned(changed, column(choices, 3)) : changed;
    }

    /** Returns what each image has of a setting: B x 1 x 1 x 1. */
    private static Tensor column(Tensor choices, long setting) {
        return choices.select(0, setting).view(-1, 1, 1, 1);
    }

    private static Tensor blended(Tensor images, Tensor others, Tensor factor) {
        return clamped(images.sub(others).mul(factor).add(others));
    }

    private static Tensor clamped(Tensor images) {
        return images.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
    }

    /**
     * Turns the hue. It is a position on a circle of six sextants; the red, green and blue of a position {@code h} fall from the largest value by the range times
     * {@code min(k, 4 - k)} within 0 and 1, where {@code k} is {@code h} plus 5, 3 and 1
     * (<a href="https://en.wikipedia.org/wiki/HSL_and_HSV#HSV_to_RGB_alternative">HSV to RGB</a>).
     */
    private Tensor turned(Tensor images, Tensor turn) {
        Tensor largest = images.amax(new long[] {1}, true);
        Tensor range = largest.sub(images.amin(new long[] {1}, true));
        // Grey pixels have no hue, and a range of 0 makes them grey again.
        Tensor divisor = range.add(range.eq(new Scalar(0)));
        Tensor red = images.narrow(1, 0, 1);
        Tensor green = images.narrow(1, 1, 1);
        Tensor blue = images.narrow(1, 2, 1);
        Tensor fromGreen = blue.sub(red).div(divisor).add(new Scalar(2));
        Tensor fromBlue = red.sub(green).div(divisor).add(new Scalar(4));
        Tensor hue = torch.where(
                largest.eq(red), green.sub(blue).div(divisor), torch.where(largest.eq(green), fromGreen, fromBlue));
        Tensor place = hue.add(turn.mul(new Scalar(6))).add(sextants).remainder(new Scalar(6));
        Tensor fall = torch.minimum(place, place.neg().add(new Scalar(4)));
        return largest.sub(range.mul(clamped(fall)));
    }

    @Override
    public void close() {
        sextants.close();
    }
}
