package org.ascend4j.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.HcclProblems;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.distributed.KeyValueStore;
import org.ascend4j.nativelib.distributed.NamedGroup;
import org.ascend4j.nativelib.distributed.SyncBatchNorm;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Ranks connected by c10d: by gloo on the host, and in addition by HCCL on NPUs or by NCCL on GPUs. */
final class C10dGroup implements RankGroup {
    private static final String NAME = "ascend4j";

    private final Rank rank;
    private final KeyValueStore store;
    private final NamedGroup gloo;
    private final PythonGroup accelerators;
    private final Collectives host;
    private final Collectives device;
    private final PeerWatch watch;
    private int shared;
    private boolean done;

    private C10dGroup(Rank rank, KeyValueStore store, NamedGroup gloo, PythonGroup accelerators, Duration timeout) {
        this.rank = rank;
        this.store = store;
        this.gloo = gloo;
        this.accelerators = accelerators;
        host = new Collectives(gloo.name());
        device = accelerators == null ? host : new Collectives(accelerators.name());
        watch = rank.topology().nodes() == 1 ? null : PeerWatch.start(rank, this::share, timeout);
    }

    static C10dGroup join(Rank rank, DeviceBackend device, Duration timeout) {
        NativeLibrary.missing().ifPresent(reason -> {
            throw new Ascend4jException("several ranks: " + reason);
        });
        Map<String, String> environment = System.getenv();
        KeyValueStore store = Rendezvous.open(rank, timeout, environment);
        NamedGroup gloo = null;
        try (KeyValueStore keys = store.prefixed("gloo")) {
            String network = networkInterface(rank, environment);
            gloo = NamedGroup.gloo(NAME, keys, rank.number(), rank.size(), network, timeout);
            String toOthers = rank.topology().nodes() == 1 ? "" : network;
            PythonGroup accelerators =
                    switch (device.spec().kind()) {
                        case CPU -> null;
                        case CUDA -> PythonGroup.nccl(rank, timeout, toOthers);
                        case NPU -> PythonGroup.hccl(rank, timeout, toOthers);
                    };
            return new C10dGroup(rank, store, gloo, accelerators, timeout);
        } catch (RuntimeException e) {
            if (gloo != null) {
                gloo.close();
            }
            store.close();
            throw e;
        }
    }

    /**
     * Returns GLOO_SOCKET_IFNAME if it is set, else the interface towards node 0. gloo's default is the address of this host's name, which may be unreachable
     * from other hosts.
     */
    private static String networkInterface(Rank rank, Map<String, String> environment) {
        String chosen = environment.get("GLOO_SOCKET_IFNAME");
        return chosen == null || chosen.isBlank()
                ? HostAddresses.interfaceTowards(rank.topology().masterAddress())
                : chosen.split(",")[0];
    }

    @Override
    public Rank rank() {
        return rank;
    }

    @Override
    public GradientSum gradientSum(FlatParameters parameters) {
        return new BucketSum(device.group(), parameters, this::checked);
    }

    @Override
    public void synchronise(Layer model) {
        for (Layer layer : model.tree()) {
            if (layer instanceof BatchNorm norm) {
                norm.normaliseBy(this::normalise);
            }
        }
    }

    private Tensor normalise(
            Tensor input, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon) {
        return translated(
                () -> SyncBatchNorm.forward(input, weight, bias, mean, variance, momentum, epsilon, device.group()));
    }

    @Override
    public void backward(Tensor loss) {
        translated(() -> {
            loss.backward();
            return null;
        });
    }

    @Override
    public void broadcast(Tensor tensor) {
        checked(() -> (tensor.is_cpu() ? host : device).broadcast(tensor));
    }

    @Override
    public double[] sum(double... values) {
        double[] sums = new double[values.length];
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor tensor = torch.empty(new long[] {values.length}, new TensorOptions(ScalarType.Double), null);
            DoublePointer data = tensor.data_ptr_double();
            data.put(values);
            checked(() -> host.sum(tensor));
            data.get(sums);
        }
        return sums;
    }

    /** Gathers by summing rows that are zero except for each rank's own row; the few bytes need no collective of their own. */
    @Override
    public Tensor gather(Tensor tensor) {
        long length = tensor.numel();
        Tensor rows = tensor.new_zeros(rank.size() * length);
        rows.narrow(0, rank.number() * length, length).copy_(tensor.reshape(-1));
        checked(() -> host.sum(rows));
        return rows.view(rank.size(), length);
    }

    @Override
    public String share(String text) {
        String key = "shared/" + shared++;
        if (rank.isFirst()) {
            store.set(key, text);
            return text;
        }
        return store.getText(key);
    }

    @Override
    public void requireEqual(String what, Tensor tensor) {
        String own = checksum(tensor);
        double[] differs = new double[rank.size()];
        differs[rank.number()] = own.equals(share(own)) ? 0 : 1;
        double[] all = sum(differs);
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (all[i] != 0) {
                ranks.add(i);
            }
        }
        if (!ranks.isEmpty()) {
            throw new Ascend4jException(
                    "all ranks expect the same " + what + ", found others than rank 0's on rank(s) " + ranks);
        }
    }

    private static String checksum(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor bytes = tensor.cpu().contiguous();
            BytePointer data = new BytePointer(bytes.data_ptr());
            data.capacity(bytes.nbytes());
            CRC32C sum = new CRC32C();
            sum.update(data.asByteBuffer());
            return Long.toHexString(sum.getValue());
        }
    }

    private void checked(Runnable collective) {
        try {
            collective.run();
        } catch (RuntimeException e) {
            throw explained(e);
        }
    }

    /** Runs a computation that can also fail for reasons other than a lost rank. */
    private <T> T translated(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (RuntimeException e) {
            throw SyncBatchNorm.failed(e) ? explained(e) : e;
        }
    }

    private Ascend4jException explained(RuntimeException e) {
        boolean lost = LostPeer.tells(e);
        // Ranks that never connected have not lost one.
        if (HcclProblems.tells(e) || !lost && NpuProblem.find(e).isPresent()) {
            return NpuProblem.explain(e);
        }
        String who = "rank " + rank.number() + " of " + rank.size() + " on " + HostAddresses.name();
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return lost
                ? new PeerLostException(who + " expects an answer of all ranks, found one lost: " + reason, e)
                : new Ascend4jException(
                        who + " expects to take part in what all ranks compute, found a failure of its own: " + reason
                                + "; set ASCEND4J_LOG=DEBUG for the whole message",
                        e);
    }

    @Override
    public void done() {
        done = true;
        if (watch != null) {
            watch.done();
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (accelerators != null && done) {
            accelerators.close();
        } else if (accelerators != null) {
            accelerators.abandon();
        }
        gloo.close();
        store.close();
    }
}
