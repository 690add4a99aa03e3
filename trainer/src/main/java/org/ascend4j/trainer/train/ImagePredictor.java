package org.ascend4j.trainer.train;

import java.util.List;

/** What says what images show: a checkpoint, or a model exported from one. */
public interface ImagePredictor {
    /** Returns the channels of the images that it takes. */
    int channels();

    /** Returns the rows of the images that it takes. */
    int height();

    /** Returns the columns of the images that it takes. */
    int width();

    /**
     * Classifies images of the size that the model was trained on, in one batch.
     *
     * @param images C x H x W unsigned bytes each
     * @param top how many candidates an image gets, at most as many as the model has outputs
     * @return the candidates of each image, the most probable first
     */
    List<List<Predictor.Candidate>> predict(List<byte[]> images, int top);
}
