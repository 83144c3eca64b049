package dev.lanegrad.check;

import java.util.List;
import java.util.stream.Stream;

/// Every operation of [dev.lanegrad.Tensor], at least a line each.
final class Catalogue {
    static final List<Operation> ALL =
            Stream.of(
                            ElementwiseLines.ARITHMETIC,
                            ElementwiseLines.FUNCTIONS,
                            ElementwiseLines.ACTIVATIONS,
                            PairLines.ALL,
                            SpecialLines.ALL,
                            ReductionLines.ALL,
                            StatisticsLines.ALL,
                            ShapeLines.ALL,
                            MovementLines.ALL,
                            ChoiceLines.ALL,
                            PlaceLines.ALL,
                            AlgebraLines.ALL,
                            MatrixLines.FACTORS,
                            MatrixLines.NORMS,
                            MatrixLines.CHAINS,
                            ProductLines.MATRICES,
                            ProductLines.CONVOLUTIONS,
                            ImageLines.POOLS,
                            ImageLines.NORMALIZATIONS,
                            LossLines.CLASSES,
                            LossLines.REGRESSION,
                            LossLines.MARGINS)
                    .flatMap(List::stream)
                    .toList();

    private Catalogue() {}
}
