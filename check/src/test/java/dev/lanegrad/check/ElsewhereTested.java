package dev.lanegrad.check;

import java.util.Set;

/// Operations that the catalogue's trials do not fit, and why.
final class ElsewhereTested {
    static final Set<String> METHODS =
            Set.of(
                    // random: another mask at every call; DropoutsTest in src
                    "dropout",
                    "featureDropout",
                    "alphaDropout",
                    "featureAlphaDropout",
                    // targets of three kinds and many options; LossesTest in src
                    "poissonNllLoss",
                    "gaussianNllLoss",
                    "marginRankingLoss",
                    "cosineEmbeddingLoss",
                    "tripletMarginLoss",
                    "multilabelSoftMarginLoss");

    private ElsewhereTested() {}
}
