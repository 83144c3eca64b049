package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A node's state in one backward pass.
final class Visit {
    final Node node;

    /// Where the gradients of the inputs go; null where none is wanted.
    final @Nullable Visit[] next;

    /// What has arrived of each output's gradient.
    final @Nullable Tensor[] inbox;

    /// How many gradients are still to come.
    int waiting;

    /// Whether the pass has something to do here or beyond.
    boolean wanted = true;

    /// For each output the place of its gradient among those the pass returns, or −1; null for
    /// none.
    private int @Nullable [] captures;

    Visit(Node node) {
        this.node = node;
        this.next = new Visit[node.edges().length];
        this.inbox = new Tensor[node.outputCount()];
    }

    /// Has the gradient of an output returned; two places for one output are the first.
    ///
    /// @return the place at which it is returned
    int capture(int outputNr, int place) {
        if (captures == null) {
            captures = new int[inbox.length];
            Arrays.fill(captures, -1);
        }
        if (captures[outputNr] < 0) {
            captures[outputNr] = place;
        }
        return captures[outputNr];
    }

    /// Takes down the gradients that the pass returns.
    void captureInto(@Nullable Tensor[] captured) {
        if (captures == null) {
            return;
        }
        for (int k = 0; k < inbox.length; k++) {
            Tensor gradient = inbox[k];
            if (captures[k] >= 0 && gradient != null) {
                gradient.storage().escape();
                captured[captures[k]] = gradient;
            }
        }
    }

    /// Whether any gradient has arrived.
    boolean any() {
        for (Tensor t : inbox) {
            if (t != null) {
                return true;
            }
        }
        return false;
    }

    /// Whether a gradient of an input is wanted.
    boolean goesOn() {
        for (Visit input : next) {
            if (input != null) {
                return true;
            }
        }
        return false;
    }
}
