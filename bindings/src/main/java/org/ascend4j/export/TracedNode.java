package org.ascend4j.export;

import java.util.List;

/**
 * An operator call in a traced graph.
 *
 * @param kind its qualified name, such as {@code aten::relu}; {@code prim::} for constants and lists
 * @param module the path of the layer that called it; empty for the network itself
 * @param inputs the ids of its arguments, in the order of the operator's schema
 * @param outputs its results
 * @param literal the value of a constant: Boolean, Long, Double, String, {@link BatchMultiple}, a list of them, a tensor, or null for None
 * @since 0.1.0
 */
public record TracedNode(String kind, String module, List<Integer> inputs, List<TracedValue> outputs, Object literal) {
    /** Returns whether this node is a constant. */
    public boolean isConstant() {
        return kind.equals("prim::Constant");
    }

    /** Returns the operator and the place of its call, as part of a sentence. */
    public String description() {
        return kind + (module.isEmpty() ? "" : " of the module " + module);
    }
}
