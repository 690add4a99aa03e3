package org.ascend4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Another source's images with a validation set, which {@link DataSettings#validation} names.
 *
 * @param source the other source
 * @param settings the settings of both
 */
record ValidatingSource(DataSource source, DataSettings settings) implements DataSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public DataSplits load(ProgressSink progress) {
        DataSplits splits = source.load(progress);
        return switch (settings.validation().kind()) {
            case NONE -> splits;
            case SHARE -> hold(splits, settings.validation().share(), settings.seed());
            case SPLIT -> own(splits);
            case FOLDER ->
                splits.withValidation(
                        ClassFolder.read(settings.validation().folder(), splits.train(), settings, progress));
        };
    }

    private DataSplits own(DataSplits splits) {
        if (splits.validation() == null) {
            throw new Ascend4jException("--validate split expects a folder val, valid or validation beside train and"
                    + " test, found none in " + source.name() + "; set --validate to a share or a folder");
        }
        return splits;
    }

    /** Holds out {@code share} of each class, to the nearest image, but one or more, and leaves one or more. */
    private static DataSplits hold(DataSplits splits, double share, long seed) {
        ImageSet images = splits.train();
        List<List<Integer>> byClass = new ArrayList<>();
        images.classNames().forEach(name -> byClass.add(new ArrayList<>()));
        for (int i = 0; i < images.size(); i++) {
            byClass.get(images.label(i)).add(i);
        }
        // A generator of its own: the seed's first numbers may have drawn the test images.
        SplittableRandom random = new SplittableRandom(seed).split();
        boolean[] held = new boolean[images.size()];
        for (int label = 0; label < byClass.size(); label++) {
            List<Integer> members = byClass.get(label);
            if (members.size() == 1) {
                throw new Ascend4jException("--validate expects at least two training images of class "
                        + Printable.of(images.classNames().get(label)) + " to hold a share out, found one");
            }
            int wanted = (int) Math.max(1, Math.min(members.size() - 1, Math.round(share * members.size())));
            boolean[] drawn = SelectionSampling.draw(members.size(), wanted, random);
            for (int i = 0; i < drawn.length; i++) {
                held[members.get(i)] = drawn[i];
            }
        }
        return new DataSplits(images.subset(i -> !held[i]), splits.test(), images.subset(i -> held[i]), splits.fit());
    }
}
