package dev.lanegrad.cli;

/// How one pass over the training images went.
///
/// @param loss mean over the training images, while they were learned from
/// @param trainAccuracy share of the training images that were told right, 0 to 1
/// @param testCorrect images told right of `testImages` afterwards
/// @param imagesPerSecond training images, testing aside
record EpochResult(
        int epoch,
        double loss,
        double trainAccuracy,
        int testCorrect,
        int testImages,
        double imagesPerSecond) {
    double testAccuracy() {
        return (double) testCorrect / testImages;
    }
}
