package org.ascend4j.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.ascend4j.trainer.train.Predictor.Candidate;
import org.junit.jupiter.api.Test;

class PredictionFormatTest {
    private static final List<Candidate> CANDIDATES =
            List.of(new Candidate(1, "cat, or \"dog\"", 0.75), new Candidate(0, "bird", 0.25));

    private static String printed(PredictionFormat format) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        format.begin(out);
        format.print(out, "a,b.png", CANDIDATES);
        out.flush();
        return text.toString();
    }

    @Test
    void csvIsQuotedAsInRfc4180() {
        assertThat(printed(PredictionFormat.CSV).lines())
                .containsExactly(
                        "image,rank,label,class,probability",
                        "\"a,b.png\",1,1,\"cat, or \"\"dog\"\"\",0.75",
                        "\"a,b.png\",2,0,bird,0.25");
    }

    @Test
    void jsonLinesHoldAnImageEach() {
        assertThat(printed(PredictionFormat.JSONL).lines())
                .containsExactly("{\"image\":\"a,b.png\",\"candidates\":["
                        + "{\"label\":1,\"name\":\"cat, or \\\"dog\\\"\",\"probability\":0.75},"
                        + "{\"label\":0,\"name\":\"bird\",\"probability\":0.25}]}");
    }

    @Test
    void textIsForPeople() {
        assertThat(printed(PredictionFormat.TEXT).lines())
                .containsExactly("a,b.png", "   75.00%  cat, or \"dog\"", "   25.00%  bird");
    }
}
