package dev.lanegrad.regress;

/// A jar of JMH benchmarks.
///
/// @param label as the user called it
/// @param commit the hash that it was built from, or empty
/// @param jar its file
/// @param sha256 of the file
public record Build(String label, String commit, String jar, String sha256) {
    /// The first letters of the commit, or the file's name.
    public String shortName() {
        return commit.isEmpty()
                ? label.substring(label.lastIndexOf('/') + 1)
                : commit.substring(0, Math.min(commit.length(), 10));
    }
}
