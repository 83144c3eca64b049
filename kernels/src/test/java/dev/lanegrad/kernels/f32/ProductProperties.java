package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvAlgorithm;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Matrix products and convolutions of random shapes.
class ProductProperties {
    @Property(tries = 60)
    void productsMatchTheirDefinition(
            @ForAll @IntRange(min = 1, max = 70) int m,
            @ForAll @IntRange(min = 1, max = 140) int n,
            @ForAll @IntRange(min = 1, max = 90) int k,
            @ForAll long seed) {
        new GemmCase(m, n, k, new Random(seed)).run();
    }

    @Property(tries = 40)
    void convolutionsMatchTheirDefinition(@ForAll long seed) {
        Random random = new Random(seed);
        new ConvCase(Conv2dTest.shape(random), ConvAlgorithm.DIRECT, random).run();
    }
}
