package org.ascend4j.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that every package has a page, and that the comparison of the API excludes exactly what Javadoc calls internal. */
class PublicApiTest {
    private static final Pattern EXCLUDED = Pattern.compile("<exclude>(org\\.ascend4j\\.[\\w.]+)</exclude>");

    @Test
    void everyPackageWithPublicTypesHasAPage() throws IOException {
        for (Path file : PublicTypes.files()) {
            assertThat(file.resolveSibling("package-info.java")).exists();
        }
    }

    @Test
    void theComparisonOfTheApiExcludesWhatIsInternal() throws IOException {
        Set<String> excluded = EXCLUDED.matcher(Files.readString(Path.of("../pom.xml")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> internal = new TreeSet<>();
        for (Path page : PublicTypes.packagePages()) {
            String name = PublicTypes.name(page.getParent());
            boolean below = excluded.stream().anyMatch(other -> name.startsWith(other + "."));
            if (below) {
                assertThat(PublicTypes.isInternal(page)).as(name).isTrue();
            } else if (PublicTypes.isInternal(page)) {
                internal.add(name);
            }
        }
        for (Path file : PublicTypes.files()) {
            if (PublicTypes.isInternal(file)) {
                internal.add(PublicTypes.name(file));
            }
        }
        assertThat(internal).isEqualTo(excluded);
    }
}
