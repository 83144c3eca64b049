package dev.lanegrad.training;

/// Tells when a value has not become better for too long.
public final class EarlyStopping {
    private final int patience;
    private final double least;
    private final boolean rising;
    private double best;
    private int bad;

    /// @param patience how many times in a row the value may be no better
    /// @param least by how much it must become better to count
    /// @param rising whether higher is better
    public EarlyStopping(int patience, double least, boolean rising) {
        this.patience = patience;
        this.least = least;
        this.rising = rising;
        best = rising ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// Hears of the next value; returns whether it is time to stop.
    public boolean stopsAfter(double value) {
        if (rising ? value > best + least : value < best - least) {
            best = value;
            bad = 0;
        } else {
            bad++;
        }
        return bad > patience;
    }

    /// Whether the last value was the best so far.
    public boolean isBest() {
        return bad == 0;
    }
}
