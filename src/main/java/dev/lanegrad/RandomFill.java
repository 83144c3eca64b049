package dev.lanegrad;

/// Draws random values into the memory of a tensor.
final class RandomFill {
    private RandomFill() {}

    /// A distribution for each element type, over `n` elements from `at` on.
    interface Source {
        void fill(float[] y, int at, int n);

        void fill(double[] y, int at, int n);

        /// Draws values of a narrow type, held in floats.
        void fill(DType narrow, float[] y, int n);
    }

    static Tensor write(String op, Tensor tensor, Source source) {
        Tensor x = Write.allowed(tensor);
        floating(op, x);
        if (x.isDense() && x.dtype().bytes() >= Float.BYTES) {
            fill(x, source);
        } else {
            int[] strides = x.isDense() ? x.strides() : Layout.denseLike(x.shape(), x.strides());
            DType dtype = x.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
            Tensor y = Creation.empty(x.shape(), dtype, strides);
            if (x.dtype().bytes() < Float.BYTES) {
                source.fill(x.dtype(), (float[]) y.array(), y.numel());
            } else {
                fill(y, source);
            }
            Elementwise.copy(x, y);
        }
        x.written();
        return Write.record(x, new InPlace.FillBackward0(), x);
    }

    static Tensor floating(String op, Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op
                            + ": needs floating point elements, but they are "
                            + x.dtype()
                            + " (shape "
                            + x.shape()
                            + ")");
        }
        return x;
    }

    private static void fill(Tensor x, Source source) {
        if (x.array() instanceof double[] y) {
            source.fill(y, x.offset(), x.numel());
        } else {
            source.fill((float[]) x.array(), x.offset(), x.numel());
        }
    }

    static Source uniform(Generator g, double low, double high) {
        return new Source() {
            @Override
            public void fill(float[] y, int at, int n) {
                Distributions.uniform(g, y, at, n, low, high);
            }

            @Override
            public void fill(double[] y, int at, int n) {
                Distributions.uniform(g, y, at, n, low, high);
            }

            @Override
            public void fill(DType narrow, float[] y, int n) {
                NarrowDistributions.uniform(g, narrow, y, 0, n, low, high);
            }
        };
    }

    static Source exponential(Generator g, double rate) {
        return new Source() {
            @Override
            public void fill(float[] y, int at, int n) {
                Distributions.exponential(g, y, at, n, rate);
            }

            @Override
            public void fill(double[] y, int at, int n) {
                Distributions.exponential(g, y, at, n, rate);
            }

            @Override
            public void fill(DType narrow, float[] y, int n) {
                Distributions.exponential(g, y, 0, n, rate);
            }
        };
    }

    /// Normal values; `blocks` draws them 16 at a time where there are so many.
    static Source normal(Generator g, boolean blocks, double mean, double std) {
        return new Source() {
            @Override
            public void fill(float[] y, int at, int n) {
                if (blocks) {
                    Distributions.normal(g, y, at, n, mean, std);
                } else {
                    Distributions.normalEach(g, y, at, n, mean, std);
                }
            }

            @Override
            public void fill(double[] y, int at, int n) {
                if (blocks) {
                    Distributions.normal(g, y, at, n, mean, std);
                } else {
                    Distributions.normalEach(g, y, at, n, mean, std);
                }
            }

            @Override
            public void fill(DType narrow, float[] y, int n) {
                if (blocks) {
                    NarrowDistributions.normal(g, narrow, y, 0, n, mean, std);
                } else {
                    NarrowDistributions.normalEach(g, narrow, y, 0, n, mean, std);
                }
            }
        };
    }
}
