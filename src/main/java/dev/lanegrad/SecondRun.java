package dev.lanegrad;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a checkpointed function did and kept when it was run first, and how the second run
/// compares.
final class SecondRun {
    /// What an operation keeps in the place of a tensor: nothing until the function is run again.
    static final class Place {
        private final SecondRun run;
        private final OutputInfo info;
        private @Nullable Saved value;

        private Place(SecondRun run, OutputInfo info) {
            this.run = run;
            this.info = info;
        }

        @Nullable Saved value() {
            return value;
        }

        /// The tensor after a second run.
        Saved found() {
            Saved v = value;
            if (v == null) {
                throw run.different("it keeps fewer tensors");
            }
            return v;
        }

        /// The inputs of the function.
        Saved[] inputs() {
            return run.segmentInputs;
        }
    }

    /// Ends a second run that has found everything.
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("checkpoint: everything is there", null, false, false);
        }
    }

    private final boolean earlyStop;
    private final Saved[] segmentInputs;
    private final List<String> operations = new ArrayList<>();

    /// Places belong to the operations that keep them: what these let go of is not kept here.
    private final List<WeakReference<Place>> places = new ArrayList<>();

    private boolean again;
    private int operation;
    private int filled;

    SecondRun(boolean earlyStop, Saved... segmentInputs) {
        this.earlyStop = earlyStop;
        this.segmentInputs = segmentInputs;
    }

    /// A place for a tensor in the first run.
    Place pack(Tensor tensor) {
        Place place = new Place(this, OutputInfo.of(tensor));
        places.add(new WeakReference<>(place));
        return place;
    }

    /// Takes note of an operation; in the second run it is the one of the first.
    void operation(String name) {
        if (!again) {
            operations.add(name);
            return;
        }
        String before = operation < operations.size() ? operations.get(operation) : "nothing";
        if (!before.equals(name)) {
            throw different("operation %d is %s, not %s".formatted(operation, name, before));
        }
        operation++;
        if (earlyStop && filled == places.size()) {
            throw new Enough();
        }
    }

    // ------------------------------------------------------------ the second run

    void start() {
        again = true;
        operation = 0;
        filled = 0;
    }

    /// Puts a tensor of the second run into its place.
    Place fill(Tensor tensor) {
        if (filled == places.size()) {
            throw different("it keeps more than " + filled + " tensors");
        }
        Place place = places.get(filled++).get();
        if (place == null) {
            return new Place(this, OutputInfo.of(tensor));
        }
        OutputInfo found = OutputInfo.of(tensor);
        if (!place.info.equals(found)) {
            throw different(
                    "tensor %d that it keeps is %s %s, not %s %s"
                            .formatted(
                                    filled - 1,
                                    found.dtype(),
                                    found.shape(),
                                    place.info.dtype(),
                                    place.info.shape()));
        }
        place.value = Saved.unpacked(tensor);
        return place;
    }

    /// Looks whether a second run that came to its end has done all of the first.
    void finish() {
        if (filled != places.size()) {
            throw different("it keeps %d tensors, not %d".formatted(filled, places.size()));
        }
        if (operation != operations.size()) {
            throw different(
                    "it does %d operations, not %d".formatted(operation, operations.size()));
        }
    }

    /// Empties all places; whoever needs one again has the function run again.
    void forget() {
        for (WeakReference<Place> reference : places) {
            Place place = reference.get();
            if (place != null) {
                place.value = null;
            }
        }
    }

    private IllegalStateException different(String how) {
        return new IllegalStateException(
                "checkpoint: the function did something else the second time: " + how);
    }
}
