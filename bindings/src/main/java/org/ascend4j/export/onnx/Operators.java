package org.ascend4j.export.onnx;

import java.util.HashMap;
import java.util.Map;

/** The converters of torch's operators by their qualified names. */
final class Operators {
    private static final Map<String, Converter> ALL = new HashMap<>();

    static {
        Convolutions.addTo(ALL);
        Poolings.addTo(ALL);
        AdaptivePoolings.addTo(ALL);
        Normalisations.addTo(ALL);
        Activations.addTo(ALL);
        Arithmetic.addTo(ALL);
        Products.addTo(ALL);
        Reductions.addTo(ALL);
        Layouts.addTo(ALL);
        Selections.addTo(ALL);
        Recurrences.addTo(ALL);
    }

    private Operators() {}

    /** Returns the converter of an operator, or null if there is none; an in-place operator uses the converter of its out-of-place form. */
    static Converter find(String kind) {
        Converter converter = ALL.get(kind);
        return converter == null && kind.endsWith("_") ? ALL.get(kind.substring(0, kind.length() - 1)) : converter;
    }
}
