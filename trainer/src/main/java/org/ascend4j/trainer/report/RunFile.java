package org.ascend4j.trainer.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.Topology;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.checkpoint.RunDescription;

/**
 * Writes {@code run.json}: all resolved settings, versions and the machine.
 *
 * @since 0.1.0
 */
public final class RunFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private RunFile() {}

    /**
     * Writes the file.
     *
     * @param command the words of the command that started the run; empty for a run of another program
     * @param settings the settings of the run besides the recipe, by name
     */
    public static void write(
            Path file,
            List<String> command,
            RunDescription run,
            Map<String, Object> settings,
            DeviceBackend device,
            Topology topology) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (!command.isEmpty()) {
            content.put("command", command);
        }
        content.put("run", run);
        content.put("settings", settings);
        content.put("topology", topology(topology));
        content.put("versions", versions());
        content.put("machine", machine(device));
        try {
            Files.writeString(file, JSON.writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw new Ascend4jException("run file " + file + " cannot be written: " + FileErrors.reason(e), e);
        }
    }

    private static Map<String, Object> topology(Topology topology) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ranks", topology.size());
        map.put("nodes", topology.nodes());
        map.put("ranks_per_node", topology.localSize());
        map.put("master_address", topology.masterAddress());
        map.put("master_port", topology.masterPort());
        map.put("source", topology.source());
        return map;
    }

    private static Map<String, Object> versions() {
        Map<String, Object> map = new LinkedHashMap<>();
        String own = RunFile.class.getPackage().getImplementationVersion();
        map.put("ascend4j", own == null ? "development" : own);
        map.put("java", System.getProperty("java.runtime.version"));
        map.put("presets", TorchRuntime.PRESETS_VERSION);
        List<String> libraries =
                TorchRuntime.libraries().stream().map(Path::toString).toList();
        map.put("libraries", libraries);
        return map;
    }

    private static Map<String, Object> machine(DeviceBackend device) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("device", device.name());
        map.put("processors", Runtime.getRuntime().availableProcessors());
        map.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        map.put("architecture", System.getProperty("os.arch"));
        return map;
    }
}
