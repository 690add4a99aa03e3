package org.ascend4j.trainer.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.PngImage;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TensorObserver;
import org.ascend4j.trainer.progress.TrainingListener;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Writes a run's figures, weights, gradients and augmented images for TensorBoard: each start or resume of the run
 * writes a new event file, which replaces the later steps of earlier files.
 *
 * @since 0.1.0
 */
public final class TensorBoardFile implements TrainingListener, TensorObserver, AutoCloseable {
    private static final int COLUMNS = 8;

    private final Path file;
    private final RecordWriter records;
    private long step;

    private TensorBoardFile(Path file, RecordWriter records, long step) {
        this.file = file;
        this.records = records;
        this.step = step;
    }

    /**
     * Begins a file.
     *
     * @param folder the folder for TensorBoard's {@code --logdir}; created if necessary
     * @param step number of steps done before
     */
    public static TensorBoardFile open(Path folder, long step) {
        long seconds = System.currentTimeMillis() / 1000;
        Path file = folder.resolve("events.out.tfevents." + seconds + ".ascend4j."
                + ProcessHandle.current().pid() + "." + step);
        try {
            Files.createDirectories(folder);
            RecordWriter records = new RecordWriter(new BufferedOutputStream(Files.newOutputStream(file)));
            TensorBoardFile opened = new TensorBoardFile(file, records, step);
            opened.write(EventMessages.version(time()));
            if (step > 0) {
                opened.write(EventMessages.sessionStart(time(), step + 1));
            }
            opened.flush();
            return opened;
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        }
    }

    private static double time() {
        return System.currentTimeMillis() / 1e3;
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        for (StepMetrics each : steps) {
            step = each.step();
            scalar("loss/train", each.loss());
            scalar("learning_rate", each.lr());
            scalar("momentum", each.momentum());
        }
        flush();
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        scalar("accuracy/train", epoch.trainAccuracy());
        if (epoch.validationAccuracy() != null) {
            scalar("accuracy/validation", epoch.validationAccuracy());
            scalar("loss/validation", epoch.validationLoss());
        }
        if (epoch.testAccuracy() != null) {
            scalar("accuracy/test", epoch.testAccuracy());
            scalar("loss/test", epoch.testLoss());
        }
        scalar("images_per_second", epoch.imagesPerSecond());
        if (epoch.memoryBytes() != null) {
            scalar("memory_bytes", epoch.memoryBytes());
        }
        flush();
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        scalar("accuracy/test", evaluation.accuracy());
        scalar("loss/test", evaluation.loss());
        flush();
    }

    @Override
    public void images(long stepsDone, ImageSet images) {
        if (!PngImage.canShow(images.channels())) {
            return;
        }
        List<PngImage> cells = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            cells.add(PngImage.of(images.pixels(i, 1).array(), images.channels(), images.height(), images.width()));
        }
        write(EventMessages.image(time(), stepsDone, "augmented images", PngImage.grid(cells, COLUMNS)));
        flush();
    }

    @Override
    public void parameter(long ofStep, String name, Tensor weights, Tensor gradient) {
        String path = name.replace('.', '/');
        write(EventMessages.histogram(time(), ofStep, "weights/" + path, Histogram.of(values(weights))));
        if (gradient != null) {
            write(EventMessages.histogram(time(), ofStep, "gradients/" + path, Histogram.of(values(gradient))));
        }
    }

    private static float[] values(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = tensor.detach().cpu().to(ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(host.numel())];
            host.data_ptr_float().get(values);
            return values;
        }
    }

    private void scalar(String tag, double value) {
        write(EventMessages.scalar(time(), step, tag, value));
    }

    private void write(byte[] event) {
        try {
            records.write(event);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void flush() {
        try {
            records.flush();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private Ascend4jException cannotWrite(IOException e) {
        return FileErrors.cannotWrite(file, e);
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }
}
