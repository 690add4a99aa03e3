package org.ascend4j.distributed;

import java.util.Map;
import org.ascend4j.distributed.Claims.Quantity;

/**
 * The variables of a ModelArts training job, which starts one process in each container.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/develop-modelarts/develop-modelarts-0113.html">its documentation</a>
 */
final class ModelArts {
    static final String HOSTS = "VC_WORKER_HOSTS";
    static final String INDEX = "VC_TASK_INDEX";
    static final String WORKERS = "VC_WORKER_NUM";
    static final String DEVICES = "MA_NUM_GPUS";
    static final String NODES = "MA_NUM_HOSTS";

    private ModelArts() {}

    /** Reads the variables; {@code accelerated} is whether the device is of the kind that MA_NUM_GPUS counts. */
    static void read(Map<String, String> environment, boolean accelerated, Claims claims) {
        String hosts = environment.get(HOSTS);
        if (hosts == null || hosts.isBlank()) {
            return;
        }
        claims.source("ModelArts");
        String[] names = hosts.strip().split("\\s*,\\s*");
        claims.addNumber(Quantity.NODES, WORKERS, environment.get(WORKERS), 1);
        claims.addNumber(Quantity.NODES, NODES, environment.get(NODES), 1);
        claims.add(Quantity.NODES, HOSTS, names.length);
        claims.addNumber(Quantity.NODE, INDEX, environment.get(INDEX), 0);
        claims.firstHost(names[0]);
        String devices = environment.get(DEVICES);
        if (accelerated && devices != null && !devices.isBlank()) {
            claims.devices(Claims.number(DEVICES, devices, 0));
        }
    }
}
