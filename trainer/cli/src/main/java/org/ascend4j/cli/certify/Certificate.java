package org.ascend4j.cli.certify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.cli.certify.Certification.Result;
import org.ascend4j.cli.doctor.Diagnosis;
import org.ascend4j.cli.doctor.DiagnosisJson;
import org.ascend4j.cli.doctor.DiagnosisTable;

/**
 * The report: a description of the machine, and all figures.
 *
 * @param device the device
 * @param diagnosis the result of doctor
 * @param results the trials
 */
public record Certificate(String device, Diagnosis diagnosis, List<Result> results) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Returns whether every check and trial passed. */
    public boolean isPassed() {
        return diagnosis.isHealthy()
                && results.stream().allMatch(result -> result.outcome().passed());
    }

    /** Returns the line for one trial. */
    public static String line(Result result) {
        return String.format(
                "%-20s %-9s %s",
                result.name(),
                result.outcome().passed() ? "passed" : "failed",
                result.outcome().summary());
    }

    /** Writes {@code certify.txt} and {@code certify.json} to a folder. */
    public void write(Path folder) {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            Files.writeString(folder.resolve("certify.txt"), text(time));
            Files.writeString(folder.resolve("certify.json"), JSON.writeValueAsString(json(time)) + "\n");
        } catch (IOException e) {
            throw new Ascend4jException("report in " + folder + " cannot be written: " + FileErrors.reason(e), e);
        }
    }

    private String text(String time) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            out.println("Ascend4J certify " + device + ", " + time);
            out.println();
            DiagnosisTable table = new DiagnosisTable(out);
            diagnosis.rows().forEach(table::row);
            table.verdict(device, diagnosis);
            out.println();
            results.forEach(result -> out.println(line(result)));
            out.println();
            out.println(isPassed() ? "PASSED" : "FAILED");
        }
        return text.toString();
    }

    private ObjectNode json(String time) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", time);
        json.put("passed", isPassed());
        json.set("doctor", DiagnosisJson.of(device, diagnosis));
        for (Result result : results) {
            ObjectNode trial = json.withArray("trials").addObject();
            trial.put("name", result.name());
            trial.put("passed", result.outcome().passed());
            trial.put("summary", result.outcome().summary());
            trial.set("figures", JSON.valueToTree(result.outcome().figures()));
        }
        return json;
    }
}
