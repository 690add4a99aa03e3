package org.ascend4j.distributed;

import org.ascend4j.dispatch.BoxedOperator;
import org.bytedeco.pytorch.Tensor;

/** The in-place collectives of one process group, using torch's functional operators. */
final class Collectives {
    private final String group;
    private final BoxedOperator allReduce = new BoxedOperator("_c10d_functional::all_reduce_", "");
    private final BoxedOperator broadcast = new BoxedOperator("_c10d_functional::broadcast_", "");
    private final BoxedOperator wait = new BoxedOperator("_c10d_functional::wait_tensor", "");

    Collectives(String group) {
        this.group = group;
    }

    /** Returns the name of the process group. */
    String group() {
        return group;
    }

    void sum(Tensor tensor) {
        allReduce.call(tensor, "sum", group);
        wait.call(tensor);
    }

    void broadcast(Tensor tensor) {
        broadcast.call(tensor, 0L, group);
        wait.call(tensor);
    }
}
