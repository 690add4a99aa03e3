package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import java.util.function.ObjDoubleConsumer;

/** The operations of torchvision's {@code TrivialAugmentWide}, in its order, with its 31 magnitudes; each is drawn with the same probability. */
enum TrivialOperation {
    IDENTITY(0, false, (choice, magnitude) -> {}),
    SHEAR_X(0.99f, true, (choice, shear) -> choice.place(1, shear, shear * choice.height() / 2, 0, 1, 0)),
    SHEAR_Y(0.99f, true, (choice, shear) -> choice.place(1, 0, 0, shear, 1, shear * choice.width() / 2)),
    // The conversion to a whole number of pixels cuts off the fraction.
    TRANSLATE_X(32, true, (choice, distance) -> choice.place(1, 0, -(int) distance, 0, 1, 0)),
    TRANSLATE_Y(32, true, (choice, distance) -> choice.place(1, 0, 0, 0, 1, -(int) distance)),
    ROTATE(135, true, TrivialChoice::rotate),
    BRIGHTNESS(0.99f, true, (choice, magnitude) -> choice.blend(TrivialChoice.BLACK, 1 + magnitude)),
    COLOR(0.99f, true, (choice, magnitude) -> choice.blend(TrivialChoice.GREY, 1 + magnitude)),
    CONTRAST(0.99f, true, (choice, magnitude) -> choice.blend(TrivialChoice.MEAN, 1 + magnitude)),
    SHARPNESS(0.99f, true, (choice, magnitude) -> choice.blend(TrivialChoice.BLURRED, 1 + magnitude)),
    POSTERIZE(6, false, (choice, bits) -> choice.posterize(1 << (int) Math.rint(bits))),
    SOLARIZE(255, false, (choice, magnitude) -> choice.solarize(255 - magnitude)),
    AUTO_CONTRAST(0, false, (choice, magnitude) -> choice.stretch()),
    EQUALIZE(0, false, (choice, magnitude) -> choice.equalize());

    private static final int LARGEST_BIN = 30;

    private final float largest;
    private final boolean signed;
    private final ObjDoubleConsumer<TrivialChoice> change;

    TrivialOperation(float largest, boolean signed, ObjDoubleConsumer<TrivialChoice> change) {
        this.largest = largest;
        this.signed = signed;
        this.change = change;
    }

    /** Draws an operation, its magnitude and its sign, where it has one, and writes what it does to an image. */
    static void draw(TrivialChoice choice, SplittableRandom random) {
        TrivialOperation operation = values()[random.nextInt(values().length)];
        double magnitude = operation.magnitude(random.nextInt(LARGEST_BIN + 1));
        boolean negative = operation.signed && random.nextInt(2) == 1;
        operation.change.accept(choice, negative ? -magnitude : magnitude);
    }

    /** Returns an element of torch's {@code linspace(0, largest, 31)} in fp32, which counts the second half from the end. */
    private double magnitude(int bin) {
        float step = largest / LARGEST_BIN;
        return bin < (LARGEST_BIN + 1) / 2 ? step * bin : Math.fma(-step, LARGEST_BIN - bin, largest);
    }
}
