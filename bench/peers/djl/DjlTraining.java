import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.List;

/** The Ascend tutorial's GoogLeNet and SGD in DJL on a resident batch: prints images per second from the median step. Usage: DjlTraining BATCH STEPS */
public final class DjlTraining {
    private static final int[][] WIDTHS = {
        {64, 96, 128, 16, 32, 32}, {128, 128, 192, 32, 96, 64},
        {192, 96, 208, 16, 48, 64}, {160, 112, 224, 24, 64, 64}, {128, 128, 256, 24, 64, 64}, {112, 144, 288, 32, 64, 64},
        {256, 160, 320, 32, 128, 128}, {256, 160, 320, 32, 128, 128}, {384, 192, 384, 48, 128, 128}
    };
    private static final int WARM_UP = 5;

    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        try (Model model = Model.newInstance("googlenet", "PyTorch")) {
            model.setBlock(googLeNet());
            Optimizer sgd = Optimizer.sgd()
                    .setLearningRateTracker(Tracker.fixed(0.01f))
                    .optMomentum(0.9f)
                    .optWeightDecays(5e-4f)
                    .build();
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(sgd);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(batch, 3, 32, 32));
                NDManager manager = trainer.getManager();
                NDArray images = manager.randomNormal(new Shape(batch, 3, 32, 32));
                NDArray labels = manager.arange(batch).mod(10).toType(DataType.INT64, false);
                double[] seconds = new double[steps];
                for (int i = -WARM_UP; i < steps; i++) {
                    long start = System.nanoTime();
                    step(trainer, images, labels);
                    if (i >= 0) {
                        seconds[i] = (System.nanoTime() - start) / 1e9;
                    }
                }
                Arrays.sort(seconds);
                System.out.println(batch / seconds[steps / 2]);
            }
        }
    }

    private static void step(Trainer trainer, NDArray images, NDArray labels) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList output = trainer.forward(new NDList(images));
            NDArray loss = trainer.getLoss().evaluate(new NDList(labels), output);
            collector.backward(loss);
            loss.getFloat();
            output.close();
            loss.close();
        }
        trainer.step();
    }

    private static Block googLeNet() {
        SequentialBlock net = new SequentialBlock();
        convolution(net, 64, 7, 2);
        net.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
        convolution(net, 64, 1, 1);
        convolution(net, 192, 3, 1);
        net.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
        for (int i = 0; i < WIDTHS.length; i++) {
            net.add(inception(WIDTHS[i]));
            if (i == 1 || i == 6) {
                net.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
            }
        }
        return net.add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block inception(int[] w) {
        SequentialBlock one = new SequentialBlock();
        convolution(one, w[0], 1, 1);
        SequentialBlock three = new SequentialBlock();
        convolution(three, w[1], 1, 1);
        convolution(three, w[2], 3, 1);
        SequentialBlock five = new SequentialBlock();
        convolution(five, w[3], 1, 1);
        convolution(five, w[4], 5, 1);
        SequentialBlock pool = new SequentialBlock();
        pool.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(1, 1), new Shape(1, 1)));
        convolution(pool, w[5], 1, 1);
        return new ParallelBlock(DjlTraining::concatenate, List.of(one, three, five, pool));
    }

    private static NDList concatenate(List<NDList> branches) {
        NDList all = new NDList();
        branches.forEach(branch -> all.add(branch.head()));
        return new NDList(NDArrays.concat(all, 1));
    }

    private static void convolution(SequentialBlock block, int outputs, int kernel, int stride) {
        block.add(Conv2d.builder()
                        .setFilters(outputs)
                        .setKernelShape(new Shape(kernel, kernel))
                        .optStride(new Shape(stride, stride))
                        .optPadding(new Shape(kernel / 2, kernel / 2))
                        .build())
                .add(Activation::relu);
    }
}
