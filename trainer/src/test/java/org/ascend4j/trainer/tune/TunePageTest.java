package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tests the page's picture against closed forms, and that names stay text. */
class TunePageTest {
    private static final String HOSTILE = "</title><script>alert(1)</script>\"'&";
    private static final String RATE = "schedule.max_lr";
    private static final Recipe ASCEND = Recipes.named("ascend");
    private static final TunePlan PLAN = new TunePlan(
            List.of(new Rung(3, 16), new Rung(1, 48)),
            false,
            List.of(Map.of(RATE, "0.05"), Map.of(RATE, "0.005"), Map.of(RATE, "0.5")));

    @Test
    void namesStayText() throws Exception {
        SearchSpace space = new SearchSpace(ASCEND, List.of(new Choices("description", List.of(HOSTILE, "b"))));
        TunePlan plan = new TunePlan(List.of(new Rung(1, 8)), false, List.of(Map.of("description", HOSTILE)));
        TrialResult result = new TrialResult(1, 1, 1, false, 0.5, 1.0, 1, Map.of("description", HOSTILE));
        TuneResult all = new TuneResult(plan, List.of(result), Path.of("x" + HOSTILE));
        String html = new TunePage(all, space, new BaseRecipe(HOSTILE, Map.of()), HOSTILE).html();
        assertThat(html)
                .doesNotContain("<script")
                .contains("default-src 'none'")
                .doesNotContain("{{");
        Document body = body(html);
        assertThat(body.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("Search from " + HOSTILE);
        assertThat(body.getElementsByTagName("p").item(0).getTextContent()).isEqualTo("Data: " + HOSTILE);
        assertThat(body.getElementsByTagName("tbody").item(0).getTextContent()).contains(HOSTILE);
        assertThat(((Element) body.getElementsByTagName("svg").item(0)).getAttribute("aria-label"))
                .isEqualTo(
                        "Validation accuracy against description. rung 1: 1 trials, 0 diverged, the best has 50.00 % at "
                                + HOSTILE + ".");
    }

    @Test
    void dotsAreAtTheLogarithmOfTheRate() throws Exception {
        SearchSpace space = SearchSpace.ofLearningRate(ASCEND);
        List<TrialResult> results = List.of(
                new TrialResult(
                        1, 1, 2, false, 0.3, 2.0, 1, PLAN.configurations().get(0)),
                new TrialResult(
                        2, 1, 2, false, 0.2, 2.0, 1, PLAN.configurations().get(1)),
                new TrialResult(
                        3, 1, 1, true, null, null, 1, PLAN.configurations().get(2)));
        TuneResult result = new TuneResult(PLAN, results, Path.of("x"));
        Document body = body(new TunePage(result, space, new BaseRecipe("ascend", Map.of()), "shapes").html());
        Element middle = (Element) body.getElementsByTagName("circle").item(0);
        Element left = (Element) body.getElementsByTagName("circle").item(1);
        Element cross = (Element) body.getElementsByTagName("path").item(0);
        // The picture's axes: x from 56 to 706, y from 274 (20 %) to 12 (30 %).
        assertThat(number(middle, "cx")).isEqualTo((56 + 706) / 2.0, within(0.1));
        assertThat(number(left, "cx")).isEqualTo(56, within(0.1));
        assertThat(number(middle, "cy")).isEqualTo(12, within(0.1));
        assertThat(number(left, "cy")).isEqualTo(274, within(0.1));
        assertThat(cross.getAttribute("d")).startsWith("M702.0 270.0");
        assertThat(cross.getTextContent()).isEqualTo("Trial 3, rung 1, 0.5: diverged");
        assertThat(body.getElementsByTagName("dd").item(2).getTextContent()).isEqualTo("rung 2: 1 of 1 trials");
    }

    @Test
    void aLogarithmicAxisHasDecades() {
        Interval interval = new Interval("x", new BigDecimal("0.005"), new BigDecimal("0.5"), true, false);
        assertThat(Axis.of(interval).marks()).containsExactly("0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5");
        Interval wide = new Interval("x", new BigDecimal("0.0001"), new BigDecimal("10"), true, false);
        assertThat(Axis.of(wide).marks()).containsExactly("0.0001", "0.001", "0.01", "0.1", "1", "10");
        assertThat(Axis.of(wide).place().applyAsDouble("0.01")).isEqualTo(0.4, within(1e-12));
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }

    private static Document body(String html) throws Exception {
        String body = html.substring(html.indexOf("<main"), html.indexOf("</main>") + "</main>".length());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
