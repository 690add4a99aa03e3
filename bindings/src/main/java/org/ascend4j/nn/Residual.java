package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * The sum of a body and its shortcut, whose names as children are {@code body} and {@code shortcut} (<a href="https://arxiv.org/abs/1512.03385">He et al.,
 * 2015</a>).
 *
 * @since 0.1.0
 */
public final class Residual extends Layer {
    private final Layer body;
    private final Layer shortcut;

    /** Creates {@code x + body(x)}. */
    public Residual(Layer body) {
        this(body, new Identity());
    }

    /** Creates {@code shortcut(x) + body(x)}; if the body works in place, the shortcut receives the modified input. */
    public Residual(Layer body, Layer shortcut) {
        super("Residual");
        this.body = child("body", body);
        this.shortcut = child("shortcut", shortcut);
    }

    @Override
    protected Tensor compute(Tensor input) {
        Tensor change = body.forward(input);
        Tensor kept = shortcut.forward(input);
        Tensor sum = kept.add(change);
        // A layer that works in place returns its input, which the caller owns.
        if (change != input) {
            change.close();
        }
        if (kept != input) {
            kept.close();
        }
        return sum;
    }
}
