package org.ascend4j.dispatch;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;

/**
 * An operator called by name through torch's dispatcher, for operators that the presets do not map ({@code _fused_sgd_}, {@code _amp_update_scale_}).
 *
 * <p>Results are dropped, so it is useful only for operators that work in place.
 *
 * @since 0.1.0
 */
public final class BoxedOperator {
    private final OperatorHandle handle;

    /** Looks up {@code aten::name.overload}; the overload is empty for the operator's default form. */
    public BoxedOperator(String name, String overload) {
        handle = Dispatcher.singleton().findSchemaOrThrow(name, overload);
        handle.retainReference();
    }

    /**
     * Calls the operator with its arguments in the order of its schema, including those with default values.
     *
     * @param arguments each a {@link Tensor}, a list of tensors, a String, Double, Long or Boolean, or null for None
     */
    public void call(Object... arguments) {
        try (PointerScope scope = new PointerScope()) {
            IValueVector stack = new IValueVector(arguments.length);
            for (int i = 0; i < arguments.length; i++) {
                stack.put(i, box(arguments[i]));
            }
            handle.callBoxed(stack);
        }
    }

    private static IValue box(Object argument) {
        if (argument == null) {
            return new IValue();
        } else if (argument instanceof Tensor tensor) {
            return new IValue(tensor);
        } else if (argument instanceof List<?> tensors) {
            return new IValue(tensorList(tensors));
        } else if (argument instanceof String text) {
            return new IValue(new BytePointer(text));
        } else if (argument instanceof Double number) {
            return new IValue(number.doubleValue());
        } else if (argument instanceof Long number) {
            return new IValue(number.longValue());
        } else if (argument instanceof Boolean flag) {
            return new IValue(flag.booleanValue());
        }
        throw new IllegalArgumentException("no IValue for " + argument.getClass());
    }

    private static GenericList tensorList(List<?> tensors) {
        GenericList list = new GenericList(new TensorList().elementType());
        list.reserve(tensors.size());
        for (Object tensor : tensors) {
            list.push_back(new IValue((Tensor) tensor));
        }
        return list;
    }
}
