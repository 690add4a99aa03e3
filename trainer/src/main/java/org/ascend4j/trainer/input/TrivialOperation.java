package org.ascend4j.trainer.input;

import java.util.SplittableRandom;

/** The operations of torchvision's {@code TrivialAugmentWide}, in its order, with its 31 magnitudes; each is drawn with the same probability. */
enum TrivialOperation {
    IDENTITY,
    SHEAR_X {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            double shear = signed(random, magnitude(0.99f, bin));
            choice.place(1, shear, shear * choice.height() / 2, 0, 1, 0);
        }
    },
    SHEAR_Y {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            double shear = signed(random, magnitude(0.99f, bin));
            choice.place(1, 0, 0, shear, 1, shear * choice.width() / 2);
        }
    },
    TRANSLATE_X {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.place(1, 0, -signed(random, Math.floor(magnitude(32, bin))), 0, 1, 0);
        }
    },
    TRANSLATE_Y {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.place(1, 0, 0, 0, 1, -signed(random, Math.floor(magnitude(32, bin))));
        }
    },
    ROTATE {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            double turn = StrictMath.toRadians(-signed(random, magnitude(135, bin)));
            double cosine = StrictMath.cos(turn);
            double sine = StrictMath.sin(turn);
            choice.place(cosine, sine, 0, -sine, cosine, 0);
        }
    },
    BRIGHTNESS {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.blend(TrivialChoice.BLACK, 1 + signed(random, magnitude(0.99f, bin)));
        }
    },
    COLOR {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.blend(TrivialChoice.GREY, 1 + signed(random, magnitude(0.99f, bin)));
        }
    },
    CONTRAST {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.blend(TrivialChoice.MEAN, 1 + signed(random, magnitude(0.99f, bin)));
        }
    },
    SHARPNESS {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.blend(TrivialChoice.BLURRED, 1 + signed(random, magnitude(0.99f, bin)));
        }
    },
    POSTERIZE {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.posterize(1 << (int) Math.rint(bin / 5.0));
        }
    },
    SOLARIZE {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.solarize(255 - magnitude(255, bin));
        }
    },
    AUTO_CONTRAST {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.stretch();
        }
    },
    EQUALIZE {
        @Override
        void choose(TrivialChoice choice, int bin, SplittableRandom random) {
            choice.equalize();
        }
    };

    private static final int LARGEST_BIN = 30;

    /** Writes what this operation does to an image; without a change the image stays. */
    void choose(TrivialChoice choice, int bin, SplittableRandom random) {}

    /** Draws an operation, its magnitude and its sign, where it has one. */
    static void draw(TrivialChoice choice, SplittableRandom random) {
        TrivialOperation operation = values()[random.nextInt(values().length)];
        operation.choose(choice, random.nextInt(LARGEST_BIN + 1), random);
    }

    /** Returns an element of torch's {@code linspace(0, largest, 31)} in fp32, which counts the second half from the end. */
    private static double magnitude(float largest, int bin) {
        float step = largest / LARGEST_BIN;
        return bin < (LARGEST_BIN + 1) / 2 ? step * bin : Math.fma(-step, LARGEST_BIN - bin, largest);
    }

    private static double signed(SplittableRandom random, double magnitude) {
        return random.nextInt(2) == 1 ? -magnitude : magnitude;
    }
}
