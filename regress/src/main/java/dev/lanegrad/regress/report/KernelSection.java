package dev.lanegrad.regress.report;

import static dev.lanegrad.regress.report.Html.cell;
import static dev.lanegrad.regress.report.Html.format;
import static dev.lanegrad.regress.report.Html.text;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The kernels' table: roofline and peers.
final class KernelSection {
    private static final int WIDE = 900;
    private static final int NARROW = 380;

    private final KernelRun run;
    private final List<String> families;

    KernelSection(KernelRun run) {
        this.run = run;
        this.families = run.families();
    }

    String html() {
        return roofline() + peers();
    }

    private String roofline() {
        StringBuilder legend = new StringBuilder();
        for (String family : families) {
            legend.append(
                    format(
                            "<span><svg class=\"key\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle"
                                    + " class=\"%s\" cx=\"6\" cy=\"6\" r=\"5\"/></svg>%s</span>%n",
                            Roofline.color(families, family), text(family)));
        }
        return format(
                """
                <section id="roofline">
                <h2>Roofline</h2>
                <p>Kernels beside what this machine allows: %.1f GFLOP/s of multiply-adds, the median beside the
                kernels; %.1f GB/s reading memory (full line), %.1f GB/s copying (dashed). %d thread%s, commit
                %s, %s. Operations are the definition's, so fast algorithms may pass the roof.</p>
                <div class="legend">%s</div>
                %s%s</section>
                """,
                run.peakGflops(),
                run.readBandwidth(),
                run.copyBandwidth(),
                run.threads(),
                run.threads() == 1 ? "" : "s",
                text(run.commit().isEmpty() ? "unknown" : run.commit()),
                text(run.started()),
                legend,
                new Roofline(run, WIDE, 480).svg("wide"),
                new Roofline(run, NARROW, 360).svg("narrow"));
    }

    private String peers() {
        TreeSet<String> names = new TreeSet<>();
        run.rows().forEach(r -> names.addAll(r.peers().keySet()));
        StringBuilder head = new StringBuilder();
        names.forEach(n -> head.append("<th class=\"n\">").append(text(n)).append("</th>"));
        StringBuilder body = new StringBuilder();
        int number = 0;
        for (KernelRun.Row row : run.rows()) {
            number++;
            body.append("<tr>")
                    .append(cell(number))
                    .append("<th scope=\"row\">")
                    .append(text(row.kernel()))
                    .append("</th>")
                    .append(cell(row.shape()))
                    .append(cell(row.gflops(), format("%.1f", row.gflops())))
                    .append(cell(row.percentOfPeak(), format("%.1f", row.percentOfPeak())))
                    .append(floor(row));
            names.forEach(n -> body.append(peer(row, n)));
            body.append("</tr>\n");
        }
        return format(
                """
                <section id="peers">
                <h2>Kernels%s</h2>
                <p>GFLOP/s and percent of the peak measured beside each iteration%s.</p>
                <div class="scroll"><table>
                <thead><tr><th>#</th><th>kernel</th><th>shape</th><th class="n">GFLOP/s</th>\
                <th class="n">%% of peak</th><th class="n">floor</th>%s</tr></thead>
                <tbody>
                %s</tbody></table></div></section>
                """,
                names.isEmpty() ? "" : " and peers",
                names.isEmpty()
                        ? ""
                        : "; in a peer's column its percent, and how many times as fast ours is",
                head,
                body);
    }

    private static String floor(KernelRun.Row row) {
        if (row.floor() == 0) {
            return "<td></td>";
        }
        boolean kept = row.percentOfPeak() >= row.floor();
        return format(
                "<td class=\"n %s\">%.0f %s</td>",
                kept ? "good" : "bad", row.floor(), kept ? "kept" : "missed");
    }

    private static String peer(KernelRun.Row row, String name) {
        Map<String, KernelRun.Peer> peers = row.peers();
        KernelRun.Peer peer = peers.get(name);
        if (peer == null) {
            return "<td></td>";
        }
        double times = row.percentOfPeak() / peer.percentOfPeak();
        return format(
                "<td class=\"n\" data-value=\"%s\">%.1f <b class=\"%s\">× %.2f</b></td>",
                peer.percentOfPeak(), peer.percentOfPeak(), times >= 1 ? "good" : "bad", times);
    }
}
