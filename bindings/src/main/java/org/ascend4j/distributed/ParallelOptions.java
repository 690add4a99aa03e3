package org.ascend4j.distributed;

import org.ascend4j.distributed.Claims.Quantity;

/**
 * What a user says about the ranks; null for what the environment is to tell.
 *
 * @param localSize ranks on each node ({@code --nproc})
 * @param nodes hosts ({@code --nnodes})
 * @param node which of them this is ({@code --node-rank})
 * @param masterAddress of node 0 ({@code --master-addr})
 * @param masterPort of node 0 ({@code --master-port})
 */
public record ParallelOptions(
        Integer localSize, Integer nodes, Integer node, String masterAddress, Integer masterPort) {
    /** Says nothing. */
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
