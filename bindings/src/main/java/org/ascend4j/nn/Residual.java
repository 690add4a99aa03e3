package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** The sum of a body and its shortcut, children {@code body} and {@code shortcut} (<a href="https://arxiv.org/abs/1512.03385">He et al., 2015</a>). */
public final class Residual extends Layer {
    private final Layer body;
    private final Layer shortcut;

    /** Makes {@code x + body(x)}. */
    public Residual(Layer body) {
        this(body, new Identity());
    }

    /** Makes {@code shortcut(x) + body(x)}; neither may work in place on its input. */
    public Residual(Layer body, Layer shortcut) {
        super("Residual");
        this.body = child("body", body);
        this.shortcut = child("shortcut", shortcut);
    }

    @Override
    protected Tensor compute(Tensor input) {
        try (Tensor change = body.forward(input);
                Tensor kept = shortcut.forward(input)) {
            return kept.add(change);
        }
    }
}
