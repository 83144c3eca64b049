import org.jspecify.annotations.NullMarked;

/// Performance regression runs of any JMH suite, and their report.
@NullMarked
@SuppressWarnings("requires-automatic")
module dev.lanegrad.regress {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;
    requires static jmh.core;
    requires static org.jspecify;

    exports dev.lanegrad.regress;
    exports dev.lanegrad.regress.report;

    opens dev.lanegrad.regress to
            com.fasterxml.jackson.databind,
            info.picocli;
    opens dev.lanegrad.regress.report to
            com.fasterxml.jackson.databind,
            info.picocli;
}
