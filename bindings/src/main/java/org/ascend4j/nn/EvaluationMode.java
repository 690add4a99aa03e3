package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;

/**
 * Puts a whole tree into evaluation mode; closing it restores the previous mode of each module, including the presets' modules.
 *
 * @since 0.1.0
 */
public final class EvaluationMode implements AutoCloseable {
    private final Layer root;
    private final List<Boolean> training = new ArrayList<>();

    /** Puts the tree into evaluation mode. */
    public EvaluationMode(Layer root) {
        this.root = root;
        try (PointerScope scope = new PointerScope()) {
            modules().forEach(module -> training.add(module.is_training()));
        }
        root.train(false);
    }

    @Override
    public void close() {
        root.train(training.get(0));
        try (PointerScope scope = new PointerScope()) {
            List<Module> modules = modules();
            // A module precedes its descendants, because its own call changes their modes as well.
            for (int i = 1; i < modules.size(); i++) {
                if (modules.get(i).is_training() != training.get(i)) {
                    modules.get(i).train(training.get(i));
                }
            }
        }
    }

    private List<Module> modules() {
        List<Module> modules = new ArrayList<>(List.of(root));
        modules.addAll(List.of(root.modules(false).get()));
        return modules;
    }
}
