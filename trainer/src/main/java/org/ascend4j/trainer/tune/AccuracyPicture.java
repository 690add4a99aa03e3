package org.ascend4j.trainer.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ascend4j.Printable;

/** Draws the accuracies of all trials against the values of a parameter, in a colour for each rung, as SVG in a page. */
final class AccuracyPicture {
    /** The colours of {@code report.css}. */
    private static final int COLOURS = 8;

    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int MARKS = 5;

    private final XMLStreamWriter out;
    private final Parameter parameter;
    private final List<TrialResult> results;
    private final Axis axis;
    private final double low;
    private final double high;

    AccuracyPicture(XMLStreamWriter out, Parameter parameter, List<TrialResult> results) {
        this.out = out;
        this.parameter = parameter;
        this.results = results;
        axis = Axis.of(parameter);
        List<Double> accuracies = results.stream()
                .filter(result -> !result.diverged())
                .map(TrialResult::accuracy)
                .toList();
        double least = accuracies.stream().min(Double::compare).orElse(0.0);
        double most = accuracies.stream().max(Double::compare).orElse(1.0);
        low = Math.floor(10 * least) / 10;
        high = Math.max(low + 0.1, Math.ceil(10 * most) / 10);
    }

    /** Returns what the picture shows as text. */
    String description(int rungs) {
        List<String> parts = new ArrayList<>();
        for (int rung = 1; rung <= rungs; rung++) {
            List<TrialResult> held = of(rung);
            long diverged = held.stream().filter(TrialResult::diverged).count();
            if (held.size() > diverged) {
                TrialResult best =
                        held.stream().sorted(TrialResult.BEST_FIRST).toList().get(0);
                parts.add(String.format(
                        Locale.ROOT,
                        "rung %d: %d trials, %d diverged, the best has %.2f %% at %s",
                        rung,
                        held.size(),
                        diverged,
                        100 * best.accuracy(),
                        value(best)));
            }
        }
        return "Validation accuracy against " + Printable.of(parameter.setting()) + ". " + String.join("; ", parts)
                + ".";
    }

    private List<TrialResult> of(int rung) {
        return results.stream().filter(result -> result.rung() == rung).toList();
    }

    private String value(TrialResult result) {
        return Printable.of(result.settings().get(parameter.setting()));
    }

    void draw(int rungs) throws XMLStreamException {
        out.writeStartElement("svg");
        attributes("viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", description(rungs));
        grid();
        for (int rung = 1; rung <= rungs; rung++) {
            String colour = colour(rung);
            for (TrialResult result : of(rung)) {
                mark(result, colour);
            }
        }
        out.writeEndElement();
    }

    /** Returns the colour of a rung. */
    static String colour(int rung) {
        return "var(--c" + ((rung - 1) % COLOURS + 1) + ")";
    }

    private void grid() throws XMLStreamException {
        for (int i = 0; i <= MARKS; i++) {
            double accuracy = low + (high - low) * i / MARKS;
            String y = number(y(accuracy));
            out.writeEmptyElement("line");
            attributes("class", "gridline", "x1", number(LEFT), "x2", number(WIDTH - RIGHT), "y1", y, "y2", y);
            text(LEFT - 8, y(accuracy) + 4, "end", String.format(Locale.ROOT, "%.0f %%", 100 * accuracy));
        }
        for (String mark : axis.marks()) {
            text(x(mark), HEIGHT - BOTTOM + 18, "middle", Printable.of(mark));
        }
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", Printable.of(parameter.setting()));
    }

    /** Draws a dot, or for a diverged trial a cross on the lower edge. */
    private void mark(TrialResult result, String colour) throws XMLStreamException {
        double x = x(result.settings().get(parameter.setting()));
        if (result.diverged()) {
            double y = y(low);
            out.writeStartElement("path");
            attributes("d", String.format(Locale.ROOT, "M%.1f %.1fl8 8m0 -8l-8 8", x - 4, y - 4));
            attributes("style", "fill:none;stroke-width:2;stroke:" + colour);
        } else {
            out.writeStartElement("circle");
            attributes("cx", number(x), "cy", number(y(result.accuracy())), "r", "5", "style", "fill:" + colour);
        }
        out.writeStartElement("title");
        out.writeCharacters(String.format(
                Locale.ROOT,
                "Trial %d, rung %d, %s: %s",
                result.trial(),
                result.rung(),
                value(result),
                result.diverged() ? "diverged" : String.format(Locale.ROOT, "%.2f %%", 100 * result.accuracy())));
        out.writeEndElement();
        out.writeEndElement();
    }

    private void text(double x, double y, String anchor, String content) throws XMLStreamException {
        out.writeStartElement("text");
        attributes("x", number(x), "y", number(y), "text-anchor", anchor);
        out.writeCharacters(content);
        out.writeEndElement();
    }

    private double x(String value) {
        return LEFT + axis.place().applyAsDouble(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double accuracy) {
        return HEIGHT - BOTTOM - (accuracy - low) / (high - low) * (HEIGHT - BOTTOM - TOP);
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
