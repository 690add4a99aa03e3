package org.ascend4j.trainer.train;

import java.util.List;

/**
 * Classifies images with a checkpoint, or with a model exported from one.
 *
 * @since 0.1.0
 */
public interface ImagePredictor {
    /** Returns the channels of the input images. */
    int channels();

    /** Returns the rows of the input images. */
    int height();

    /** Returns the columns of the input images. */
    int width();

    /**
     * Classifies images of the model's input size, in one batch.
     *
     * @param images C x H x W unsigned bytes each
     * @param top number of candidates per image, at most the model's number of outputs
     * @return the candidates of each image, the most probable first
     */
    List<List<Predictor.Candidate>> predict(List<byte[]> images, int top);
}
