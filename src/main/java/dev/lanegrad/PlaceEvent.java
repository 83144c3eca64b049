package dev.lanegrad;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// One part of a program at work, a module's forward for example, to the Flight Recorder.
@Name("dev.lanegrad.Module")
@Label("Module")
@Category("Lanegrad")
@Description("The forward of one module")
@Threshold("10 ms")
@StackTrace(false)
final class PlaceEvent extends Event {
    @Label("Path")
    @Nullable String path;

    /// Whether anybody records where operations are called.
    static boolean isOn() {
        return new PlaceEvent().isEnabled();
    }
}
