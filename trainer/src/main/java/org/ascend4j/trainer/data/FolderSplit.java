package org.ascend4j.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Which images of a folder of classes are for training, which for testing and which for validation.
 *
 * <p>Outer folders that contain all images are skipped. Below them, the folders {@code train} (or {@code training}) and
 * {@code test} (or {@code testing}; where there is neither, {@code val}, {@code valid}, {@code validation}) define the
 * split, in upper or lower case. Without them a fifth of each class becomes the test set, drawn at random with the
 * seed.
 *
 * @param train training images in the order of their paths
 * @param test test images in the order of their paths
 * @param validation in the order of their paths; empty without a folder of them beside {@code train} and {@code test}, or where none was asked for
 * @param classNames in alphabetical order
 */
record FolderSplit(List<Sample> train, List<Sample> test, List<Sample> validation, List<String> classNames) {
    private static final int TEST_SHARE = 5;
    private static final Set<String> TRAIN_FOLDERS = Set.of("train", "training");
    private static final Set<String> TEST_FOLDERS = Set.of("test", "testing");
    private static final Set<String> VALIDATION_FOLDERS = Set.of("val", "valid", "validation");

    /**
     * One image.
     *
     * @param folders its folders from the top, then its file name
     * @param index its index in the list of paths
     * @param depth number of outer folders above its class folder
     */
    record Sample(List<String> folders, int index, int depth) {
        String className() {
            return folders.get(depth);
        }

        private String top() {
            return folders.get(0);
        }
    }

    /**
     * Splits {@code paths}, each with at least one folder.
     *
     * @param validated whether validation images are wanted
     */
    static FolderSplit of(String location, List<String> paths, long seed, boolean validated) {
        List<Sample> samples = samples(paths);
        String train = only(TRAIN_FOLDERS, samples, location);
        if (train == null) {
            refuseTestFolders(location, samples);
        }
        FolderSplit split =
                train == null ? byChance(location, samples, seed) : byFolder(location, samples, train, seed, validated);
        split.checkClasses(location, "test", split.test);
        split.checkClasses(location, "validation", split.validation);
        return split;
    }

    /** Takes all of {@code paths} for validation of what was trained on the classes. */
    static FolderSplit whole(String location, List<String> paths, List<String> classNames) {
        FolderSplit split = new FolderSplit(List.of(), List.of(), samples(paths), classNames);
        split.checkClasses(location, "validation", split.validation);
        return split;
    }

    private static List<Sample> samples(List<String> paths) {
        List<List<String>> parts = new ArrayList<>();
        for (String path : paths) {
            parts.add(Arrays.asList(path.split("/")));
        }
        int skipped = commonFolders(parts);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<String> folders = parts.get(i);
            samples.add(new Sample(folders.subList(skipped, folders.size()), i, 0));
        }
        samples.sort(Comparator.comparing(sample -> String.join("/", sample.folders())));
        return samples;
    }

    private static int commonFolders(List<List<String>> parts) {
        int skipped = 0;
        while (true) {
            int at = skipped;
            String name = parts.get(0).get(at);
            boolean common = parts.stream()
                    .allMatch(part -> part.size() > at + 2 && part.get(at).equals(name));
            // If it contains train and test folders, its name is one of theirs by chance.
            if (!common || isPart(name) && !parts.stream().allMatch(part -> isPart(part.get(at + 1)))) {
                return skipped;
            }
            skipped++;
        }
    }

    private static boolean isPart(String folder) {
        return Stream.of(TRAIN_FOLDERS, TEST_FOLDERS, VALIDATION_FOLDERS).anyMatch(names -> isOneOf(names, folder));
    }

    private static boolean isOneOf(Set<String> names, String folder) {
        return names.contains(folder.toLowerCase(Locale.ROOT));
    }

    /** Returns the top folder that has one of the names; null if there is none. */
    private static String only(Set<String> names, List<Sample> samples, String location) {
        List<String> found = samples.stream()
                .map(Sample::top)
                .distinct()
                .filter(folder -> isOneOf(names, folder))
                .toList();
        if (found.size() > 1) {
            throw new Ascend4jException("expected one of the folders " + String.join(" and ", found) + " in " + location
                    + ", found both; rename or remove one");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Throws if test or validation folders have no training folder beside them. A class may be named {@code test}, but
     * not if its folder contains further folders or there are no other folders.
     */
    private static void refuseTestFolders(String location, List<Sample> samples) {
        List<Sample> inside =
                samples.stream().filter(sample -> isPart(sample.top())).toList();
        if (inside.size() == samples.size()
                || inside.stream().anyMatch(sample -> sample.folders().size() > 2)) {
            throw new Ascend4jException("expected a folder train or training beside "
                    + inside.stream().map(Sample::top).distinct().collect(Collectors.joining(" and ")) + " in "
                    + location
                    + ", found none; rename the folder of the training images, or name the folder of the classes");
        }
    }

    private static FolderSplit byFolder(
            String location, List<Sample> samples, String train, long seed, boolean validated) {
        String test = only(TEST_FOLDERS, samples, location);
        String validation = test == null || validated ? only(VALIDATION_FOLDERS, samples, location) : null;
        if (test == null) {
            test = validation;
            validation = null;
        }
        List<Sample> trained = inFolder(location, samples, train);
        return test == null
                ? byChance(location, trained, seed)
                : new FolderSplit(
                        trained,
                        inFolder(location, samples, test),
                        validation == null ? List.of() : inFolder(location, samples, validation),
                        classNames(trained));
    }

    private static List<Sample> inFolder(String location, List<Sample> samples, String name) {
        List<Sample> inside = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.top().equals(name)) {
                if (sample.folders().size() < 3) {
                    throw new Ascend4jException("expected a folder for each class below " + name + " in " + location
                            + ", found the image " + Printable.path(String.join("/", sample.folders())));
                }
                inside.add(new Sample(sample.folders(), sample.index(), 1));
            }
        }
        return inside;
    }

    private static FolderSplit byChance(String location, List<Sample> samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> train = new ArrayList<>();
        List<Sample> test = new ArrayList<>();
        TreeMap<String, List<Sample>> byClass =
                samples.stream().collect(Collectors.groupingBy(Sample::className, TreeMap::new, Collectors.toList()));
        byClass.forEach((name, members) -> {
            if (members.size() < 2) {
                throw new Ascend4jException("expected at least two images of class " + Printable.of(name) + " in "
                        + location + " to split into training and test, found one");
            }
            boolean[] drawn = SelectionSampling.draw(members.size(), Math.max(1, members.size() / TEST_SHARE), random);
            for (int i = 0; i < drawn.length; i++) {
                (drawn[i] ? test : train).add(members.get(i));
            }
        });
        return new FolderSplit(train, test, List.of(), List.copyOf(byClass.keySet()));
    }

    private static List<String> classNames(List<Sample> samples) {
        return samples.stream().map(Sample::className).distinct().sorted().toList();
    }

    private void checkClasses(String location, String part, List<Sample> samples) {
        for (Sample sample : samples) {
            if (!classNames.contains(sample.className())) {
                throw new Ascend4jException(
                        "expected " + part + " images of the training classes [" + Printable.listOf(classNames)
                                + "] in " + location + ", found " + Printable.path(String.join("/", sample.folders())));
            }
        }
    }
}
