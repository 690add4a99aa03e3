package org.ascend4j.trainer.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ascend4j.state.AtomicFile;

/**
 * Draws a confusion matrix as SVG: correct predictions blue, wrong ones orange, as shares of each row.
 *
 * @since 0.1.0
 */
public final class ConfusionPicture {
    /** The largest number of classes for which cells show numbers and names. */
    private static final int READABLE = 30;

    private static final int CELL = 44;
    private static final int NAMES = 150;
    private static final int SMALL_SIDE = 900;
    private static final int LONGEST_NAME = 20;

    private final List<ClassScore> classes;
    private final XMLStreamWriter out;
    private final boolean readable;
    private final double cell;
    private final double margin;

    private ConfusionPicture(List<ClassScore> classes, XMLStreamWriter out) {
        this.classes = classes;
        this.out = out;
        readable = classes.size() <= READABLE;
        cell = readable ? CELL : (double) SMALL_SIDE / classes.size();
        margin = readable ? NAMES : 0;
    }

    /** Writes the picture of an evaluation. */
    public static void write(Path file, EvaluationReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out =
                    XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new ConfusionPicture(report.classes(), out).draw(report);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes any text", e);
        }
        AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(bytes.toByteArray())));
    }

    private void draw(EvaluationReport report) throws XMLStreamException {
        String side = number(margin + cell * classes.size() + 1);
        out.writeStartElement("svg");
        out.writeDefaultNamespace("http://www.w3.org/2000/svg");
        attributes("viewBox", "0 0 " + side + " " + side, "width", side, "height", side, "role", "img");
        attributes("font-family", "system-ui, sans-serif", "font-size", "13", "fill", "#1b1b1a");
        text(
                "title",
                String.format(
                        Locale.ROOT,
                        "Confusion matrix of %d images, accuracy %.2f %%; rows: true classes, columns: predicted classes",
                        report.images(),
                        100 * report.accuracy()));
        out.writeEmptyElement("rect");
        attributes("width", "100%", "height", "100%", "fill", "#ffffff");
        for (int[] entry : report.confusion()) {
            if (entry[1] < classes.size()) {
                cell(entry[0], entry[1], entry[2]);
            }
        }
        if (readable) {
            names();
        }
        out.writeEndElement();
    }

    private void cell(int actual, int predicted, int images) throws XMLStreamException {
        double share = (double) images / classes.get(actual).images();
        double x = margin + predicted * cell;
        double y = margin + actual * cell;
        out.writeStartElement("rect");
        attributes("x", number(x), "y", number(y), "width", number(cell), "height", number(cell));
        attributes("fill", actual == predicted ? "#2a78d6" : "#d6522a", "fill-opacity", number(0.08 + 0.92 * share));
        text(
                "title",
                classes.get(actual).name() + " taken for "
                        + classes.get(predicted).name() + ": " + images);
        out.writeEndElement();
        if (readable) {
            out.writeStartElement("text");
            attributes("x", number(x + cell / 2), "y", number(y + cell / 2 + 5), "text-anchor", "middle");
            attributes("fill", share > 0.55 ? "#ffffff" : "#1b1b1a");
            out.writeCharacters(Integer.toString(images));
            out.writeEndElement();
        }
    }

    private void names() throws XMLStreamException {
        for (int i = 0; i < classes.size(); i++) {
            String middle = number(margin + (i + 0.5) * cell);
            String edge = number(margin - 8);
            String name = classes.get(i).name();
            String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
            out.writeStartElement("text");
            attributes("x", edge, "y", middle, "text-anchor", "end", "dominant-baseline", "middle");
            out.writeCharacters(shown);
            out.writeEndElement();
            out.writeStartElement("text");
            attributes("transform", "translate(" + middle + " " + edge + ") rotate(-45)");
            out.writeCharacters(shown);
            out.writeEndElement();
        }
    }

    private void text(String element, String content) throws XMLStreamException {
        out.writeStartElement(element);
        out.writeCharacters(content);
        out.writeEndElement();
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
