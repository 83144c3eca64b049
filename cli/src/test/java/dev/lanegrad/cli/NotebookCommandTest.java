package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NotebookCommandTest {
    @Test
    void aTourShowsEachCellsJavaAndThenWhatItPrints() {
        String out = Run.of("notebook", "003").assertDone().out();
        assertTrue(out.startsWith("Notebook 003: Autograd and gradient descent\n\nIn [1]:\n"), out);
        assertTrue(
                out.contains(
                        """
                        In [26]:
                            show(tensor1.grad());

                        tensor([[1.1667, 1.3333, 1.5000],
                                [1.6667, 1.8333, 2.0000]])
                        """),
                out);
        assertTrue(
                out.contains("  | Warning: The .grad attribute of a Tensor that is not a leaf"),
                out);
        assertTrue(
                out.lines()
                        .filter(line -> !line.startsWith("'result_tensor")) // as long as recorded
                        .allMatch(line -> line.length() <= 80),
                out);
        assertFalse(out.contains("\033"), out);
    }

    @Test
    void pythonIsShownOnDemand() {
        String out = Run.of("notebook", "003", "--python").assertDone().out();
        assertTrue(
                out.contains(
                        """
                        In [102], Python:
                            t3 = (t1 + t2).mean() - 0
                            t3
                        Java:
                            Tensor t3 = t1.add(t2).mean().sub(0);
                            show(t3);

                        tensor(4.5000, grad_fn=<SubBackward0>)
                        """),
                out);
    }

    @Test
    void longOutputsAreCutUnlessAskedFor() {
        String cut = Run.of("notebook", "004").assertDone().out();
        assertTrue(cut.contains("[... 186 more lines, shown by --full]"), cut);
        assertTrue(
                cut.contains("  (fc): Linear(in_features=512, out_features=1000, bias=True)\n)"));
        String whole = Run.of("notebook", "004", "--full").assertDone().out();
        assertFalse(whole.contains("more lines"));
        assertTrue(whole.lines().count() > cut.lines().count() + 186);
    }

    @Test
    void allNotebooksRunOneAfterAnother() {
        String out = Run.of("notebook").assertDone().out();
        assertEquals(
                "Notebook 000, Notebook 001, Notebook 002, Notebook 003, Notebook 004",
                String.join(
                        ", ",
                        out.lines()
                                .filter(line -> line.startsWith("Notebook 00"))
                                .map(line -> line.substring(0, 12))
                                .toList()));
    }

    @Test
    void anUnknownNumberIsOneLine() {
        Run.of("notebook", "7")
                .assertComplaint(
                        "lanegrad notebook: there is no notebook 7, but 000, 001, 002, 003, 004");
    }
}
