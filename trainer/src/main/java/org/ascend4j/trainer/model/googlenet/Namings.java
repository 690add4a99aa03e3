package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.Ascend4jException;
import org.ascend4j.state.StateDict;

/** GoogLeNet's weights in the naming schemes of both tutorials; weights of another network are rejected. */
final class Namings {
    private Namings() {}

    static StateDict ascend(StateDict state) {
        return checked("ascend", ParameterNames.toArticle(state), "stage1.0.weight");
    }

    static StateDict fashion(StateDict state) {
        StateDict renamed = checked("fashion", ParameterNames.toText000(state), "conv1.0.weight");
        if (renamed.entries().keySet().stream().anyMatch(name -> name.startsWith("stage"))) {
            throw new Ascend4jException("names of fashion expect a network without batch norm, found one with it");
        }
        return renamed;
    }

    /** torchvision's GoogLeNet is another network, whose weights already have its names. */
    static StateDict torchvision(StateDict state) {
        return checked("torchvision", state, "inception3a.branch1.conv.weight");
    }

    private static StateDict checked(String naming, StateDict state, String expected) {
        if (state.get(expected) == null) {
            throw new Ascend4jException(
                    "names of " + naming + " expect the weights of that network, found none that is its " + expected);
        }
        return state;
    }
}
