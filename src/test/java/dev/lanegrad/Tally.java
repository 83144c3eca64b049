package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Counts how the records of one reference file fare. [#report()] prints `reference
/// goldens/print.jsonl: 344 passed, 0 failed, 20 not implemented`, and how many differ on purpose
/// if some do.
public final class Tally {
    private static final int SHOWN = Integer.getInteger("lanegrad.reference.shown", 5);

    private final String file;
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int notImplemented;
    private int argued;

    /// Starts at zero for `file`, named as [Reference#lines(String)] names it.
    public Tally(String file) {
        this.file = file;
    }

    /// One record more that agrees.
    public void passed() {
        passed++;
    }

    /// One record more that does not agree; `detail` says how.
    public void failed(String id, String detail) {
        failures.add(id + ": " + detail);
    }

    /// One record more that needs what does not exist yet.
    public void notImplemented() {
        notImplemented++;
    }

    /// One record more that differs on purpose; the test says why.
    public void argued() {
        argued++;
    }

    /// One record more: passed if `actual` equals `expected`, else failed with both.
    public void expect(String id, Object expected, Object actual) {
        if (Objects.equals(expected, actual)) {
            passed();
        } else {
            failed(id, "expected\n" + expected + "\nbut was\n" + actual);
        }
    }

    /// Prints the line of counts, then judges them.
    ///
    /// @throws AssertionError as [#judge()]
    public void report() {
        System.out.println(counts());
        judge();
    }

    String counts() {
        return "reference %s: %d passed, %d failed, %d not implemented"
                        .formatted(file, passed, failures.size(), notImplemented)
                + (argued > 0 ? ", %d argued".formatted(argued) : "");
    }

    /// @throws AssertionError if a record failed, with the first few, or if there was no record
    void judge() {
        if (!failures.isEmpty()) {
            int shown = Math.min(SHOWN, failures.size());
            throw new AssertionError(
                    "%s: %d of %d records differ, the first %d:\n%s"
                            .formatted(
                                    file,
                                    failures.size(),
                                    passed + failures.size(),
                                    shown,
                                    String.join("\n\n", failures.subList(0, shown))));
        }
        if (passed + notImplemented + argued == 0) {
            throw new AssertionError(file + ": no records");
        }
    }
}
