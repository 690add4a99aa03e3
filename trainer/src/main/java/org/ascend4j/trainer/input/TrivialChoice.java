package org.ascend4j.trainer.input;

/** The numbers by which the device changes one image. */
final class TrivialChoice {
    /** What an image is blended with. */
    static final int BLACK = 0;

    static final int GREY = 1;
    static final int MEAN = 2;
    static final int BLURRED = 3;

    /** The rows of the choices: six of the place in the image from which a pixel comes, then one for each other number. */
    static final int FACTOR = 6;

    static final int REST = 7;
    static final int OTHER = 8;
    static final int STEP = 9;
    static final int THRESHOLD = 10;
    static final int STRETCHED = 11;
    static final int EQUALIZED = 12;
    static final int ROWS = 13;

    private final float[] choices;
    private final int images;
    private final int position;
    private final int height;
    private final int width;

    /**
     * Creates the choice of one image.
     *
     * @param choices those of all images, a row for each number
     * @param position the image's position among all
     */
    TrivialChoice(float[] choices, int position, int height, int width) {
        this.choices = choices;
        this.images = choices.length / ROWS;
        this.position = position;
        this.height = height;
        this.width = width;
    }

    /** Sets all numbers so that the image stays as it is. */
    void keep() {
        place(1, 0, 0, 0, 1, 0);
        blend(BLACK, 1);
        posterize(1);
        solarize(256);
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Sets, for a pixel's column and row from the centre of the image, the factors and the offset of the column from which it comes, then those of the row. */
    void place(double... numbers) {
        for (int row = 0; row < numbers.length; row++) {
            set(row, numbers[row]);
        }
    }

    /** Turns the image around its centre, anticlockwise by degrees. */
    void rotate(double degrees) {
        double turn = StrictMath.toRadians(-degrees);
        double cosine = StrictMath.cos(turn);
        double sine = StrictMath.sin(turn);
        place(cosine, sine, 0, -sine, cosine, 0);
    }

    /** Sets the image's share in a blend; the rest, which may be negative, is another image's. */
    void blend(int other, double factor) {
        set(OTHER, other);
        set(FACTOR, factor);
        set(REST, 1 - factor);
    }

    /** Rounds values down to a multiple. */
    void posterize(int step) {
        set(STEP, step);
    }

    /** Inverts values from a threshold on. */
    void solarize(double threshold) {
        set(THRESHOLD, threshold);
    }

    /** Stretches the values of each channel to 0..255. */
    void stretch() {
        set(STRETCHED, 1);
    }

    /** Spreads the values of each channel evenly over 0..255. */
    void equalize() {
        set(EQUALIZED, 1);
    }

    private void set(int row, double number) {
        choices[row * images + position] = (float) number;
    }
}
