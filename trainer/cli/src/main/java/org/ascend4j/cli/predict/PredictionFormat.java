package org.ascend4j.cli.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Printable;
import org.ascend4j.trainer.train.Predictor.Candidate;

/** The output formats of predictions. */
public enum PredictionFormat {
    /** The image's name, and a line for each candidate. */
    TEXT {
        @Override
        public void print(PrintWriter out, String image, List<Candidate> candidates) {
            out.println(image);
            candidates.forEach(candidate -> out.printf(
                    Locale.ROOT, "  %6.2f%%  %s%n", 100 * candidate.probability(), Printable.of(candidate.name())));
        }
    },

    /** One JSON object per line and image. */
    JSONL {
        @Override
        public void print(PrintWriter out, String image, List<Candidate> candidates) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("image", image);
            line.put("candidates", candidates);
            try {
                out.println(JSON.writeValueAsString(line));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("prediction does not serialise", e);
            }
        }
    },

    /** A line for each candidate of each image, after a header line; quoted as in RFC 4180. */
    CSV {
        @Override
        public void begin(PrintWriter out) {
            out.println("image,rank,label,class,probability");
        }

        @Override
        public void print(PrintWriter out, String image, List<Candidate> candidates) {
            for (int i = 0; i < candidates.size(); i++) {
                Candidate candidate = candidates.get(i);
                out.println(quote(image) + "," + (i + 1) + "," + candidate.label() + "," + quote(candidate.name()) + ","
                        + candidate.probability());
            }
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Prints the text before the first image. */
    public void begin(PrintWriter out) {
        // Most formats have no header.
    }

    /** Prints the candidates of an image. */
    public abstract void print(PrintWriter out, String image, List<Candidate> candidates);

    private static String quote(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
