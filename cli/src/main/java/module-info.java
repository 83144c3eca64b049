import org.jspecify.annotations.NullMarked;

/// The `lanegrad` command.
@NullMarked
@SuppressWarnings("requires-automatic")
module dev.lanegrad.cli {
    requires dev.lanegrad;
    requires dev.lanegrad.check;
    requires dev.lanegrad.regress;
    requires info.picocli;
    requires java.desktop;
    requires me.tongfei.progressbar;
    requires xchart;
    requires static org.jspecify;

    opens dev.lanegrad.cli to
            info.picocli;
}
