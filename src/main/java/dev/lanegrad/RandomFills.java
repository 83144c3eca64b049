package dev.lanegrad;

/// Operations that write random values over this tensor and return it, the same as PyTorch's for
/// the same seed. The values come from the [default generator][Generator#defaultGenerator()] in the
/// order in which the elements lie in memory; the forms that take a generator draw from that one.
public sealed interface RandomFills permits Tensor {
    /// Fills with values drawn evenly from [0, 1), as `Tensor.uniform_`.
    default Tensor uniform_() {
        return uniform_(0, 1);
    }

    /// Fills with values drawn evenly from [low, high), as `Tensor.uniform_`.
    ///
    /// @throws IllegalArgumentException if `low` is above `high`, or the elements are not floating
    ///   point
    default Tensor uniform_(double low, double high) {
        return uniform_(low, high, Generator.defaultGenerator());
    }

    /// As [#uniform_(double, double)].
    default Tensor uniform_(double low, double high, Generator g) {
        return RandomFill.write("uniform_", (Tensor) this, RandomFill.uniform(g, low, high));
    }

    /// Fills with values from the standard normal distribution, as `Tensor.normal_`.
    default Tensor normal_() {
        return normal_(0, 1);
    }

    /// Fills with normal values of this mean and standard deviation, as `Tensor.normal_`.
    ///
    /// @throws IllegalArgumentException if `std` is negative, or the elements are not floating
    ///   point
    default Tensor normal_(double mean, double std) {
        return normal_(mean, std, Generator.defaultGenerator());
    }

    /// As [#normal_(double, double)].
    default Tensor normal_(double mean, double std, Generator g) {
        Tensor x = (Tensor) this;
        // PyTorch turns blocks of uniform values into normal ones only where the order is
        // row-major.
        return RandomFill.write("normal_", x, RandomFill.normal(g, x.isContiguous(), mean, std));
    }

    /// Fills with ones, with probability `p` each, and zeros, as `Tensor.bernoulli_`.
    ///
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    default Tensor bernoulli_(double p) {
        return bernoulli_(p, Generator.defaultGenerator());
    }

    /// As [#bernoulli_(double)].
    default Tensor bernoulli_(double p, Generator g) {
        Tensor x = Write.allowed((Tensor) this);
        boolean[] drawn = new boolean[x.numel()];
        Distributions.bernoulli(g, drawn, 0, drawn.length, p);
        int[] strides = x.isDense() ? x.strides() : Layout.denseLike(x.shape(), x.strides());
        Tensor y = new Tensor(Storage.wrap(DType.BOOL, drawn), x.shape(), strides);
        Write.copy("bernoulli_", x, y);
        return Write.record(x, new InPlace.FillBackward0(), x);
    }

    /// Ones with these probabilities, and zeros, as `torch.bernoulli`.
    ///
    /// @throws IllegalArgumentException if an element is not in [0, 1], or they are not floating
    ///   point
    default Tensor bernoulli() {
        return bernoulli(Generator.defaultGenerator());
    }

    /// As [#bernoulli()].
    default Tensor bernoulli(Generator g) {
        return Draws.bernoulli((Tensor) this, g);
    }

    /// Numbers of categories drawn by these weights, `[count]` of `[categories]` or `[rows, count]`
    /// of `[rows, categories]`, int64, as `torch.multinomial`.
    ///
    /// @param replacement whether a category may be drawn again
    /// @throws IllegalArgumentException if a weight is negative or not finite, the weights of a row
    ///   are all 0, or there are fewer categories than draws without replacement
    default Tensor multinomial(int count, boolean replacement) {
        return multinomial(count, replacement, Generator.defaultGenerator());
    }

    /// As [#multinomial(int, boolean)].
    default Tensor multinomial(int count, boolean replacement, Generator g) {
        return Draws.multinomial((Tensor) this, count, replacement, g);
    }

    /// Fills with values from the exponential distribution of the mean `1 / rate`, as
    /// `Tensor.exponential_`.
    ///
    /// @throws IllegalArgumentException if the rate is not above 0, or the elements are not
    ///   floating point
    default Tensor exponential_(double rate) {
        return RandomFill.write(
                "exponential_",
                (Tensor) this,
                RandomFill.exponential(Generator.defaultGenerator(), rate));
    }

    /// Fills with values from the exponential distribution of mean 1.
    default Tensor exponential_() {
        return exponential_(1);
    }

    /// Fills with integers, all equally likely that the type holds exactly and that are not
    /// negative, as `Tensor.random_`.
    default Tensor random_() {
        Tensor x = Write.allowed((Tensor) this);
        long[] drawn = new long[x.numel()];
        RandomIntegers.random(Generator.defaultGenerator(), x.dtype(), drawn, 0, drawn.length);
        int[] strides = x.isDense() ? x.strides() : Layout.denseLike(x.shape(), x.strides());
        Write.copy("random_", x, new Tensor(Storage.wrap(DType.INT64, drawn), x.shape(), strides));
        return Write.record(x, new InPlace.FillBackward0(), x);
    }

    /// A draw along an axis from the categories whose logits these are, as `F.gumbel_softmax`: the
    /// softmax of the logits with Gumbel noise, divided by `tau`. With `hard` it is one-hot, and
    /// only its gradient is the softmax's.
    default Tensor gumbelSoftmax(double tau, boolean hard, int axis) {
        Tensor x = (Tensor) this;
        Tensor noise = Creation.emptyLike(x).exponential_().log().neg();
        Tensor soft = x.add(noise).div(tau).softmax(axis);
        if (!hard) {
            return soft;
        }
        Tensor index = soft.detach().max(axis, true).indices();
        Tensor chosen = Tensor.zerosLike(soft.detach()).scatter(axis, index, 1.0);
        return chosen.sub(soft.detach()).add(soft);
    }

    /// This tensor with each element set to 0 with probability `p` and the others divided by 1 − p,
    /// as `F.dropout`; in evaluation (`training` false) this tensor itself.
    ///
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    default Tensor dropout(double p, boolean training) {
        return Dropouts.apply((Tensor) this, (Tensor) this, p, training);
    }

    /// As [#dropout], but for whole channels of `[N, C, ...]`, as `F.dropout2d` and
    /// `torch.feature_dropout`.
    ///
    /// @throws IllegalArgumentException if `p` is not in [0, 1] or there are fewer than 2 axes
    default Tensor featureDropout(double p, boolean training) {
        Tensor x = (Tensor) this;
        return Dropouts.apply(x, Dropouts.channels(x), p, training);
    }

    /// As [#dropout], but keeping mean and variance of what [Activations#selu] returns: dropped
    /// elements become its lowest value, and all are scaled and shifted, as `F.alpha_dropout`.
    ///
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    default Tensor alphaDropout(double p, boolean training) {
        return Dropouts.applyAlpha((Tensor) this, (Tensor) this, p, training);
    }

    /// As [#alphaDropout], but for whole channels of `[N, C, ...]`, as `F.feature_alpha_dropout`.
    ///
    /// @throws IllegalArgumentException if `p` is not in [0, 1] or there are fewer than 2 axes
    default Tensor featureAlphaDropout(double p, boolean training) {
        Tensor x = (Tensor) this;
        return Dropouts.applyAlpha(x, Dropouts.channels(x), p, training);
    }
}
