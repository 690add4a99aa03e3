package org.ascend4j.trainer.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws configurations from a space: random, but spread more evenly than independent draws.
 *
 * <p>Parameter {@code j} of configuration {@code k} is at the fractional part of {@code s_j + k / φ^(j+1)}, with a random shift {@code s_j} for each
 * parameter and the positive root φ of {@code x^(d+1) = x + 1} for {@code d} parameters: a Kronecker sequence with a random shift.
 *
 * @see <a href="https://extremelearning.com.au/unreasonable-effectiveness-of-quasirandom-sequences/">Roberts: The unreasonable effectiveness of
 *     quasirandom sequences</a>
 */
final class Configurations {
    /** Draws after which a space counts as exhausted; much rarer combinations do not occur in lists of values. */
    private static final int MOST_DRAWS = 100_000;

    private static final int ITERATIONS = 60;

    private Configurations() {}

    /**
     * Returns different configurations, the same ones for the same seed. The first is the recipe's own if that lies in the space.
     *
     * @param count their number; fewer if the space has fewer
     */
    static List<Map<String, String>> draw(SearchSpace space, int count, long seed) {
        Set<Map<String, String>> drawn = new LinkedHashSet<>();
        if (space.parameters().stream().allMatch(parameter -> parameter.contains(space.own(parameter)))) {
            drawn.add(own(space));
        }
        int dimensions = space.parameters().size();
        double root = root(dimensions);
        SplittableRandom random = new SplittableRandom(seed);
        double[] shares = random.doubles(dimensions).toArray();
        for (int draw = 0; draw < MOST_DRAWS && drawn.size() < count; draw++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int j = 0; j < dimensions; j++) {
                shares[j] = (shares[j] + Math.pow(root, -1 - j)) % 1;
                Parameter parameter = space.parameters().get(j);
                values.put(parameter.setting(), parameter.value(shares[j]));
            }
            drawn.add(values);
        }
        return new ArrayList<>(drawn).subList(0, Math.min(count, drawn.size()));
    }

    private static Map<String, String> own(SearchSpace space) {
        Map<String, String> values = new LinkedHashMap<>();
        space.parameters().forEach(parameter -> values.put(parameter.setting(), space.own(parameter)));
        return values;
    }

    private static double root(int dimensions) {
        double root = 2;
        for (int i = 0; i < ITERATIONS; i++) {
            root = Math.pow(1 + root, 1.0 / (dimensions + 1));
        }
        return root;
    }
}
