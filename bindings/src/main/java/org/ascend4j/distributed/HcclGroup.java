package org.ascend4j.distributed;

import java.time.Duration;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.ascend4j.nativelib.python.PythonException;

/** The process group of torch_npu's wheel, made by Python and used by its name. */
final class HcclGroup implements AutoCloseable {
    private static final Duration WATCHDOG_MARGIN = Duration.ofSeconds(70);

    private final String name;

    private HcclGroup(String name) {
        this.name = name;
    }

    /** Joins the ranks; the store is the one that {@link Rendezvous} has opened before. */
    static HcclGroup join(Rank rank, Duration timeout) {
        if (!EmbeddedPython.isStarted()) {
            throw new Ascend4jException(
                    "several NPUs expect torch_npu's wheel, found libtorch_npu without Python; set --npu-runtime wheel");
        }
        Topology topology = rank.topology();
        StringBuilder code = new StringBuilder("import datetime, os, torch, torch_npu, torch.distributed as dist\n");
        HcclSettings.defaults(timeout)
                .forEach((variable, value) ->
                        code.append("os.environ.setdefault('%s', '%s')\n".formatted(variable, value)));
        // Its own connection to the store that is there already.
        // A little more than HCCL's own time-out, which tells more than torch_npu's watchdog.
        code.append("limit = datetime.timedelta(seconds=%d)\n"
                        .formatted(timeout.plus(WATCHDOG_MARGIN).toSeconds()))
                .append("store = dist.TCPStore('%s', %d, is_master=False, timeout=limit)\n"
                        .formatted(topology.masterAddress(), topology.masterPort()))
                .append("prefix = 'ascend4j/hccl/' + os.environ.get('TORCHELASTIC_RESTART_COUNT', '0')\n")
                .append(
                        ("dist.init_process_group('hccl', store=dist.PrefixStore(prefix, store), rank=%d, world_size=%d,"
                                        + " timeout=limit)\n")
                                .formatted(rank.number(), rank.size()));
        try {
            EmbeddedPython.run(code.toString());
            return new HcclGroup(EmbeddedPython.eval("dist.distributed_c10d._get_default_group().group_name"));
        } catch (PythonException e) {
            throw NpuProblem.explain(e);
        }
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        EmbeddedPython.run("dist.destroy_process_group()\n");
    }
}
