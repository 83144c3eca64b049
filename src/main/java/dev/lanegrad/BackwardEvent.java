package dev.lanegrad;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// The derivative of one operation, to the Flight Recorder.
@Name("dev.lanegrad.Backward")
@Label("Backward")
@Category("Lanegrad")
@Description("The derivative of one recorded operation")
@Threshold("10 ms")
@StackTrace(false)
final class BackwardEvent extends Event {
    @Label("Node")
    @Nullable String node;

    @Label("Module")
    @Description("Path of the module that did the operation, if it is known")
    @Nullable String place;

    /// Records the event, which was begun before.
    void commit(Node of) {
        end();
        if (shouldCommit()) {
            node = of.name();
            place = of.place();
            commit();
        }
    }
}
