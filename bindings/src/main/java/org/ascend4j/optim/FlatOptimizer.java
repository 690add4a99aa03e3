package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.runtime.Team;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The common part of optimisers over flat parameters: gathering gradients, counting steps, and state by name. */
abstract class FlatOptimizer implements Optimizer {
    private static final String STEPS = "steps.";
    private static final String OWNER = "optimiser";

    private final List<ParameterGroup> groups;
    private final List<GroupState> states;
    private final UpdateRule rule;
    private final List<String> bufferNames;
    private Tensor skipped;
    private Team team;
    private boolean ownsParameters;

    FlatOptimizer(List<ParameterGroup> groups, UpdatePath path, UpdateRule rule, List<String> bufferNames) {
        this.rule = rule;
        this.groups = List.copyOf(groups);
        this.bufferNames = bufferNames;
        this.states = this.groups.stream()
                .map(group -> new GroupState(group, path.packed(), bufferNames.size()))
                .toList();
        requireDistinct();
    }

    /** Rejects a parameter that is in two groups: it would be updated twice. */
    private void requireDistinct() {
        Map<Long, String> seen = new HashMap<>();
        for (ParameterGroup group : groups) {
            FlatParameters parameters = group.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                String name = parameters.names().get(i);
                String other = seen.put(DistinctTensors.identity(parameters.parameter(i)), name);
                if (other != null) {
                    throw new Ascend4jException("an optimiser expects each parameter in one group, found " + name
                            + " in two, the other time as " + other);
                }
            }
        }
    }

    /** Makes {@link #close} close the parameters' buffers as well. */
    final void ownParameters() {
        ownsParameters = true;
    }

    /** Returns the number of buffers that the group needs with its current settings. */
    abstract int buffersOf(ParameterGroup group);

    /** Returns whether an update needs the exact number of steps that were not skipped. */
    abstract boolean needsExactSteps();

    @Override
    public List<ParameterGroup> groups() {
        return groups;
    }

    @Override
    public List<Tensor> gradients() {
        gather();
        return states.stream().flatMap(state -> state.gradients().stream()).toList();
    }

    @Override
    public void workWith(Team members) {
        team = members;
    }

    @Override
    public void step() {
        update(null);
    }

    @Override
    public void step(Tensor foundInf) {
        if (skipped == null) {
            skipped = torch.zeros_like(foundInf).retainReference();
        }
        update(foundInf);
    }

    private void update(Tensor foundInf) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            gather();
            SkipGuard guard = skipped == null ? null : guard(foundInf == null ? torch.zeros_like(skipped) : foundInf);
            for (GroupState state : states) {
                List<Slice> slices = state.slices(buffersOf(state.group()));
                if (!slices.isEmpty()) {
                    apply(state.group(), slices, guard);
                }
                state.advance();
            }
        }
    }

    private SkipGuard guard(Tensor foundInf) {
        skipped.add_(foundInf);
        return new SkipGuard(foundInf, skipped);
    }

    final RecordableUpdate recordable(RecordableRule recorded, Tensor foundInf) {
        return new RecordableUpdate() {
            @Override
            public double[][] factors(long steps) {
                return states.stream()
                        .map(state -> recorded.factors(state.group(), state.step() + steps))
                        .toArray(double[][]::new);
            }

            @Override
            public void record(List<Tensor[]> factors) {
                try (PointerScope scope = new PointerScope();
                        NoGradGuard noGrad = new NoGradGuard()) {
                    gather();
                    SkipGuard guard = foundInf == null ? null : guard(foundInf);
                    for (int i = 0; i < states.size(); i++) {
                        GroupState state = states.get(i);
                        recorded.apply(state.group(), factors.get(i), state.slices(buffersOf(state.group())), guard);
                        state.release();
                    }
                }
            }

            @Override
            public void repeated() {
                states.forEach(GroupState::count);
            }
        };
    }

    private void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard) {
        if (team == null || slices.size() < team.size()) {
            rule.apply(group, slices, guard);
            return;
        }
        List<List<Slice>> shares = Team.shares(slices, slice -> slice.value().numel(), team.size());
        team.run(member -> {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                rule.apply(group, shares.get(member), guard);
            }
        });
    }

    private void gather() {
        if (states.get(0).gathered()) {
            return;
        }
        List<BitSet> defined = new ArrayList<>();
        boolean changed = needsExactSteps();
        for (GroupState state : states) {
            defined.add(state.defined());
            changed |= !state.used().equals(defined.get(defined.size() - 1));
        }
        if (changed) {
            settle();
        }
        for (int i = 0; i < states.size(); i++) {
            states.get(i).gather(defined.get(i));
        }
    }

    /** Subtracts the skipped steps, counted on the device, from the counts of the parameters that took part in them. */
    private void settle() {
        if (skipped == null) {
            return;
        }
        long count = (long) skipped.item_float();
        for (GroupState state : states) {
            state.used().stream().forEach(i -> state.steps()[i] -= count);
        }
        skipped.zero_();
    }

    /** Returns the numbers of steps that were not skipped. */
    private long[] settled(GroupState state) {
        long[] steps = state.steps().clone();
        if (skipped != null) {
            long count = (long) skipped.item_float();
            state.used().stream().forEach(i -> steps[i] -= count);
        }
        return steps;
    }

    @Override
    public void zeroGrad() {
        states.forEach(GroupState::release);
        groups.forEach(group -> group.parameters().zeroGradients());
    }

    @Override
    public StateDict stateDict() {
        StateDict dict = new StateDict();
        for (int g = 0; g < states.size(); g++) {
            GroupState state = states.get(g);
            dict.put(STEPS + g, stepsTensor(settled(state)));
            List<String> names = state.group().parameters().names();
            for (int k = 0; k < buffersOf(state.group()); k++) {
                for (int i = 0; i < names.size(); i++) {
                    dict.put(bufferNames.get(k) + "." + names.get(i), state.view(k, i));
                }
            }
        }
        return dict;
    }

    private static Tensor stepsTensor(long[] steps) {
        try (TensorOptions options = new TensorOptions(ScalarType.Long)) {
            Tensor tensor = torch.empty(new long[] {steps.length}, options, null);
            tensor.data_ptr_long().put(steps, 0, steps.length);
            return tensor;
        }
    }

    @Override
    public void loadStateDict(StateDict dict) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            settle();
            for (int g = 0; g < states.size(); g++) {
                GroupState state = states.get(g);
                List<String> names = state.group().parameters().names();
                long[] steps = state.steps();
                dict.require(OWNER, STEPS + g, new long[] {steps.length}, ScalarType.Long)
                        .cpu()
                        .data_ptr_long()
                        .get(steps, 0, steps.length);
                for (int k = 0; k < buffersOf(state.group()); k++) {
                    for (int i = 0; i < names.size(); i++) {
                        Tensor view = state.view(k, i);
                        String name = bufferNames.get(k) + "." + names.get(i);
                        view.copy_(dict.require(OWNER, name, view.shape(), view.scalar_type()));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        states.forEach(GroupState::close);
        if (skipped != null) {
            skipped.close();
        }
        if (ownsParameters) {
            groups.forEach(group -> group.parameters().close());
        }
    }
}
