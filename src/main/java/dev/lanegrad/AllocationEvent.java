package dev.lanegrad;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The memory of one tensor, to the Flight Recorder.
@Name("dev.lanegrad.Allocation")
@Label("Tensor Allocation")
@Category("Lanegrad")
@Description("Memory for the elements of a new tensor, fresh or used before")
@Enabled(false)
@StackTrace(false)
final class AllocationEvent extends Event {
    @Label("Bytes")
    @DataAmount
    long bytes;

    static void of(long bytes) {
        AllocationEvent event = new AllocationEvent();
        if (event.shouldCommit()) {
            event.bytes = bytes;
            event.commit();
        }
    }
}
