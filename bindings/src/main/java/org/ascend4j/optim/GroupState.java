package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.bytedeco.pytorch.Tensor;

/** An optimiser's state for one group: buffers as long as the flat parameters, a step count per parameter, and the current gradients. */
final class GroupState {
    /** Parameters {@code from} to {@code to} (exclusive) with their gradients as one tensor. */
    private record Run(int from, int to, Tensor gradient) {}

    private final ParameterGroup group;
    private final FlatParameters parameters;
    private final boolean packed;
    private final Tensor[] buffers;
    private final Tensor[][] views;
    private final long[] steps;
    private BitSet used = new BitSet();
    private List<Run> runs;

    GroupState(ParameterGroup group, boolean packed, int buffers) {
        this.group = group;
        this.parameters = group.parameters();
        this.packed = packed;
        this.buffers = new Tensor[buffers];
        this.views = new Tensor[buffers][parameters.size()];
        this.steps = new long[parameters.size()];
    }

    ParameterGroup group() {
        return group;
    }

    long[] steps() {
        return steps;
    }

    /** Returns the number of steps of the parameters that took part in the last one, which must be equal. */
    long step() {
        long[] counts = used.stream().mapToLong(i -> steps[i]).distinct().toArray();
        if (counts.length > 1) {
            throw new Ascend4jException("a recorded update expects parameters with equal numbers of steps, found "
                    + Arrays.toString(counts));
        }
        return counts.length == 0 ? 0 : counts[0];
    }

    /** Returns the flat buffer, which initially contains zeros. */
    Tensor buffer(int index) {
        if (buffers[index] == null) {
            buffers[index] = parameters.zeros();
        }
        return buffers[index];
    }

    /** Returns a parameter's view of a buffer. */
    Tensor view(int index, int parameter) {
        if (views[index][parameter] == null) {
            views[index][parameter] = parameters.view(buffer(index), parameter).retainReference();
        }
        return views[index][parameter];
    }

    boolean gathered() {
        return runs != null;
    }

    /** Returns the parameters that currently have gradients. */
    BitSet defined() {
        BitSet defined = new BitSet();
        for (int i = 0; i < parameters.size(); i++) {
            defined.set(i, parameters.hasGradient(i));
        }
        return defined;
    }

    /** Returns the parameters that took part in the last step. */
    BitSet used() {
        return used;
    }

    /** Gathers the gradients of the parameters in {@code defined}: neighbours with equal step counts share a run of the flat buffer. */
    void gather(BitSet defined) {
        used = defined;
        runs = new ArrayList<>();
        for (int from = defined.nextSetBit(0); from >= 0; ) {
            int to = from + 1;
            while (packed && defined.get(to) && steps[to] == steps[from]) {
                to++;
            }
            Tensor gradient = packed ? parameters.pack(from, to) : parameters.gradient(from);
            runs.add(new Run(from, to, gradient.retainReference()));
            from = defined.nextSetBit(to);
        }
    }

    List<Tensor> gradients() {
        return runs.stream().map(Run::gradient).toList();
    }

    /** Returns the slices of the gathered gradients, with the first {@code count} buffers. */
    List<Slice> slices(int count) {
        List<Slice> slices = new ArrayList<>(runs.size());
        for (Run run : runs) {
            Tensor[] state = new Tensor[count];
            for (int k = 0; k < count; k++) {
                state[k] = packed ? parameters.range(buffer(k), run.from, run.to) : view(k, run.from);
            }
            Tensor value =
                    packed ? parameters.range(parameters.values(), run.from, run.to) : parameters.parameter(run.from);
            slices.add(new Slice(value, run.gradient, state, steps[run.from]));
        }
        return slices;
    }

    /** Increments the step counts of the gathered parameters and releases their gradients. */
    void advance() {
        count();
        release();
    }

    /** Increments the step counts of the parameters that were gathered last. */
    void count() {
        used.stream().forEach(i -> steps[i]++);
    }

    /** Releases the gathered gradients. */
    void release() {
        if (runs != null) {
            runs.forEach(run -> run.gradient.close());
            runs = null;
        }
    }

    void close() {
        release();
        for (int k = 0; k < buffers.length; k++) {
            for (Tensor view : views[k]) {
                if (view != null) {
                    view.close();
                }
            }
            if (buffers[k] != null) {
                buffers[k].close();
            }
        }
    }
}
