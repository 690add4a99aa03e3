package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A number that tensors are multiplied by. The results do not depend on where it is known.
 *
 * @since 0.1.0
 */
public sealed interface Factor {
    /** The number 1. */
    Factor ONE = new OnHost(1);

    /** Returns the product. */
    Tensor times(Tensor tensor);

    /** Returns the product with another number. */
    Factor by(double number);

    /** Returns the sum of a tensor and this multiple of another, rounded once. */
    Tensor addTo(Tensor sum, Tensor tensor);

    /** A number that the host knows. */
    record OnHost(double value) implements Factor {
        @Override
        public Factor by(double number) {
            return new OnHost(value * number);
        }

        /** Returns the product; for 1 the tensor itself. */
        @Override
        public Tensor times(Tensor tensor) {
            return value == 1 ? tensor : tensor.mul(new Scalar(value));
        }

        @Override
        public Tensor addTo(Tensor sum, Tensor tensor) {
            return sum.add(tensor, new Scalar(value));
        }
    }

    /**
     * A number that a recorded step reads on the device.
     *
     * @param value fp32, no dimensions
     */
    record OnDevice(Tensor value) implements Factor {
        @Override
        public Factor by(double number) {
            return number == 1 ? this : new OnDevice(value.mul(new Scalar(number)));
        }

        @Override
        public Tensor times(Tensor tensor) {
            return tensor.mul(value);
        }

        @Override
        public Tensor addTo(Tensor sum, Tensor tensor) {
            return sum.addcmul(tensor, value);
        }
    }
}
