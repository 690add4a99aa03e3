package org.ascend4j.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.amp.GradScaler;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.Schedule;
import org.ascend4j.state.CheckpointFile;
import org.ascend4j.state.FiniteValues;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A loop's state in a checkpoint file: tensors under {@code model.}, {@code optimizer.}, {@code schedule.}, {@code grad_scaler.} and {@code random.}. */
final class SavedState {
    private static final String STEPS = "steps";
    private static final String OPTIMIZER_TYPE = "optimizer";
    private static final String MODEL = "model.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String GROUP = "steps.";
    private static final String SCHEDULE = "schedule.";
    private static final String SCALER = "grad_scaler.";
    private static final String HOST_RANDOM = "random.host";
    private static final String DEVICE_RANDOM = "random.device.";

    private final DeviceBackend device;
    private final Layer model;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final GradScaler scaler;

    SavedState(DeviceBackend device, Layer model, Optimizer optimizer, Schedule schedule, GradScaler scaler) {
        this.device = device;
        this.model = model;
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.scaler = scaler;
    }

    private String optimizerType() {
        return optimizer.getClass().getSimpleName();
    }

    void write(Path file, long steps) {
        FiniteValues.require(model.stateDict());
        try (PointerScope scope = new PointerScope();
                Generator host = torch.getDefaultCPUGenerator()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            put(tensors, MODEL, model.stateDict());
            put(tensors, OPTIMIZER, optimizer.stateDict());
            put(tensors, SCHEDULE, schedule.stateDict());
            if (scaler != null) {
                put(tensors, SCALER, scaler.stateDict());
            }
            tensors.put(HOST_RANDOM, host.get_state());
            if (!device.isHost()) {
                tensors.put(DEVICE_RANDOM + device.spec().kind().torchName(), device.generatorState());
            }
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put(STEPS, steps).put(OPTIMIZER_TYPE, optimizerType());
            CheckpointFile.write(file, tensors, json.toString(), null);
        }
    }

    private static void put(Map<String, Tensor> tensors, String prefix, StateDict state) {
        state.entries().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    }

    /** Restores the whole state and returns the number of completed steps. */
    long read(Path file) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Generator host = torch.getDefaultCPUGenerator()) {
            CheckpointFile.Checkpoint content = CheckpointFile.read(file);
            StateDict tensors = content.tensors();
            JsonNode json = json(file, content.json());
            StateDict optimizerState = part(tensors, OPTIMIZER);
            StateDict modelState = part(tensors, MODEL);
            requireSameModel(file, modelState);
            requireSameOptimizer(file, json.path(OPTIMIZER_TYPE).asText(optimizerType()), optimizerState);
            model.stateDict().entries().forEach((name, tensor) -> tensor.copy_(modelState.get(name)));
            optimizer.loadStateDict(optimizerState);
            schedule.loadStateDict(part(tensors, SCHEDULE));
            StateDict scale = part(tensors, SCALER);
            // A file of another precision has no scale; the scale then keeps its initial value.
            if (scaler != null && !scale.entries().isEmpty()) {
                scaler.loadStateDict(scale);
            }
            host.set_state(tensors.get(HOST_RANDOM));
            Tensor random = tensors.get(DEVICE_RANDOM + device.spec().kind().torchName());
            if (random != null) {
                device.setGeneratorState(random);
            }
            return json.get(STEPS).asLong();
        }
    }

    /** Checks the optimiser's type. Files written by older versions have no type; their state must still have the same tensors. */
    private void requireSameOptimizer(Path file, String type, StateDict state) {
        if (!type.equals(optimizerType())) {
            throw new Ascend4jException(
                    file + " expects the optimiser that it was written with, " + type + ", found " + optimizerType());
        }
        Map<String, List<Long>> expected = groups(state);
        Map<String, List<Long>> found = groups(optimizer.stateDict());
        if (!expected.equals(found)) {
            throw new Ascend4jException(file + " expects the groups of parameters that it was written with, of "
                    + sizes(expected) + " parameters, found groups of " + sizes(found));
        }
        if (!state.entries().keySet().equals(optimizer.stateDict().entries().keySet())) {
            throw new Ascend4jException(file + " expects the optimiser that it was written with, found one that keeps "
                    + (state.entries().size() > optimizer.stateDict().entries().size() ? "less" : "more")
                    + " for each parameter; set the same momentum");
        }
    }

    /** Returns the step counts of each group, one per parameter. */
    private static Map<String, List<Long>> groups(StateDict state) {
        Map<String, List<Long>> groups = new TreeMap<>();
        state.entries().forEach((name, tensor) -> {
            if (name.startsWith(GROUP)) {
                groups.put(name, shape(tensor));
            }
        });
        return groups;
    }

    private static String sizes(Map<String, List<Long>> groups) {
        return groups.values().stream().map(shape -> shape.get(0).toString()).collect(Collectors.joining(" and "));
    }

    private static JsonNode json(Path file, String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (json.path(STEPS).canConvertToLong()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Reported below.
        }
        throw new Ascend4jException(file + " expects the checkpoint of a training loop, found another one");
    }

    private static StateDict part(StateDict tensors, String prefix) {
        StateDict part = new StateDict();
        tensors.entries().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    private void requireSameModel(Path file, StateDict found) {
        Map<String, Tensor> own = model.stateDict().entries();
        if (!own.keySet().equals(found.entries().keySet())) {
            throw new Ascend4jException(file + " expects the model that it was written with, of "
                    + found.entries().keySet() + ", found one of " + own.keySet());
        }
        own.forEach((name, tensor) -> {
            Tensor value = found.get(name);
            if (!shape(tensor).equals(shape(value))) {
                throw new Ascend4jException(file + " expects the model that it was written with, where " + name + " is "
                        + shape(value) + ", found " + shape(tensor));
            }
        });
    }

    private static List<Long> shape(Tensor tensor) {
        return LongStream.range(0, tensor.dim()).mapToObj(tensor::size).toList();
    }
}
