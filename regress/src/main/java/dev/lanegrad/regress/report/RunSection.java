package dev.lanegrad.regress.report;

import static dev.lanegrad.regress.report.Html.cell;
import static dev.lanegrad.regress.report.Html.format;
import static dev.lanegrad.regress.report.Html.text;

import dev.lanegrad.regress.Comparison;
import dev.lanegrad.regress.Numbers;
import dev.lanegrad.regress.Outcome;
import dev.lanegrad.regress.RunFile;
import dev.lanegrad.regress.Verdict;
import java.util.List;

/// A regression run: each case with its interval as a bar beside the threshold.
final class RunSection {
    private static final double BAR_WIDTH = 200;

    private final RunFile.Content content;
    private final double reach;

    RunSection(RunFile.Content content) {
        this.content = content;
        double farthest = 2 * content.run().settings().threshold();
        for (Outcome o : content.outcomes()) {
            farthest = Math.max(farthest, Math.abs(o.comparison().low() - 1));
            farthest = Math.max(farthest, Math.abs(o.comparison().high() - 1));
        }
        this.reach = Math.min(1, farthest * 1.1);
    }

    String html() {
        StringBuilder rows = new StringBuilder();
        content.outcomes().forEach(o -> rows.append(row(o)));
        StringBuilder gates = new StringBuilder();
        content.gates()
                .forEach(g ->
                        gates.append("<li class=\"bad\">")
                                .append(text(g.test() + ": " + g.message()))
                                .append("</li>\n"));
        var run = content.run();
        return format(
                """
                <section id="last">
                <h2>Last comparison</h2>
                <p><b>%s</b> against <b>%s</b>, %s, on %s with Java %s. The bar is the 95 %% interval of head by base,
                the line in it the estimate; shaded is what counts as a regression, from %+.3g %%.</p>
                <ul>%s</ul>
                <div class="scroll"><table>
                <thead><tr><th>benchmark</th><th>verdict</th><th class="n">base</th><th class="n">head</th>\
                <th class="n">change</th><th>interval</th><th class="n">from</th><th class="n">to</th>\
                <th class="n">pairs</th><th class="n">p</th></tr></thead>
                <tbody>
                %s</tbody></table></div></section>
                """,
                text(run.head().shortName()),
                text(run.base().shortName()),
                text(run.started()),
                text(run.machine().cpu()),
                text(run.machine().jdk()),
                100 * run.settings().threshold(),
                gates,
                rows);
    }

    private String row(Outcome o) {
        Comparison c = o.comparison();
        return "<tr data-case=\""
                + text(o.test().name())
                + "\"><th scope=\"row\">"
                + text(o.test().name())
                + "</th>"
                + format("<td class=\"%s\">%s</td>", tone(o.verdict()), o.verdict().word())
                + cell(o.base().time(), Numbers.time(o.base().time(), o.unit()))
                + cell(o.head().time(), Numbers.time(o.head().time(), o.unit()))
                + cell(c.ratio(), Numbers.change(c.ratio()))
                + "<td>"
                + bar(c, o.verdict())
                + "</td>"
                + cell(c.low(), Numbers.change(c.low()))
                + cell(c.high(), Numbers.change(c.high()))
                + cell(c.pairs(), String.valueOf(c.pairs()))
                + cell(o.p(), format("%.4f", o.p()))
                + "</tr>\n";
    }

    private String bar(Comparison c, Verdict verdict) {
        double threshold = x(1 + content.run().settings().threshold());
        double low = x(c.low());
        double high = x(c.high());
        return format(
                "<svg class=\"bar\" viewBox=\"0 0 %.0f 18\" aria-hidden=\"true\"><rect class=\"beyond\""
                        + " x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"18\"/><path class=\"zero\""
                        + " d=\"M%.1f 0V18\"/><rect class=\"interval %s\" x=\"%.1f\" y=\"5\""
                        + " width=\"%.1f\" height=\"8\" rx=\"2\"/><path class=\"estimate\" d=\"M%.1f"
                        + " 2V16\"/></svg>",
                BAR_WIDTH,
                threshold,
                BAR_WIDTH - threshold,
                x(1),
                tone(verdict),
                low,
                Math.max(1, high - low),
                x(c.ratio()));
    }

    private double x(double ratio) {
        double share = (ratio - 1 + reach) / (2 * reach);
        return BAR_WIDTH * Math.clamp(share, 0, 1);
    }

    static String tone(Verdict verdict) {
        return switch (verdict) {
            case SLOWER -> "bad";
            case UNCLEAR, SLIGHTLY_SLOWER -> "doubt";
            case SAME -> "even";
            case FASTER -> "good";
        };
    }

    /// The runs that came to an end.
    static List<RunFile.Content> ended(List<RunFile.Content> runs) {
        return runs.stream().filter(r -> !r.outcomes().isEmpty()).toList();
    }
}
