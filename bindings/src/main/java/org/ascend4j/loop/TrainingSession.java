package org.ascend4j.loop;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.amp.GradScaler;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.nn.EvaluationMode;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.GradientClipping;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.OptimizerBuilder;
import org.ascend4j.optim.Schedule;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains a model on one device: runs steps and evaluations, and saves and resumes.
 *
 * <p>Every step has its own {@code PointerScope}, which frees the objects created by the step on its thread. The session owns the optimiser; the caller keeps
 * ownership of the model and the device. The class is not thread-safe.
 *
 * <pre>{@code
 * try (DeviceBackend device = Devices.open(DeviceSpec.parse("npu"));
 *         Net net = new Net();
 *         TrainingSession loop = TrainingSession.of(device, net, Sgd.over(net).learningRate(0.1).momentum(0.9)).build()) {
 *     for (Batch batch : batches) {
 *         loop.step(() -> torch.cross_entropy(net.forward(loop.toDevice(batch.images())), loop.toDevice(batch.labels())));
 *     }
 *     System.out.println(loop.meanLoss());
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TrainingSession implements AutoCloseable {
    private final DeviceBackend device;
    private final Layer model;
    private final double clipNorm;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final GradScaler scaler;
    private final LossMeter losses = new LossMeter();
    private final SavedState saved;
    private final Computation computation;
    private final ReentrantLock busy = new ReentrantLock();
    private boolean closed;
    private long steps;

    /** Exclusive use of the session by one thread. */
    private interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    TrainingSession(TrainingSessionBuilder options, Optimizer optimizer) {
        this.device = options.device();
        this.model = options.model();
        this.computation = new Computation(model, () -> device.mixedPrecision(options.precision()));
        this.clipNorm = options.clipNorm();
        this.optimizer = optimizer;
        this.schedule = options.schedule(optimizer);
        // fp16 has a small range and loses gradients unless the loss is scaled; bf16 has the range of fp32.
        this.scaler = options.precision() == Precision.FP16
                ? new GradScaler(
                        GradScaler.Options.DEFAULT,
                        optimizer.groups().get(0).parameters().values())
                : null;
        this.saved = new SavedState(device, model, optimizer, schedule, scaler);
        schedule.apply(0, optimizer.groups());
    }

    /** Starts a builder. Building moves the model to the device and creates the optimiser there. */
    public static TrainingSessionBuilder of(DeviceBackend device, Layer model, OptimizerBuilder<?> optimizer) {
        return new TrainingSessionBuilder(device, model, optimizer);
    }

    /**
     * Updates the parameters once, without waiting for the device.
     *
     * @param loss computes the mean loss of a batch, a tensor of one element. The model is in training mode, except for layers that the program has put into
     *     evaluation mode
     * @throws Ascend4jException if the model, the loss or the backward pass fails (the message names the layer), or if the model computes a layer that is not
     *     one of its descendants
     */
    public void step(Supplier<Tensor> loss) {
        try (Turn turn = turn();
                PointerScope scope = new PointerScope()) {
            if (!model.is_training()) {
                model.train(true);
            }
            schedule.apply(steps, optimizer.groups());
            Tensor value = computation.of("step", loss);
            if (scaler == null) {
                computation.backward(value);
                clip();
                optimizer.step();
            } else {
                computation.backward(scaler.scale(value));
                scaler.unscale(optimizer);
                clip();
                scaler.step(optimizer);
                scaler.update();
            }
            optimizer.zeroGrad();
            losses.add(value);
            steps++;
        }
    }

    private Turn turn() {
        if (closed) {
            throw new Ascend4jException("the training session is closed; close it after its last use");
        }
        if (!busy.tryLock()) {
            throw new Ascend4jException("a training session expects one thread at a time, found a second one within a"
                    + " step; make a session and a model for each thread");
        }
        return busy::unlock;
    }

    private void clip() {
        if (clipNorm > 0) {
            GradientClipping.byGlobalNorm(optimizer, clipNorm);
        }
    }

    /** Returns the loss of the last step, which may be NaN; waits for the device. */
    public double lastLoss() {
        return losses.last();
    }

    /** Returns the mean loss of the steps since the last call; NaN if there were none or if one of the losses was NaN. Waits for the device. */
    public double meanLoss() {
        return losses.takeMean();
    }

    /**
     * Sums a number over batches, in evaluation mode and without gradients; waits for the device once. Afterwards each module is in its previous mode.
     *
     * @param metric computes the number for a batch, such as the count of correct predictions, as a tensor of one element
     */
    public <B> double evaluate(Iterable<B> batches, Function<B, Tensor> metric) {
        try (Turn turn = turn();
                EvaluationMode evaluation = new EvaluationMode(model);
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Tensor sum = torch.zeros(1).to(device.device(), ScalarType.Float)) {
            for (B batch : batches) {
                try (PointerScope step = new PointerScope()) {
                    sum.add_(computation.of("evaluate", () -> metric.apply(batch)));
                }
            }
            return sum.item_double();
        }
    }

    /** Passes the metric of a completed epoch to the schedule; only {@link org.ascend4j.optim.Plateau} uses it. */
    public void epochDone(double metric) {
        schedule.epochDone(metric);
    }

    /** Returns a tensor on the session's device; the same tensor if it is there already. */
    public Tensor toDevice(Tensor tensor) {
        return tensor.to(device.device(), tensor.scalar_type());
    }

    /** Returns the number of completed steps, including those before a resume. */
    public long steps() {
        return steps;
    }

    /** Returns the optimiser, for inspection and changes. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Writes the model, optimiser, schedule, random generators and position to one file, atomically.
     *
     * @throws Ascend4jException if the model contains a NaN or infinite value, or the file cannot be written
     */
    public void save(Path file) {
        try (Turn turn = turn()) {
            saved.write(file, steps);
        }
    }

    /** Restores the state that {@link #save} wrote; throws an error if the file is of another model or optimiser. */
    public void resume(Path file) {
        try (Turn turn = turn()) {
            steps = saved.read(file);
            schedule.apply(steps, optimizer.groups());
        }
    }

    /** Releases the optimiser; the model keeps its parameters. */
    @Override
    public void close() {
        closed = true;
        losses.close();
        if (scaler != null) {
            scaler.close();
        }
        optimizer.close();
    }
}
