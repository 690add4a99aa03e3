package org.ascend4j.cli.bench;

import java.lang.management.ManagementFactory;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.ProcessMemory;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelSummary;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.Evaluator;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

/** Trains and evaluates a recipe's network on generated images for a few steps and measures the speed of both. */
public final class Benchmark {
    /** Operations of a training step per multiply-add of the forward pass: two in the forward pass and four in the backward pass. */
    private static final int OPERATIONS = 6;

    /** The largest number of batches to draw. The end of an epoch costs time, so that fewer batches would make steps look slower. */
    private static final int BATCHES = 50;

    private final RunSettings settings;
    private final DeviceBackend device;
    private final int evaluationImages;

    /**
     * Prepares a measurement.
     *
     * @param settings the run's settings; {@code maxSteps} is the number of steps to measure
     * @param evaluationImages number of images to evaluate
     */
    public Benchmark(RunSettings settings, DeviceBackend device, int evaluationImages) {
        this.settings = settings;
        this.device = device;
        this.evaluationImages = evaluationImages;
    }

    /** Runs the measurement, which takes several seconds. */
    public Measurement run() {
        Recipe recipe = settings.recipe();
        Precision precision = Precision.parse(recipe.precision());
        int threads = TorchRuntime.threads();
        long steps = settings.maxSteps() + StepClock.WARM_UP;
        DataSplits data = DataSources.parse(
                        "shapes:" + settings.globalBatch() * Math.min(BATCHES, steps) + "," + evaluationImages,
                        DataSettings.defaults())
                .load(ProgressSink.NONE);
        StepClock clock = new StepClock();
        new Training(settings.withMaxSteps(steps), data, device).listener(clock).run();
        double train = settings.globalBatch() / clock.secondsPerStep();
        double flops = train * OPERATIONS * multiplyAdds(recipe, data);
        double matrix = MatrixProduct.operationsPerSecond(device, precision, threads);
        return new Measurement(
                device.name(),
                recipe.precision(),
                threads,
                clock.replicas(),
                settings.globalBatch(),
                train,
                evaluate(recipe, data, precision),
                flops,
                matrix,
                flops / matrix,
                (clock.firstStepDone() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3,
                ProcessMemory.current().map(memory -> memory.peak() >> 20).orElse(0L));
    }

    private double evaluate(Recipe recipe, DataSplits data, Precision precision) {
        try (ImageClassifier model = model(recipe, data);
                Evaluator evaluator = new Evaluator(device, data.test(), recipe, recipe.evalBatchSize(), precision)) {
            Evaluator.prepare(model, device);
            evaluator.evaluate(model);
            Evaluation evaluation = evaluator.evaluate(model);
            return evaluationImages / evaluation.seconds();
        }
    }

    private static ImageClassifier model(Recipe recipe, DataSplits data) {
        ImageSet images = data.train();
        ModelSettings model = recipe.model();
        int outputs = model.outputs() == null ? images.classNames().size() : model.outputs();
        return Models.create(model.kind(), images.channels(), outputs, model.settings());
    }

    private static double multiplyAdds(Recipe recipe, DataSplits data) {
        Integer resize = recipe.input().resize();
        long side = resize == null ? data.train().height() : resize;
        try (ImageClassifier model = model(recipe, data)) {
            return ModelSummary.of(model, 1, data.train().channels(), side, side)
                    .totals()
                    .multiplyAdds();
        }
    }
}
