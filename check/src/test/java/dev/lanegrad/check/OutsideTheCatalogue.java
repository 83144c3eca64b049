package dev.lanegrad.check;

import java.util.Set;

/// Operations that the catalogue's trials do not fit, and why.
final class OutsideTheCatalogue {
    /// Their results are bools, positions or constants.
    static final Set<String> WITHOUT_DERIVATIVE =
            Set.of(
                    "all",
                    "any",
                    "argmax",
                    "argmin",
                    "argsort",
                    "bernoulli",
                    "bincount",
                    "bitwiseAnd",
                    "bitwiseLeftShift",
                    "bitwiseNot",
                    "bitwiseOr",
                    "bitwiseRightShift",
                    "bitwiseXor",
                    "countNonzero",
                    "emptyLike",
                    "eq",
                    "ge",
                    "gt",
                    "isclose",
                    "isfinite",
                    "isinf",
                    "isnan",
                    "le",
                    "multinomial",
                    "logicalAnd",
                    "logicalNot",
                    "logicalOr",
                    "logicalXor",
                    "lt",
                    "ne",
                    "nonzero",
                    "oneHot",
                    "onesLike",
                    "randLike",
                    "unique",
                    "zerosLike");

    static final Set<String> TESTED_ELSEWHERE =
            Set.of(
                    // random: another mask at every call; DropoutsTest in src
                    "dropout",
                    "featureDropout",
                    "alphaDropout",
                    "featureAlphaDropout",
                    // random, too; RngReferenceTest and DefaultsAndDrawsTest in src
                    "gumbelSoftmax",
                    // random, with zeros for gradients; DrawsTest in src
                    "normal",
                    // reads the memory itself, so another function in every layout;
                    // ViewWriteProperties in src
                    "asStrided");

    private OutsideTheCatalogue() {}
}
