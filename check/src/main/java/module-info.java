import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.providers.ArbitraryProvider;
import org.jspecify.annotations.NullMarked;

/// Property tests for gradients: tensors for jqwik properties.
@NullMarked
module dev.lanegrad.check {
    requires transitive dev.lanegrad;
    requires transitive net.jqwik.api;
    requires static org.jspecify;

    exports dev.lanegrad.check;

    provides ArbitraryProvider with
            dev.lanegrad.check.TensorProvider;
    provides SampleReportingFormat with
            dev.lanegrad.check.TensorReporting;
}
