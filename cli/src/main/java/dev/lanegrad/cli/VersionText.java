package dev.lanegrad.cli;

import dev.lanegrad.Lanegrad;
import picocli.CommandLine.IVersionProvider;

/// What `--version` shows.
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"lanegrad " + Lanegrad.VERSION};
    }
}
