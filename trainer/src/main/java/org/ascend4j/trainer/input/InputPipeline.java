package org.ascend4j.trainer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Makes batches of resident images: crop and flip, then enlarge, scale to [0, 1], change colours, normalise,
 * erase and mix, all on the device.
 *
 * <p>This is equivalent to torchvision's {@code RandomCrop(size, padding), RandomHorizontalFlip(), Resize, ToTensor(),
 * Normalize(mean, std)} in this order, or with {@code RandomResizedCrop(size, scale, ratio)} as the first. Padded
 * pixels are black before normalisation. With the same offsets and flips the values equal torchvision's bit for bit.
 * Only after {@code Resize} they may differ by 1/255 before normalisation, because Pillow also rounds between its two
 * passes.
 *
 * <p>{@link #start} uploads the random choices of an epoch once. A batch then needs no copy between host and device, no
 * mask and no synchronisation. It takes six operators with shuffling and augmentation and three in an evaluation,
 * including the labels.
 *
 * @since 0.1.0
 */
public final class InputPipeline implements AutoCloseable {
    private final DeviceImages images;
    private final Device device;
    private final Normalization normalization;
    private final OptionalInt resize;
    private final Tensor mean;
    private final Tensor std;
    private final Scalar full;
    private EpochSelection selection;
    private OptionalDouble shrinking = OptionalDouble.empty();
    private EpochPlan plan;
    private PlannedChanges colors;
    private PlannedChanges finish;

    /**
     * Prepares a pipeline over {@code images}, which must outlive it.
     *
     * @param device the device that holds the images
     * @param normalization the normalisation, applied last; for the channels of the images
     * @param resize the side length to enlarge images to; empty to keep their size
     */
    public InputPipeline(DeviceImages images, Device device, Normalization normalization, OptionalInt resize) {
        if (!normalization.isIdentity() && normalization.mean().size() != images.channels()) {
            throw new Ascend4jException("normalisation expects one mean and standard deviation for each of the "
                    + images.channels() + " channels, found " + normalization.mean());
        }
        this.images = images;
        this.device = device;
        this.normalization = normalization;
        this.resize = resize;
        try (PointerScope scope = new PointerScope()) {
            mean = perChannel(normalization.mean()).retainReference();
            std = perChannel(normalization.std()).retainReference();
            full = new Scalar(255.0);
            full.retainReference();
        }
    }

    private Tensor perChannel(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Uploads.upload(floats, device, 1, floats.length, 1, 1);
    }

    /** Begins an epoch with images of full size: uploads the plan's order, crops and flips. */
    public void start(EpochPlan next) {
        start(next, OptionalDouble.empty());
    }

    /**
     * Begins an epoch: uploads the plan's order, crops and flips.
     *
     * @param shrinkBy the scale of the sides to which the finished images are shrunk, as Python's {@code interpolate(mode="area")}; empty for none
     */
    public void start(EpochPlan next, OptionalDouble shrinkBy) {
        if (next.images() != images.size()) {
            throw new IllegalArgumentException(
                    "the plan is for " + next.images() + " images, the set has " + images.size());
        }
        if (images.onHost().isEmpty()) {
            requireResident(next.augmentation());
        }
        endEpoch();
        shrinking = shrinkBy;
        plan = next;
        selection = EpochSelection.of(plan, images, device, resize);
        colors = newColors();
        finish = newFinish();
        colors.start(plan);
        finish.start(plan);
    }

    private PlannedChanges newColors() {
        List<PlannedChange> changes = new ArrayList<>();
        if (plan.augmentation().trivial()) {
            changes.add(new TrivialAugmentation(height(), width(), device));
        }
        plan.augmentation().colorJitter().ifPresent(jitter -> changes.add(new ColorJittering(jitter, device)));
        return new PlannedChanges(changes);
    }

    private PlannedChanges newFinish() {
        int side = plan.augmentation().cutout();
        return new PlannedChanges(side == 0 ? List.of() : List.of(new Cutout(side, height(), width(), device)));
    }

    /** Returns the rows of the images after {@link #enlarged}. */
    private int height() {
        return resize.orElse(images.height());
    }

    private int width() {
        return resize.orElse(images.width());
    }

    private void requireResident(Augmentation augmentation) {
        if (augmentation.resizedCrop().isPresent()) {
            throw new IllegalArgumentException("crops of random size are cut from images that are left on the host");
        }
        if (augmentation.padding() > images.padding()) {
            throw new IllegalArgumentException("the plan crops " + augmentation.padding()
                    + " pixels over the edge, the images were uploaded with a frame of " + images.padding());
        }
        if (augmentation.padding() > 0 && augmentation.paddingMode() != images.paddingMode()) {
            throw new IllegalArgumentException("the plan crops from a border that is " + augmentation.paddingMode()
                    + ", the images were uploaded with one that is " + images.paddingMode());
        }
    }

    /**
     * Makes a batch of the epoch begun by {@link #start}.
     *
     * @param first the position of the batch's first image in the epoch
     * @param size number of images
     * @return tensors that belong to the caller's PointerScope
     */
    public Batch batch(int first, int size) {
        if (selection == null) {
            throw new IllegalStateException("start an epoch before asking for its batches");
        }
        UnaryOperator<Tensor> pick = choices -> choices.narrow(1, first, size);
        Tensor colored = colors.apply(unit(enlarged(selection.images(first, size))), pick);
        Tensor finished = finish.apply(normalise(colored), pick);
        Batch batch = new Batch(shrunk(finished), selection.labels(first, size), size);
        return mixes() ? BatchMixing.mix(batch, mixture(first)) : batch;
    }

    /** Returns whether images are mixed with others of their batch in the epoch begun by {@link #start}. */
    public boolean mixes() {
        return plan.augmentation().mixes();
    }

    /** Returns how the images of the batch from position {@code first} on are mixed. */
    public Mixture mixture(int first) {
        return Mixture.draw(plan.augmentation(), plan.mixingSeed(first), (int) shrunk(height()), (int) shrunk(width()));
    }

    /** Returns a plan for batches at positions whose numbers are on the device; the images must be resident, and an epoch must have begun. */
    public ResidentPlan residentPlan() {
        return new ResidentPlan(images, device, newColors(), newFinish());
    }

    /**
     * Makes a batch from a plan, in the size of the epoch begun by {@link #start}.
     *
     * @param positions the images' positions in the epoch: int64, B
     * @param mixture how the images are mixed, one fp32 element each; not used if they are not
     * @return tensors that belong to the caller's PointerScope
     */
    public Batch batch(ResidentPlan chosen, Tensor positions, Map<Mixture.Number, Tensor> mixture) {
        Tensor colored = chosen.color(unit(enlarged(chosen.images(positions))), positions);
        Tensor finished = chosen.finish(normalise(colored), positions);
        Batch batch = new Batch(shrunk(finished), chosen.labels(positions), (int) positions.size(0));
        return mixes() ? BatchMixing.mix(batch, plan.augmentation(), mixture) : batch;
    }

    /** Returns whether the images are on the device, or else are copied to it batch by batch. */
    public boolean isResident() {
        return images.onHost().isEmpty();
    }

    /** Returns the scale of the sides to which the images of the epoch begun by {@link #start} are shrunk; empty for none. */
    public OptionalDouble shrinking() {
        return shrinking;
    }

    private Tensor shrunk(Tensor normalised) {
        return shrinking.isEmpty()
                ? normalised
                : torch.adaptive_avg_pool2d(normalised, shrunk(normalised.size(2)), shrunk(normalised.size(3)));
    }

    private long shrunk(long side) {
        return Math.max(1, Math.round(side * shrinking.orElse(1)));
    }

    private Tensor enlarged(Tensor picked) {
        return resize.isPresent() ? enlarge(picked) : picked;
    }

    /** Enlarges as Pillow's bilinear resizing of 8-bit images, which rounds to whole values. */
    private Tensor enlarge(Tensor picked) {
        if (picked.size(2) == resize.getAsInt() && picked.size(3) == resize.getAsInt()) {
            return picked;
        }
        long[] target = {resize.getAsInt(), resize.getAsInt()};
        return torch.upsample_bilinear2d(picked.to(ScalarType.Float), target, false)
                .round_();
    }

    private Tensor unit(Tensor bytes) {
        return bytes.div(full);
    }

    private Tensor normalise(Tensor unit) {
        return normalization.isIdentity() ? unit : unit.sub_(mean).div_(std);
    }

    /** Reverses the normalisation and returns unsigned bytes for display. */
    public Tensor bytes(Tensor normalised) {
        Tensor unit =
                normalization.isIdentity() ? normalised : normalised.mul(std).add(mean);
        return unit.mul(full)
                .round()
                .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(255)))
                .to(ScalarType.Byte);
    }

    private void endEpoch() {
        if (selection != null) {
            selection.close();
            colors.close();
            finish.close();
            selection = null;
        }
    }

    /** Frees the pipeline's memory on the device; the images stay. */
    @Override
    public void close() {
        endEpoch();
        mean.close();
        std.close();
        full.close();
    }
}
