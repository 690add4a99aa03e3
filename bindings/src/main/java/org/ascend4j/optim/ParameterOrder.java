package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The positions of parameters in a flat buffer.
 *
 * <p>Parameters keep their order, with two exceptions: members of a joint tensor are adjacent, and parameters whose size would misalign their successors (64
 * bytes) come first, after a gap that makes up for them. A backward pass then fills the buffer from its end to its beginning.
 */
final class ParameterOrder {
    private static final int ALIGNMENT = 16;

    /** Parameters that stay adjacent. */
    private record Unit(List<Map.Entry<String, Tensor>> entries, JointTensor joint) {
        long size() {
            return entries.stream().mapToLong(entry -> entry.getValue().numel()).sum();
        }
    }

    private ParameterOrder() {}

    static List<FlatParameter> of(Map<String, Tensor> named, Layout layout, List<JointTensor> joints) {
        if (named.isEmpty()) {
            throw new Ascend4jException("a parameter group expects at least one parameter, found none");
        }
        List<Unit> units = units(named, joints);
        units.sort(Comparator.comparing(unit -> unit.size() % ALIGNMENT == 0));
        List<FlatParameter> parameters = new ArrayList<>();
        long offset = -units.stream().mapToLong(Unit::size).sum() & (ALIGNMENT - 1);
        for (Unit unit : units) {
            long row = 0;
            for (Map.Entry<String, Tensor> entry : unit.entries) {
                Tensor tensor = entry.getValue();
                FlatParameter parameter = FlatParameter.of(entry.getKey(), tensor, offset, layout, unit.joint, row);
                parameters.add(parameter);
                offset = parameter.end();
                row += unit.joint == null ? 0 : tensor.size(0);
            }
        }
        return List.copyOf(parameters);
    }

    private static List<Unit> units(Map<String, Tensor> named, List<JointTensor> joints) {
        Map<Long, Unit> jointUnits = new HashMap<>();
        for (JointTensor joint : joints) {
            Unit unit = new Unit(new ArrayList<>(), joint);
            joint.members().forEach(member -> jointUnits.put(DistinctTensors.identity(member), unit));
        }
        List<Unit> units = new ArrayList<>();
        Map<String, Tensor> distinct = DistinctTensors.of(named);
        ScalarType type = distinct.values().iterator().next().scalar_type().intern();
        Map<Long, String> memory = new HashMap<>();
        for (Map.Entry<String, Tensor> entry : distinct.entrySet()) {
            checkType(entry, type);
            checkMemory(entry, memory);
            Unit unit = jointUnits.get(DistinctTensors.identity(entry.getValue()));
            if (unit == null) {
                units.add(new Unit(List.of(entry), null));
            } else {
                if (unit.entries.isEmpty()) {
                    units.add(unit);
                }
                unit.entries.add(entry);
            }
        }
        return units;
    }

    private static void checkType(Map.Entry<String, Tensor> entry, ScalarType expected) {
        ScalarType type = entry.getValue().scalar_type().intern();
        if (type != expected) {
            throw new Ascend4jException(
                    "parameter " + entry.getKey() + " expects the type of the others in its buffer, " + expected
                            + ", found " + type + "; put parameters of each type into a group of their own");
        }
    }

    /** Rejects tensors that share memory: each parameter gets its own place in the buffer, which would silently separate them. */
    private static void checkMemory(Map.Entry<String, Tensor> entry, Map<Long, String> seen) {
        String other = seen.put(entry.getValue().data_ptr().address(), entry.getKey());
        if (other != null && entry.getValue().numel() > 0) {
            throw new Ascend4jException(
                    "parameters " + other + " and " + entry.getKey() + " expect memory of their own,"
                            + " found two tensors in one; register one tensor under both names to tie them");
        }
    }
}
