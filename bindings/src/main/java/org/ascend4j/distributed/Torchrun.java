package org.ascend4j.distributed;

import java.util.Arrays;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.distributed.Claims.Quantity;

/**
 * Reads the variables of torchrun, and of Ascend's operator for MindCluster and Volcano, which gives some of them another meaning.
 *
 * <p>With torchrun, RANK and LOCAL_RANK are those of the process; see <a href="https://docs.pytorch.org/docs/2.7/elastic/run.html#environment-variables">its
 * documentation</a>. Ascend's operator starts one process per node: RANK is the node's index and LOCAL_RANK a list such as {@code {0,1,2,3}}; see <a
 * href="https://www.hiascend.com/doc_center/source/zh/mindx-dl/60rc1/clusterscheduling/rtug/dl_resume_078.html">its documentation</a>.
 */
final class Torchrun {
    static final String RANK = "RANK";
    static final String WORLD_SIZE = "WORLD_SIZE";
    static final String LOCAL_RANK = "LOCAL_RANK";
    static final String LOCAL_WORLD_SIZE = "LOCAL_WORLD_SIZE";
    static final String MASTER_ADDR = "MASTER_ADDR";
    static final String MASTER_PORT = "MASTER_PORT";
    static final String GROUP_RANK = "GROUP_RANK";

    /** A variable of our own: the source from which this rank's launcher took the topology. */
    static final String SOURCE = "ASCEND4J_TOPOLOGY";

    private Torchrun() {}

    static void read(Map<String, String> environment, Claims claims) {
        String address = environment.get(MASTER_ADDR);
        if (address != null && !address.isBlank()) {
            claims.add(Quantity.MASTER_ADDRESS, MASTER_ADDR, address.strip());
        }
        claims.addNumber(Quantity.MASTER_PORT, MASTER_PORT, environment.get(MASTER_PORT), 1);
        String rank = environment.get(RANK);
        if (rank == null || rank.isBlank()) {
            return;
        }
        claims.addNumber(Quantity.SIZE, WORLD_SIZE, environment.get(WORLD_SIZE), 1);
        claims.addNumber(Quantity.LOCAL_SIZE, LOCAL_WORLD_SIZE, environment.get(LOCAL_WORLD_SIZE), 1);
        String local = environment.get(LOCAL_RANK);
        if (local == null || local.isBlank()) {
            throw new Ascend4jException(
                    "RANK expects LOCAL_RANK beside it, found none; set the rank of this process on its node (torchrun"
                            + " does), or unset RANK");
        }
        if (isList(local)) {
            claims.source("MindCluster");
            claims.addNumber(Quantity.NODE, RANK, rank, 0);
            int listed =
                    (int) Arrays.stream(local.replaceAll("[{}\\[\\]\\s]", "").split(","))
                            .filter(entry -> !entry.isEmpty())
                            .count();
            claims.add(Quantity.LOCAL_SIZE, LOCAL_RANK, listed);
        } else {
            claims.source("torchrun");
            claims.launchedFrom(environment.get(SOURCE));
            claims.addNumber(Quantity.RANK, RANK, rank, 0);
            claims.addNumber(Quantity.LOCAL_RANK, LOCAL_RANK, local, 0);
            claims.addNumber(Quantity.NODE, GROUP_RANK, environment.get(GROUP_RANK), 0);
        }
    }

    private static boolean isList(String local) {
        return local.contains(",") || local.contains("{") || local.contains("[");
    }
}
