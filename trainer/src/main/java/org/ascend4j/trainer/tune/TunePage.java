package org.ascend4j.trainer.tune;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ascend4j.Printable;
import org.ascend4j.ShellWord;
import org.ascend4j.trainer.report.ReportPage;

/**
 * The page of a search: one HTML file without scripts that needs no network.
 *
 * @param result what is shown
 * @param origin the recipe that the search started from
 * @param data the data set's name
 */
record TunePage(TuneResult result, SearchSpace space, BaseRecipe origin, String data) {
    private static final String TEMPLATE = template();

    String html() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new Body(out).write();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes any text", e);
        }
        // The body comes last, because it may contain any text, including a placeholder.
        return TEMPLATE.replace("{{style}}", ReportPage.style()).replace("{{body}}", text.toString());
    }

    private static String template() {
        try (InputStream in = TunePage.class.getResourceAsStream("tune.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the page's body; the writer escapes all text. */
    private final class Body {
        private final XMLStreamWriter out;

        private Body(XMLStreamWriter out) {
            this.out = out;
        }

        private void write() throws XMLStreamException {
            start("main", "");
            start("header", "");
            element("h1", "Search from " + Printable.of(origin.name()));
            element("p", "Data: " + Printable.of(data));
            end();
            tiles();
            if (!result.results().isEmpty()) {
                pictures();
                table();
            }
            rungs();
            command();
            end();
        }

        private void tiles() throws XMLStreamException {
            start("dl", "tiles");
            tile(
                    "Best validation accuracy",
                    result.best()
                            .map(best -> String.format(Locale.ROOT, "%.2f %%", 100 * best.accuracy()))
                            .orElse("none yet"));
            tile("Trials", Integer.toString(result.plan().trials()));
            tile("Not done yet", result.rest().isEmpty() ? "nothing" : String.join("; ", result.rest()));
            end();
        }

        private void tile(String name, String value) throws XMLStreamException {
            start("div", "");
            element("dt", name);
            element("dd", value);
            end();
        }

        private void pictures() throws XMLStreamException {
            int rungs = result.plan().rungs().size();
            for (Parameter parameter : space.parameters()) {
                element("h2", "Validation accuracy against " + Printable.of(parameter.setting()));
                start("figure", "chart");
                start("ul", "legend");
                for (int rung = 1; rung <= rungs; rung++) {
                    start("li", "");
                    out.writeStartElement("i");
                    out.writeAttribute("style", "background:" + AccuracyPicture.colour(rung));
                    out.writeCharacters("");
                    end();
                    out.writeCharacters("rung " + rung);
                    end();
                }
                element("li", "× diverged");
                end();
                new AccuracyPicture(out, parameter, result.results()).draw(rungs);
                end();
            }
        }

        private void table() throws XMLStreamException {
            element("h2", "Trials");
            start("div", "scroll");
            start("table", "");
            List<String> head = new ArrayList<>(List.of("Trial", "Rung", "Steps", "Accuracy", "Loss", "Seconds"));
            space.parameters().forEach(parameter -> head.add(Printable.of(parameter.setting())));
            start("thead", "");
            row("th", head);
            end();
            start("tbody", "");
            for (TrialResult trial : result.ranking()) {
                List<String> cells = new ArrayList<>();
                cells.add(TrialFolder.name(trial.trial()));
                cells.add(Integer.toString(trial.rung()));
                cells.add(Long.toString(trial.steps()));
                cells.add(
                        trial.diverged() ? "diverged" : String.format(Locale.ROOT, "%.2f %%", 100 * trial.accuracy()));
                cells.add(trial.diverged() ? "" : String.format(Locale.ROOT, "%.3f", trial.loss()));
                cells.add(String.format(Locale.ROOT, "%.1f", trial.seconds()));
                space.parameters()
                        .forEach(parameter ->
                                cells.add(Printable.of(trial.settings().get(parameter.setting()))));
                row("td", cells);
            }
            end();
            end();
            end();
        }

        private void row(String kind, List<String> cells) throws XMLStreamException {
            start("tr", "");
            for (String cell : cells) {
                element(kind, cell);
            }
            end();
        }

        private void rungs() throws XMLStreamException {
            element("h2", "Rungs");
            start("div", "scroll");
            start("table", "");
            start("thead", "");
            row("th", List.of("Rung", "Trials", "Training images of each trial"));
            end();
            start("tbody", "");
            for (int rung = 1; rung <= result.plan().rungs().size(); rung++) {
                Rung budget = result.plan().rung(rung);
                row("td", List.of("" + rung, "" + budget.trials(), "" + budget.images()));
            }
            end();
            end();
            end();
        }

        private void command() throws XMLStreamException {
            if (result.best().isPresent()) {
                element("h2", "Train with the best settings");
                element(
                        "pre",
                        "./ascend4j train --recipe "
                                + ShellWord.quote(result.recipe().toString()) + " --data " + ShellWord.quote(data));
            }
        }

        private void start(String name, String style) throws XMLStreamException {
            out.writeStartElement(name);
            if (!style.isEmpty()) {
                out.writeAttribute("class", style);
            }
        }

        private void element(String name, String text) throws XMLStreamException {
            out.writeStartElement(name);
            out.writeCharacters(text);
            out.writeEndElement();
        }

        private void end() throws XMLStreamException {
            out.writeEndElement();
        }
    }
}
