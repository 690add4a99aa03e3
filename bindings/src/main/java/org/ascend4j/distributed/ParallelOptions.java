package org.ascend4j.distributed;

import org.ascend4j.distributed.Claims.Quantity;

/**
 * The user's options for the ranks; null for values that the environment provides.
 *
 * @param localSize the number of ranks on each node ({@code --nproc})
 * @param nodes the number of hosts ({@code --nnodes})
 * @param node the index of this host ({@code --node-rank})
 * @param masterAddress the address of node 0 ({@code --master-addr})
 * @param masterPort the port on node 0 ({@code --master-port})
 * @since 0.1.0
 */
public record ParallelOptions(
        Integer localSize, Integer nodes, Integer node, String masterAddress, Integer masterPort) {
    /** No options. */
    public static final ParallelOptions NONE = new ParallelOptions(null, null, null, null, null);

    void read(Claims claims) {
        add(claims, Quantity.LOCAL_SIZE, "--nproc", localSize);
        add(claims, Quantity.NODES, "--nnodes", nodes);
        add(claims, Quantity.NODE, "--node-rank", node);
        add(claims, Quantity.MASTER_ADDRESS, "--master-addr", masterAddress);
        add(claims, Quantity.MASTER_PORT, "--master-port", masterPort);
        if (localSize != null || nodes != null) {
            claims.source(localSize != null ? "--nproc" : "--nnodes");
        }
    }

    private static void add(Claims claims, Quantity quantity, String option, Object value) {
        if (value != null) {
            claims.add(quantity, option, value);
        }
    }
}
