package dev.lanegrad.regress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A run: pairs of processes, one of each side, case after case, in two looks ([Judge]).
///
/// The cases take turns pair by pair, so that each is measured over the whole time of a look, and
/// the order within pairs alternates ([Side#order(int)]). Every pair is in the file before the next
/// one starts; what a file already has is not measured again.
final class Regression {
    /// Hears how far a run is.
    interface Progress {
        /// So many pairs of processes are to come in a look.
        void begins(int look, int pairs);

        /// A pair starts.
        void measures(List<Case> cases);

        /// It is done.
        void advanced();
    }

    private final RunHeader run;
    private final RunFile file;
    private final Forks forks;
    private final Progress progress;
    private final Measurements measured;
    private final List<Failure> failures = new ArrayList<>();

    Regression(RunHeader run, RunFile file, Forks forks, Progress progress, Measurements measured) {
        this.run = run;
        this.file = file;
        this.forks = forks;
        this.progress = progress;
        this.measured = measured;
    }

    Result run() throws IOException, InterruptedException {
        look(1, run.cases());
        Judge judge = new Judge(run.settings());
        List<Case> suspects = new ArrayList<>();
        List<GateFailure> gates = new ArrayList<>();
        for (Case test : working(run.cases())) {
            List<Fork> base = measured.of(test, Side.BASE, 1);
            List<Fork> head = measured.of(test, Side.HEAD, 1);
            if (judge.suspects(base, head)) {
                suspects.add(test);
            }
        }
        look(2, suspects);
        for (Case test : working(run.cases())) {
            gates.addAll(
                    Gates.check(test, measured.of(test, Side.BASE), measured.of(test, Side.HEAD)));
        }
        Result result = new Result(judge.judge(measured), gates, List.copyOf(failures));
        file.append(result);
        return result;
    }

    private List<Case> working(List<Case> cases) {
        return cases.stream()
                .filter(c -> failures.stream().noneMatch(f -> f.test().equals(c)))
                .toList();
    }

    private void look(int look, List<Case> cases) throws IOException, InterruptedException {
        int pairs = run.settings().pairs(look);
        List<List<Case>> batches =
                run.settings().together() ? List.of(cases) : cases.stream().map(List::of).toList();
        int toCome = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (List<Case> batch : batches) {
                toCome += missing(batch, look, pair).isEmpty() ? 0 : 1;
            }
        }
        progress.begins(look, toCome);
        for (int pair = 0; pair < pairs; pair++) {
            for (List<Case> batch : batches) {
                pair(look, pair, missing(batch, look, pair));
            }
        }
    }

    private List<Case> missing(List<Case> batch, int look, int pair) {
        return working(batch).stream().filter(c -> !measured.has(c, look, pair)).toList();
    }

    /// Both sides even if the first fails, to know whether the other does.
    private void pair(int look, int pair, List<Case> cases)
            throws IOException, InterruptedException {
        if (cases.isEmpty()) {
            return;
        }
        progress.measures(cases);
        for (Forks.Round round : forks.run(Side.order(pair), cases)) {
            for (Fork fork : round.done()) {
                Fork placed = fork.at(look, pair, round.probe());
                file.append("fork", placed);
                measured.add(placed);
            }
            for (Failure failure : round.failed()) {
                file.append("failure", failure);
                failures.add(failure);
            }
        }
        progress.advanced();
    }
}
