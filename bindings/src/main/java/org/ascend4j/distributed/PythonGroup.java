package org.ascend4j.distributed;

import java.time.Duration;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.nativelib.distributed.KeyValueStore;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.ascend4j.nativelib.python.PythonException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process group that the presets lack: HCCL of torch_npu's wheel, or NCCL of torch's CUDA build. The torch home's Python creates it, and Java uses it by its
 * name.
 */
final class PythonGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PythonGroup.class);

    /** The watchdog's additional time. It is a little longer than HCCL's own time-out, whose error is more informative than that of torch_npu's watchdog. */
    private static final Duration WATCHDOG_MARGIN = Duration.ofSeconds(70);

    private final String name;

    private PythonGroup(String name) {
        this.name = name;
    }

    /**
     * Connects the ranks' NPUs.
     *
     * @param networkInterface the interface towards the other hosts; empty if there are none
     */
    static PythonGroup hccl(Rank rank, Duration timeout, String networkInterface) {
        if (!EmbeddedPython.isStarted()) {
            throw new Ascend4jException(
                    "several NPUs expect torch_npu's wheel, found libtorch_npu without Python; set --npu-runtime wheel");
        }
        try {
            EmbeddedPython.run("import torch_npu\n");
            return join(code(
                    "hccl", rank, timeout.plus(WATCHDOG_MARGIN), HcclSettings.defaults(timeout, networkInterface)));
        } catch (PythonException e) {
            throw NpuProblem.explain(e);
        }
    }

    /** Connects the ranks' GPUs. */
    static PythonGroup nccl(Rank rank, Duration timeout, String networkInterface) {
        try {
            return join(code(
                    "nccl",
                    rank,
                    timeout,
                    networkInterface.isEmpty() ? Map.of() : Map.of("NCCL_SOCKET_IFNAME", "=" + networkInterface)));
        } catch (PythonException e) {
            throw new Ascend4jException(
                    "several GPUs expect NCCL to connect them, found: " + e.summary()
                            + "; set NCCL_DEBUG=INFO to see more, and NCCL_SOCKET_IFNAME to the interface that leads to the others",
                    e);
        }
    }

    private static PythonGroup join(String code) {
        EmbeddedPython.run(code);
        return new PythonGroup(EmbeddedPython.eval("dist.distributed_c10d._get_default_group().group_name"));
    }

    private static String code(String backend, Rank rank, Duration limit, Map<String, String> settings) {
        return code(backend, rank, limit, settings, System.getenv());
    }

    /**
     * Returns the Python code; it uses the store that {@link Rendezvous} opened before, over a separate connection.
     *
     * @param settings variables to set unless they are already set
     * @param environment this process's variables
     */
    static String code(
            String backend, Rank rank, Duration limit, Map<String, String> settings, Map<String, String> environment) {
        StringBuilder code = new StringBuilder("import datetime, os, torch.distributed as dist\n");
        settings.forEach(
                (variable, value) -> code.append("os.environ.setdefault('%s', '%s')\n".formatted(variable, value)));
        return code.append("limit = datetime.timedelta(seconds=%d)\n".formatted(limit.toSeconds()))
                .append(store(rank.topology(), environment))
                .append("store.set_timeout(limit)\n")
                .append("store = dist.PrefixStore('%s/%s', store)\n".formatted(Rendezvous.prefix(environment), backend))
                .append("dist.init_process_group('%s', store=store, rank=%d, world_size=%d, timeout=limit)\n"
                        .formatted(backend, rank.number(), rank.size()))
                .toString();
    }

    private static String store(Topology topology, Map<String, String> environment) {
        return environment.containsKey(MeetingFile.VARIABLE)
                ? "store = dist.FileStore(os.environ['%s'], %d)\n"
                        .formatted(MeetingFile.VARIABLE, KeyValueStore.ANY_NUMBER)
                : "store = dist.TCPStore('%s', %d, is_master=False, timeout=limit)\n"
                        .formatted(topology.masterAddress(), topology.masterPort());
    }

    String name() {
        return name;
    }

    /**
     * Leaves a group that has lost a rank without destroying it: a collective may still wait for that rank, and its communicator must stay valid.
     *
     * <p>The group's watchdog thread then outlives the libraries that it uses when the process exits, and would abort it; so the process ends without waiting
     * for these threads.
     */
    void abandon() {
        Thread hook = new Thread(() -> EmbeddedPython.run("import os\nos._exit(1)\n"), "end at once");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending already", e);
        }
    }

    @Override
    public void close() {
        EmbeddedPython.run("dist.destroy_process_group()\n");
    }
}
