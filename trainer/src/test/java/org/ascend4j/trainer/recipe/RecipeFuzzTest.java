package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.ascend4j.nativelib.support.fuzz.InputSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that damaged and foreign recipes bind or are rejected in one sentence. */
@Tag("slow")
class RecipeFuzzTest {
    private static final List<String> VALUES = List.of(
            "null",
            "{}",
            "[]",
            "-1",
            "0",
            "1e308",
            ".nan",
            ".inf",
            "2147483648",
            "9223372036854775808",
            "true",
            "''",
            "\"\\u0007\"",
            "[null]",
            "{a: {b: c}}",
            "!!binary x",
            "&a [*a]",
            "../../x");

    @TempDir
    private Path folder;

    @Test
    void aRecipeBindsOrIsRefused() throws Exception {
        FuzzReport report = Fuzz.ofFiles("recipe", folder.resolve("recipe.yaml"), file -> {
                    Recipe recipe = Recipes.named(file.toString());
                    assertThat(Recipes.bind(Recipes.describe(recipe))).isEqualTo(recipe);
                })
                .from(ByteMutator.of(seeds()))
                .from(otherValues(seeds()))
                .regressions(List.of(
                        "extends: recipe.yaml".getBytes(StandardCharsets.UTF_8),
                        "extends: fast\noptimizer: null".getBytes(StandardCharsets.UTF_8),
                        "extends: fast\ninput: {mean: [null]}".getBytes(StandardCharsets.UTF_8),
                        "extends: fast\nname: ../../x".getBytes(StandardCharsets.UTF_8)))
                .run();
        assertThat(report.accepted()).isPositive();
        assertThat(report.refused()).isPositive();
    }

    /** A valid recipe in which one value is replaced by another. */
    private static InputSource otherValues(byte[]... recipes) {
        return random -> {
            String[] lines = new String(recipes[random.nextInt(recipes.length)], StandardCharsets.UTF_8).split("\n");
            int line = random.nextInt(lines.length);
            String value = VALUES.get(random.nextInt(VALUES.size()));
            lines[line] = lines[line].replaceFirst(":.*", ": " + value.replace("\\", "\\\\"));
            return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[][] seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : Recipes.NAMES) {
            try (InputStream resource = Recipes.class.getResourceAsStream(name + ".yaml")) {
                seeds.add(resource.readAllBytes());
            }
        }
        return seeds.toArray(byte[][]::new);
    }
}
