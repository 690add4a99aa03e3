package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The places of parameters in a flat buffer.
 *
 * <p>Parameters keep their order, except that members of a joint tensor are neighbours and that those which would push their successors off a 64-byte boundary
 * come first, behind a gap that makes up for them: a backward pass then fills the buffer from its end to its beginning.
 */
final class ParameterOrder {
    private static final int ALIGNMENT = 16;

    /** Parameters that stay together. */
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
        Map<Tensor, Unit> jointUnits = new IdentityHashMap<>();
        for (JointTensor joint : joints) {
            Unit unit = new Unit(new ArrayList<>(), joint);
            joint.members().forEach(member -> jointUnits.put(member, unit));
        }
        List<Unit> units = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : named.entrySet()) {
            checkType(entry);
            Unit unit = jointUnits.get(entry.getValue());
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

    private static void checkType(Map.Entry<String, Tensor> entry) {
        ScalarType type = entry.getValue().scalar_type().intern();
        if (type != ScalarType.Float) {
            throw new Ascend4jException("parameter " + entry.getKey() + " expects fp32, found " + type);
        }
    }
}
