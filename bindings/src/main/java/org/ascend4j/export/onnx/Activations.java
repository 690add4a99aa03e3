package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Map;

/** Element-wise functions of one value, and functions over one dimension. An operator that older ONNX opsets or ATC lack is written as its formula. */
final class Activations {
    private Activations() {}

    static void addTo(Map<String, Converter> all) {
        Map.of(
                        "relu", "Relu",
                        "sigmoid", "Sigmoid",
                        "tanh", "Tanh",
                        "exp", "Exp",
                        "log", "Log",
                        "sqrt", "Sqrt",
                        "abs", "Abs",
                        "neg", "Neg",
                        "erf", "Erf",
                        "reciprocal", "Reciprocal")
                .forEach((torch, onnx) ->
                        all.put("aten::" + torch, call -> call.graph().node(onnx, call.promoted(0))));
        Map.of("floor", "Floor", "ceil", "Ceil", "round", "Round", "sign", "Sign", "sin", "Sin", "cos", "Cos")
                .forEach((torch, onnx) ->
                        all.put("aten::" + torch, call -> call.graph().node(onnx, call.tensor(0))));
        all.put("aten::relu6", call -> clip(call, 0, 6));
        all.put("aten::hardtanh", call -> clip(call, call.number(1), call.number(2)));
        all.put("aten::clamp", Activations::clamp);
        all.put("aten::clamp_min", call -> call.graph().node("Clip", call.tensor(0), call.tensor(1)));
        all.put("aten::leaky_relu", call -> withAlpha(call, "LeakyRelu", call.number(1)));
        all.put("aten::elu", Activations::elu);
        all.put("aten::softplus", Activations::softplus);
        all.put("aten::silu", call -> times(call, call.graph().node("Sigmoid", call.tensor(0))));
        all.put("aten::hardsigmoid", Activations::hardSigmoid);
        all.put("aten::hardswish", call -> times(call, hardSigmoid(call)));
        all.put("aten::gelu", call -> call.text(1).equals("tanh") ? geluByTanh(call) : gelu(call));
        all.put("aten::softmax", call -> overDimension(call, "Softmax"));
        all.put("aten::log_softmax", call -> overDimension(call, "LogSoftmax"));
    }

    private static String clip(Call call, double least, double most) {
        return call.graph()
                .node(
                        "Clip",
                        call.tensor(0),
                        call.graph().scalar(call.resultType(), least),
                        call.graph().scalar(call.resultType(), most));
    }

    private static String clamp(Call call) {
        String least = call.isNone(1) ? "" : call.tensor(1);
        return call.isNone(2)
                ? call.graph().node("Clip", call.tensor(0), least)
                : call.graph().node("Clip", call.tensor(0), least, call.tensor(2));
    }

    private static String withAlpha(Call call, String operator, double alpha) {
        return call.graph().node(operator, new Attributes().with("alpha", alpha), call.tensor(0));
    }

    private static String elu(Call call) {
        if (call.number(2) != 1 || call.number(3) != 1) {
            throw call.unsupported("with scales");
        }
        return withAlpha(call, "Elu", call.number(1));
    }

    private static String softplus(Call call) {
        if (call.number(1) != 1) {
            throw call.unsupported("with a beta other than 1");
        }
        return call.graph().node("Softplus", call.tensor(0));
    }

    private static String hardSigmoid(Call call) {
        return call.graph()
                .node("HardSigmoid", new Attributes().with("alpha", 1.0 / 6).with("beta", 0.5), call.tensor(0));
    }

    private static String times(Call call, String gate) {
        return call.graph().node("Mul", call.tensor(0), gate);
    }

    private static String gelu(Call call) {
        OnnxGraph graph = call.graph();
        String erf = graph.node("Erf", graph.node("Div", call.tensor(0), number(call, Math.sqrt(2))));
        return half(call, erf);
    }

    private static String geluByTanh(Call call) {
        OnnxGraph graph = call.graph();
        String input = call.tensor(0);
        String cube = graph.node("Mul", graph.node("Mul", input, input), input);
        String inner = graph.node("Add", input, graph.node("Mul", cube, number(call, 0.044715)));
        return half(call, graph.node("Tanh", graph.node("Mul", inner, number(call, Math.sqrt(2 / Math.PI)))));
    }

    /** Returns half the input times one more than {@code value}. */
    private static String half(Call call, String value) {
        OnnxGraph graph = call.graph();
        String product = graph.node("Mul", call.tensor(0), graph.node("Add", value, number(call, 1)));
        return graph.node("Mul", product, number(call, 0.5));
    }

    private static String number(Call call, double value) {
        return call.graph().scalar(DataType.FLOAT, value);
    }

    private static String overDimension(Call call, String operator) {
        int rank = call.rank(0);
        return call.graph().softmax(operator, call.promoted(0), call.dimension(1, rank), rank);
    }
}
