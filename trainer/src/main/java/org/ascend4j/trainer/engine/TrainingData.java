package org.ascend4j.trainer.engine;

import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.Rank;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Augmentation;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.input.Normalization;
import org.ascend4j.trainer.input.RandomResizedCrop;
import org.ascend4j.trainer.recipe.ClassWeights;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The training images and the pipeline that makes batches of them.
 *
 * @since 0.1.0
 */
public final class TrainingData implements AutoCloseable {
    private final RunDescription run;
    private final ImageSet images;
    private final Augmentation augmentation;
    private final DeviceImages resident;
    private final InputPipeline pipeline;
    private final LossShares shares;
    private final TrainingLoss loss;

    /** Copies the images to a device other than the host, with the border that crops need. */
    public TrainingData(RunDescription run, DataSplits data, DeviceBackend device) {
        this.run = run;
        images = data.train();
        InputSettings input = run.recipe().input();
        augmentation = run.augment() ? augmentation(input) : Augmentation.NONE;
        resident = place(images, device, augmentation);
        pipeline = pipeline(resident, device, input);
        double[] classWeights = classWeights(run.recipe().classWeights());
        shares = new LossShares(images, classWeights);
        loss = new TrainingLoss(run.recipe().labelSmoothing(), classWeights, run.outputs(), device.device());
    }

    private double[] classWeights(ClassWeights wanted) {
        if (wanted == null) {
            return null;
        }
        long[] counts = new long[images.classNames().size()];
        for (int i = 0; i < images.size(); i++) {
            counts[images.label(i)]++;
        }
        return wanted.resolve(images.classNames(), counts);
    }

    private static Augmentation augmentation(InputSettings input) {
        return new Augmentation(
                input.cropPadding(),
                input.cropPaddingMode(),
                input.flip(),
                input.hasResizedCrop()
                        ? Optional.of(new RandomResizedCrop(
                                input.cropScale().get(0),
                                input.cropScale().get(1),
                                input.cropRatio().get(0),
                                input.cropRatio().get(1)))
                        : Optional.empty(),
                input.repeats(),
                input.trivialAugment(),
                Optional.ofNullable(input.colorJitter()),
                input.cutout(),
                input.mixup(),
                input.cutmix());
    }

    /** Copies images to a device other than the host, unless crops are cut from whole photographs. */
    static DeviceImages place(ImageSet images, DeviceBackend device, Augmentation augmentation) {
        return device.isHost() || augmentation.resizedCrop().isPresent()
                ? DeviceImages.onHost(images)
                : DeviceImages.upload(images, device.device(), augmentation);
    }

    /** Returns the pipeline that normalises and resizes as a recipe specifies. */
    static InputPipeline pipeline(DeviceImages images, DeviceBackend device, InputSettings input) {
        InputSettings fitting = input.forChannels(images.channels());
        return new InputPipeline(
                images,
                device.device(),
                new Normalization(fitting.mean(), fitting.std()),
                input.resize() == null ? OptionalInt.empty() : OptionalInt.of(input.resize()));
    }

    ImageSet images() {
        return images;
    }

    InputPipeline pipeline() {
        return pipeline;
    }

    /** Returns the shares that the images of the epoch at hand have in the losses of its steps. */
    LossShares shares() {
        return shares;
    }

    /** Returns the loss of a batch. */
    TrainingLoss loss() {
        return loss;
    }

    /** Draws the order and augmentation of an epoch, and prepares the batches of a rank from position {@code from} on. */
    RankShare start(int epoch, int from, Rank rank) {
        EpochPlan plan = EpochPlan.draw(run.seed(), epoch, images.size(), run.shuffle(), augmentation);
        EpochPlan part = plan.part(from, rank.number(), rank.size());
        Recipe recipe = run.recipe();
        pipeline.start(part, recipe.input().shrinking(epoch, recipe.epochs()));
        shares.start(plan, from, rank);
        return new RankShare(images, part, rank.size() == 1 ? 0 : from, rank);
    }

    /** Returns {@code size} images from position {@code first} of the epoch, as the model receives them but not normalised. */
    ImageSet augmented(int first, int size) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor bytes =
                    pipeline.bytes(pipeline.batch(first, size).images()).cpu().contiguous();
            byte[] pixels = new byte[Math.toIntExact(bytes.numel())];
            new BytePointer(bytes.data_ptr_byte()).get(pixels);
            return new ImageSet(
                    images.channels(),
                    (int) bytes.size(2),
                    (int) bytes.size(3),
                    pixels,
                    new int[size],
                    images.classNames());
        }
    }

    @Override
    public void close() {
        loss.close();
        pipeline.close();
        resident.close();
    }
}
