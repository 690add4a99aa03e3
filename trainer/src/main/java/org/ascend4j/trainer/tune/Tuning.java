package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;

/**
 * A search by successive halving for the settings with the highest validation accuracy.
 *
 * @since 0.1.0
 */
public final class Tuning {
    /** Schedules that do not depend on the run's length, so that a longer run begins as a shorter one. */
    private static final Set<String> ENDLESS = Set.of("constant", "step", "multi_step", "exponential", "plateau");

    /** The share of the time that is planned; the rest is for a pace that varies. */
    private static final double PLANNED = 0.85;

    private final RunSettings base;
    private final BaseRecipe origin;
    private final SearchSpace space;
    private final DataSplits data;
    private final DeviceBackend device;
    private final List<TuneListener> listeners = new ArrayList<>();
    private String dataName = "";
    private String validationName = "given";
    private Integer trials;

    /**
     * Prepares a search; the caller still owns the device.
     *
     * @param base the settings of all trials; its output is the search's folder
     * @param origin the recipe as the user named it, which {@code best.yaml} extends
     * @param space the settings that vary
     * @param data the images; the trials are judged by the validation images and do not use the test images
     */
    public Tuning(RunSettings base, BaseRecipe origin, SearchSpace space, DataSplits data, DeviceBackend device) {
        if (data.validation() == null) {
            throw new Ascend4jException("a search expects validation images, found none");
        }
        if (space.size() < 2) {
            throw new Ascend4jException("a search expects two configurations or more, found one; set --search");
        }
        this.base = base;
        this.origin = origin;
        this.space = space;
        this.data = data;
        this.device = device;
    }

    /** Sets the data set's name, as for {@code --data}. */
    public Tuning dataName(String name) {
        dataName = name;
        return this;
    }

    /** Names the origin of the validation images, as {@code --validate} does. */
    public Tuning validationName(String name) {
        validationName = name;
        return this;
    }

    /** Sets the number of trials in the first rung; null for as many as fit into the time. */
    public Tuning trials(Integer count) {
        trials = count;
        return this;
    }

    /** Adds a listener. */
    public Tuning listener(TuneListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Searches, or goes on with the search in the folder, until all is done or {@code stop} returns true.
     *
     * @param left the time until {@code stop} returns true; a new search plans with it
     */
    public TuneResult run(Duration left, BooleanSupplier stop) {
        TuneFiles files = TuneFiles.open(base.output());
        ObjectNode settings = settings();
        Optional<TunePlan> saved = files.plan(settings);
        TrialRunner runner = new TrialRunner(base, data, device, dataName, validationName, stop);
        TunePlan plan = saved.orElseGet(() -> plan(runner, left));
        if (saved.isEmpty()) {
            files.save(settings, plan);
        }
        listeners.forEach(listener -> listener.planned(plan));
        return run(runner, files, plan);
    }

    private TunePlan plan(TrialRunner runner, Duration left) {
        long start = System.nanoTime();
        Pace pace = PaceMeasurement.measure(runner);
        double rest = left.toMillis() / 1e3 - (System.nanoTime() - start) / 1e9;
        Recipe recipe = base.recipe();
        int epoch = data.train().size();
        boolean continues = continues();
        List<Rung> rungs = new Planner(pace, epoch, recipe.batchSize(), (long) recipe.epochs() * epoch, continues)
                .plan(PLANNED * rest, space.size(), trials);
        return new TunePlan(
                rungs, continues, Configurations.draw(space, rungs.get(0).trials(), base.seed()));
    }

    /** Returns whether a run's first steps are those of any longer run, in each configuration. */
    private boolean continues() {
        Recipe recipe = base.recipe();
        boolean endless = recipe.schedule().epochs() != null
                || ENDLESS.contains(recipe.schedule().values().type());
        return endless
                && space.parameters().stream()
                        .noneMatch(parameter -> parameter.setting().equals("schedule.type"));
    }

    private ObjectNode settings() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("recipe", Recipes.describe(base.recipe()));
        tree.put("data", dataName);
        tree.put("training_images", data.train().size());
        tree.put("validate", validationName);
        tree.put("seed", base.seed());
        tree.put("trials", trials);
        space.parameters().forEach(parameter -> tree.withArray("search").add(parameter.text()));
        return tree;
    }

    /** Runs what is left of a plan. */
    TuneResult run(TrialRunner runner, TuneFiles files, TunePlan plan) {
        List<Integer> running =
                IntStream.rangeClosed(1, plan.configurations().size()).boxed().toList();
        boolean complete = true;
        for (int rung = 1; rung <= plan.rungs().size() && complete; rung++) {
            for (int trial : running) {
                complete = complete && finish(runner, files, plan, trial, rung);
            }
            running = complete ? promoted(files, plan, rung) : running;
        }
        return write(files, plan);
    }

    /** Runs a trial's part of a rung unless it is done; returns whether it is done. */
    private boolean finish(TrialRunner runner, TuneFiles files, TunePlan plan, int trial, int rung) {
        if (files.result(trial, rung).isPresent()) {
            return true;
        }
        Optional<TrialResult> result = runner.stop().getAsBoolean() ? Optional.empty() : runner.run(plan, trial, rung);
        result.ifPresent(found -> {
            files.add(found);
            tidy(files, plan, rung);
            write(files, plan);
            listeners.forEach(listener -> listener.trialDone(plan, found));
        });
        return result.isPresent();
    }

    /** Deletes weights that have no further use: all but those to continue from, and the best ones of the last rung. */
    private void tidy(TuneFiles files, TunePlan plan, int rung) {
        boolean last = rung == plan.rungs().size();
        List<TrialResult> ranking = ranking(files, rung);
        for (TrialResult result : ranking) {
            if (!last || result != ranking.get(0)) {
                folder(plan, result).deleteWeights(plan.continues() && !last);
            }
        }
    }

    /** Returns the trials of the next rung, the best one first, and deletes the weights of the others. */
    private List<Integer> promoted(TuneFiles files, TunePlan plan, int rung) {
        if (rung == plan.rungs().size()) {
            return List.of();
        }
        List<TrialResult> ranking = ranking(files, rung);
        List<TrialResult> best = ranking.stream()
                .filter(result -> !result.diverged())
                .limit(plan.rung(rung + 1).trials())
                .toList();
        ranking.stream().filter(result -> !best.contains(result)).forEach(result -> folder(plan, result)
                .deleteWeights(false));
        return best.stream().map(TrialResult::trial).toList();
    }

    private TrialFolder folder(TunePlan plan, TrialResult result) {
        return TrialFolder.of(base.output(), plan.continues(), result.trial(), result.rung());
    }

    private static List<TrialResult> ranking(TuneFiles files, int rung) {
        return files.results().stream()
                .filter(result -> result.rung() == rung)
                .sorted(TrialResult.BEST_FIRST)
                .toList();
    }

    /** Writes the page and the recipe of the results so far. */
    private TuneResult write(TuneFiles files, TunePlan plan) {
        TuneResult result = new TuneResult(plan, files.results(), base.output());
        files.write(TuneFiles.PAGE, new TunePage(result, space, origin, dataName).html());
        result.best().ifPresent(best -> files.write(TuneFiles.BEST, origin.with(best.settings(), base.output())));
        return result;
    }
}
