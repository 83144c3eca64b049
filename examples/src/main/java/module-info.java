import org.jspecify.annotations.NullMarked;

/// Programs to copy from.
@NullMarked
module dev.lanegrad.examples {
    requires dev.lanegrad;
    requires java.desktop;
    requires java.net.http;
    requires jdk.httpserver;
    requires static org.jspecify;
}
