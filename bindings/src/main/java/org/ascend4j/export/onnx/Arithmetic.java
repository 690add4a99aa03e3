package org.ascend4j.export.onnx;

import java.util.Map;

/** Operators with two operands, which broadcast the same way in torch and ONNX. */
final class Arithmetic {
    private Arithmetic() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::mul", call -> binary(call, "Mul"));
        all.put("aten::maximum", call -> binary(call, "Max"));
        all.put("aten::minimum", call -> binary(call, "Min"));
        all.put("aten::div", Arithmetic::divide);
        all.put("aten::add", call -> call.graph().node("Add", call.promoted(0), scaled(call, 1)));
        all.put("aten::sub", call -> call.graph().node("Sub", call.promoted(0), scaled(call, 1)));
        all.put("aten::rsub", call -> call.graph().node("Sub", call.promoted(1), scaled(call, 0)));
        all.put("aten::pow", call -> call.graph().node("Pow", call.promoted(0), call.promoted(1)));
        all.put("aten::square", call -> call.graph().node("Mul", call.tensor(0), call.tensor(0)));
        all.put("aten::rsqrt", call -> call.graph()
                .node("Reciprocal", call.graph().node("Sqrt", call.tensor(0))));
        // x + y * z * value and x + y / z * value.
        all.put("aten::addcmul", call -> combined(call, "Mul"));
        all.put("aten::addcdiv", call -> combined(call, "Div"));
    }

    private static String binary(Call call, String operator) {
        return call.graph().node(operator, call.promoted(0), call.promoted(1));
    }

    private static String divide(Call call) {
        if (!call.isNone(2)) {
            throw call.unsupported("that rounds");
        }
        return binary(call, "Div");
    }

    /** Returns an operand multiplied by the factor that addition and subtraction take as their third argument. */
    private static String scaled(Call call, int place) {
        return call.isNone(2) || call.number(2) == 1 ? call.promoted(place) : times(call, call.promoted(place), 2);
    }

    private static String times(Call call, String value, int factor) {
        return call.graph().node("Mul", value, call.promoted(factor));
    }

    private static String combined(Call call, String operator) {
        String product = call.graph().node(operator, call.promoted(1), call.promoted(2));
        return call.graph()
                .node(
                        "Add",
                        call.promoted(0),
                        call.isNone(3) || call.number(3) == 1 ? product : times(call, product, 3));
    }
}
