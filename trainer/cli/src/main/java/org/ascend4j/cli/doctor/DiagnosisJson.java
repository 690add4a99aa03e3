package org.ascend4j.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Formats results as JSON, with the same content as the table. */
public final class DiagnosisJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DiagnosisJson() {}

    /**
     * Returns {@code {"device", "healthy", "checks": [{"name", "status", "found", "remedy"}], "problem"}}; problem is
     * null if the device is healthy.
     */
    public static ObjectNode of(String device, Diagnosis diagnosis) {
        ObjectNode json = JSON.createObjectNode();
        json.put("device", device);
        json.put("healthy", diagnosis.isHealthy());
        diagnosis.rows().forEach(row -> json.withArray("checks").add(node(row)));
        json.set("problem", diagnosis.firstProblem().map(DiagnosisJson::node).orElse(null));
        return json;
    }

    private static ObjectNode node(Row row) {
        return JSON.createObjectNode()
                .put("name", row.name())
                .put("status", row.finding().status().label())
                .put("found", row.finding().found())
                .put("remedy", row.finding().remedy());
    }
}
