package org.ascend4j.trainer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Changes that are applied one after the other, with the choices for an epoch. */
final class PlannedChanges implements AutoCloseable {
    private final List<PlannedChange> changes;
    private final List<Tensor> choices = new ArrayList<>();

    /** Takes ownership of the changes. */
    PlannedChanges(List<PlannedChange> changes) {
        this.changes = changes;
    }

    /** Allocates memory for the plans of at most {@code images} images, which stays in its place. */
    void reserve(int images) {
        try (PointerScope scope = new PointerScope()) {
            for (PlannedChange change : changes) {
                choices.add(change.reserve(images).retainReference());
            }
        }
    }

    /** Uploads a plan to new memory. */
    void start(EpochPlan plan) {
        try (PointerScope scope = new PointerScope()) {
            for (PlannedChange change : changes) {
                choices.add(change.choices(plan).retainReference());
            }
        }
    }

    /** Uploads a plan to the reserved memory. */
    void load(EpochPlan plan) {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < changes.size(); i++) {
                choices.get(i).narrow(1, 0, plan.size()).copy_(changes.get(i).choices(plan));
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
