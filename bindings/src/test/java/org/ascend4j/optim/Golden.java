package org.ascend4j.optim;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.state.SafetensorsFile;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors written by the scripts in src/test/python. */
public final class Golden {
    private Golden() {}

    /** Reads a file of golden/optim. */
    public static StateDict read(String name) {
        try {
            return SafetensorsFile.read(Path.of(
                            Golden.class.getResource("/golden/optim/" + name).toURI()))
                    .tensors();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the tensors whose names start with {@code prefix}, without the prefix. */
    public static Map<String, Tensor> under(StateDict golden, String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        golden.entries().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
            }
        });
        return found;
    }

    /** Creates leaf tensors that require gradients from values. */
    public static Map<String, Tensor> parameters(Map<String, Tensor> values) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Tensor parameter = value.detach().clone();
            parameter.set_requires_grad(true);
            parameters.put(name, parameter);
        });
        return parameters;
    }

    /** Gives a parameter a gradient as autograd would, through a backward pass. */
    public static void backward(Tensor parameter, Tensor gradient) {
        parameter.mul(gradient).sum().backward();
    }

    /** Returns the largest difference, relative to the larger of 1 and the expected value. */
    public static double difference(Tensor found, Tensor expected) {
        Tensor scale = torch.maximum(expected.detach().abs(), torch.ones_like(expected));
        return found.detach().sub(expected.detach()).abs().div(scale).max().item_double();
    }
}
