package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.progress.Evaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ConfusionPictureTest {
    private static final String HOSTILE = "<script>\"&'";

    @TempDir
    private Path folder;

    @Test
    void aCellIsAsStrongAsItsShareOfTheRow() throws Exception {
        int[] labels = {0, 0, 0, 0, 1};
        int[] predictions = {0, 0, 0, 1, 1};
        Evaluation evaluation = new Evaluation(1, predictions, labels, new float[5], 5, 1);
        ImageSet images = new ImageSet(1, 1, 1, new byte[5], labels, List.of(HOSTILE, "b"));
        Path file = folder.resolve("matrix.svg");
        ConfusionPicture.write(file, EvaluationReport.of(null, evaluation, images));
        Document picture =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        List<Element> cells = elements(picture, "rect").subList(1, 4);
        assertThat(cells).extracting(cell -> cell.getAttribute("x")).containsExactly("150", "194", "194");
        assertThat(cells).extracting(cell -> cell.getAttribute("y")).containsExactly("150", "150", "194");
        // The opacities are 0.08 + 0.92 times 3/4, 1/4 and 1.
        assertThat(cells).extracting(cell -> cell.getAttribute("fill-opacity")).containsExactly("0.77", "0.31", "1");
        assertThat(cells).extracting(Element::getTextContent).startsWith(HOSTILE + " taken for " + HOSTILE + ": 3");
        assertThat(elements(picture, "text"))
                .extracting(Element::getTextContent)
                .containsExactly("3", "1", "1", HOSTILE, HOSTILE, "b", "b");
    }

    private static List<Element> elements(Document picture, String name) {
        NodeList found = picture.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
