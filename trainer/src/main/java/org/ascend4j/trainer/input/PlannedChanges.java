package org.ascend4j.trainer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Changes that are applied one after the other, with the choices for an epoch. */
final class PlannedChanges implements AutoCloseable {
    private final List<PlannedChange> changes;
    private final List<Tensor> choices = new ArrayList<>();

    /** Takes ownership of the changes. */
    PlannedChanges(List<PlannedChange> changes) {
        this.changes = changes;
    }

    /** Uploads a plan to new memory. */
    void start(EpochPlan plan) {
        try (PointerScope scope = new PointerScope()) {
            for (PlannedChange change : changes) {
                choices.add(change.choices(plan).retainReference());
            }
        }
    }

    /** Uploads a plan of at most {@code most} images to memory that stays in its place from the first call on. */
    void load(EpochPlan plan, int most) {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < changes.size(); i++) {
                Tensor next = changes.get(i).choices(plan);
                if (choices.size() == i) {
                    choices.add(torch.zeros(new long[] {next.size(0), most}, next.options())
                            .retainReference());
                }
                choices.get(i).narrow(1, 0, plan.size()).copy_(next);
            }
        }
    }

    /** Returns changed images, for which {@code pick} selects the choices of their positions. */
    Tensor apply(Tensor images, UnaryOperator<Tensor> pick) {
        Tensor changed = images;
        for (int i = 0; i < changes.size(); i++) {
            changed = changes.get(i).apply(changed, pick.apply(choices.get(i)));
        }
        return changed;
    }

    @Override
    public void close() {
        changes.forEach(PlannedChange::close);
        choices.forEach(Tensor::close);
    }
}
