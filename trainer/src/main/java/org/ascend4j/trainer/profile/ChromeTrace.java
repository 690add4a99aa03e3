package org.ascend4j.trainer.profile;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.nativelib.profile.OperatorRecording.Run;

/**
 * Chrome's <a href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">trace event
 * format</a>: complete events, with times in microseconds from the first event.
 */
final class ChromeTrace {
    private ChromeTrace() {}

    static void write(Path file, List<Run> runs) {
        long origin = runs.stream().mapToLong(Run::begin).min().orElse(0);
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeArrayFieldStart("traceEvents");
            for (Run run : runs) {
                json.writeStartObject();
                json.writeStringField("ph", "X");
                json.writeStringField("name", run.name());
                json.writeStringField("cat", run.range() ? "phase" : "operator");
                json.writeNumberField("pid", 1);
                json.writeNumberField("tid", run.thread());
                json.writeNumberField("ts", (run.begin() - origin) / 1e3);
                json.writeNumberField("dur", (run.end() - run.begin()) / 1e3);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeEndObject();
        } catch (IOException e) {
            throw new Ascend4jException("profile " + file + " cannot be written: " + FileErrors.reason(e), e);
        }
    }
}
