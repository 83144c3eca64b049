package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;

/// The order in which a chain of matrices is multiplied.
///
/// @param cuts behind which matrix the best last product of those from i to j cuts them
record MatrixChain(List<Tensor> matrices, int[][] cuts) {
    /// The product of a chain; its ends may be vectors.
    static Tensor product(Tensor first, List<Tensor> others) {
        List<Tensor> chain = new ArrayList<>();
        chain.add(first);
        chain.addAll(others);
        if (chain.size() == 1) {
            return first;
        }
        int end = chain.size() - 1;
        List<Long> sizes = new ArrayList<>();
        if (first.dim() == 1) {
            chain.set(0, first.unsqueeze(0));
        } else {
            sizes.add((long) first.size(0));
        }
        if (chain.get(end).dim() == 1) {
            chain.set(end, chain.get(end).unsqueeze(-1));
        } else {
            sizes.add((long) chain.get(end).size(-1));
        }
        for (int i = 0; i < end; i++) {
            MatrixShapes.check("multiDot", chain.get(i), chain.get(i + 1), 2, 2);
        }
        return of(chain).between(0, end).view(sizes.stream().mapToLong(n -> n).toArray());
    }

    /// By the costs of all parts, from the short ones to the whole.
    private static MatrixChain of(List<Tensor> chain) {
        int n = chain.size();
        double[][] cost = new double[n][n];
        int[][] cuts = new int[n][n];
        for (int length = 1; length < n; length++) {
            for (int i = 0; i + length < n; i++) {
                int j = i + length;
                cost[i][j] = Double.POSITIVE_INFINITY;
                for (int k = j - 1; k >= i; k--) {
                    double last =
                            (double) chain.get(i).size(0)
                                    * chain.get(k).size(1)
                                    * chain.get(j).size(1);
                    double all = cost[i][k] + cost[k + 1][j] + last;
                    if (all < cost[i][j]) {
                        cost[i][j] = all;
                        cuts[i][j] = k;
                    }
                }
            }
        }
        return new MatrixChain(chain, cuts);
    }

    private Tensor between(int i, int j) {
        return i == j ? matrices.get(i) : between(i, cuts[i][j]).mm(between(cuts[i][j] + 1, j));
    }
}
