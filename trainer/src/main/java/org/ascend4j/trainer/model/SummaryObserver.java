package org.ascend4j.trainer.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.nn.ForwardObserver;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/** Records the output of each layer of a forward pass, its multiply-adds, and the memory that outputs take. */
final class SummaryObserver implements ForwardObserver {
    private final Map<Layer, List<Long>> outputs = new IdentityHashMap<>();
    private final Map<Layer, Long> multiplyAdds = new IdentityHashMap<>();
    private final Deque<Frame> running = new ArrayDeque<>();
    private long activationBytes;

    /** A layer that is being computed, with the totals of the layers below it so far. */
    private static final class Frame {
        private long multiplyAdds;
        private long lastOutput;
    }

    @Override
    public void before(Layer layer, Tensor input) {
        running.push(new Frame());
    }

    @Override
    public void after(Layer layer, Tensor input, Tensor output) {
        Frame frame = running.pop();
        long work = frame.multiplyAdds + layer.multiplyAdds(output);
        long address = output.data_ptr().address();
        // An in-place result takes no further memory, nor does the output of the last inner layer.
        if (address != input.data_ptr().address() && address != frame.lastOutput) {
            activationBytes += output.nbytes();
        }
        outputs.put(layer, ModelSummary.shape(output));
        multiplyAdds.put(layer, work);
        if (!running.isEmpty()) {
            running.peek().multiplyAdds += work;
            running.peek().lastOutput = address;
        }
    }

    List<Long> output(Layer layer) {
        return outputs.getOrDefault(layer, List.of());
    }

    long multiplyAdds(Layer layer) {
        return multiplyAdds.getOrDefault(layer, 0L);
    }

    long activationBytes() {
        return activationBytes;
    }
}
