package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;

/**
 * The configurations among which the search looks: all combinations of the parameters' values.
 *
 * @param recipe the recipe whose settings vary
 * @param parameters the settings that vary
 * @since 0.1.0
 */
public record SearchSpace(Recipe recipe, List<Parameter> parameters) {
    /** The largest size that is counted. */
    static final long MOST = 1_000_000;

    /** Those of colour images of ten classes; the settings of a model do not depend on them. */
    private static final int CHANNELS = 3;

    private static final int OUTPUTS = 10;

    private static final String NUMBER = "[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?";
    private static final Pattern INTERVAL = Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")(log)?");

    /** Settings that have no effect on a trial, that the rungs set, or for which the images would be read anew. */
    private static final Set<String> FIXED = Set.of(
            "name",
            "description",
            "data",
            "epochs",
            "schedule.epochs",
            "input.resize",
            "input.crop_scale",
            "input.crop_ratio");

    /** The range of the peak learning rate around the recipe's, if no other search is asked for. */
    private static final BigDecimal USUAL_FACTOR = BigDecimal.TEN;

    /** Copies the parameters and checks that each value suits the recipe. */
    public SearchSpace {
        parameters = List.copyOf(parameters);
        if (parameters.stream().map(Parameter::setting).distinct().count() < parameters.size()) {
            throw new Ascend4jException("--search expects each setting once, found one twice");
        }
        for (Parameter parameter : parameters) {
            List<String> ends = parameter instanceof Choices choices
                    ? choices.values()
                    : List.of(parameter.value(0), parameter.value(Math.nextDown(1.0)));
            ends.forEach(value -> check(with(recipe, Map.of(parameter.setting(), value)), parameter.setting()));
        }
    }

    /** A model checks values such as names when it is made. */
    private static void check(Recipe changed, String setting) {
        if (setting.startsWith("model.") && !changed.model().isOpen()) {
            Models.create(
                            changed.model().kind(),
                            CHANNELS,
                            OUTPUTS,
                            changed.model().settings())
                    .close();
        }
    }

    /** Returns the space of a recipe's peak learning rate, from a tenth to ten times its value. */
    public static SearchSpace ofLearningRate(Recipe recipe) {
        String setting = recipe.schedule().values().tree().has("max_lr") ? "schedule.max_lr" : "optimizer.lr";
        BigDecimal rate = new BigDecimal(own(recipe, setting).asText());
        if (rate.signum() == 0) {
            throw new Ascend4jException(setting + " expects a rate above 0 to search around, found 0; set --search");
        }
        return new SearchSpace(
                recipe,
                List.of(new Interval(setting, rate.divide(USUAL_FACTOR), rate.multiply(USUAL_FACTOR), true, false)));
    }

    /**
     * Reads parameters.
     *
     * @param texts {@code SETTING=V1,V2,...} for values from a list, {@code SETTING=LOW..HIGH} for uniform numbers, with {@code log} at the end for
     *     uniform logarithms
     */
    public static SearchSpace parse(Recipe recipe, List<String> texts) {
        List<Parameter> parameters = new ArrayList<>();
        texts.forEach(text -> parameters.add(parameter(recipe, text)));
        return new SearchSpace(recipe, parameters);
    }

    private static Parameter parameter(Recipe recipe, String text) {
        String[] parts = text.split("=", 2);
        if (parts.length < 2 || parts[0].isBlank()) {
            throw expected("SETTING=V1,V2,... or SETTING=LOW..HIGH[log]", text);
        }
        if (FIXED.contains(parts[0])) {
            throw expected("a setting that differs between trials of one length on the same images", parts[0]);
        }
        Matcher interval = INTERVAL.matcher(parts[1]);
        return interval.matches() ? interval(recipe, parts[0], interval) : choices(parts[0], parts[1]);
    }

    private static Parameter interval(Recipe recipe, String setting, Matcher found) {
        BigDecimal low = new BigDecimal(found.group(1));
        BigDecimal high = new BigDecimal(found.group(2));
        boolean log = found.group(3) != null;
        if (low.compareTo(high) >= 0 || log && low.signum() <= 0) {
            throw expected("LOW below HIGH" + (log ? ", and above 0 with log" : ""), found.group());
        }
        boolean whole =
                low.scale() <= 0 && high.scale() <= 0 && own(recipe, setting).isIntegralNumber();
        return new Interval(setting, low, high, log, whole);
    }

    private static Parameter choices(String setting, String text) {
        List<String> values = Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(value -> value.matches(NUMBER) ? plain(value) : value)
                .distinct()
                .toList();
        if (values.size() < 2) {
            throw expected("two different values or more for " + Printable.of(setting), text);
        }
        return new Choices(setting, values);
    }

    private static Ascend4jException expected(String what, String found) {
        return new Ascend4jException("--search expects " + what + ", found '" + Printable.of(found) + "'");
    }

    private static JsonNode own(Recipe recipe, String setting) {
        return Recipes.describe(recipe).at("/" + setting.replace('.', '/'));
    }

    /** Returns the recipe with the values of a configuration, checked. */
    static Recipe with(Recipe recipe, Map<String, String> values) {
        Recipe changed = Recipes.bind(Recipes.override(Recipes.describe(recipe), values));
        if (!changed.model().isOpen()) {
            Models.settings(
                    Models.named(changed.model().kind()), changed.model().settings());
        }
        return changed;
    }

    /** Returns the recipe's own value of a parameter, as YAML; an empty text if it has none. */
    String own(Parameter parameter) {
        JsonNode own = own(recipe, parameter.setting());
        return own.isNumber() ? plain(own.asText()) : own.asText();
    }

    /** Returns a number without an exponent, which YAML reads as a text unless there is a decimal point too. */
    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Returns the number of configurations, at most {@link #MOST}. */
    public long size() {
        long size = 1;
        for (Parameter parameter : parameters) {
            size = Math.min(MOST, size * parameter.size());
        }
        return size;
    }
}
