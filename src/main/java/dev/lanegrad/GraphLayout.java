package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Places for a graph's boxes in rows, leaves on top: each box is one row below the lowest that it
/// needs; arrows over several rows bend around the boxes between, at points that take part in the
/// rows like narrow boxes. Within a row everything stands near what it is connected with.
final class GraphLayout {
    private static final int SWEEPS = 12;
    static final double LINE = 15;
    private static final double PADDING = 8;
    private static final double CHARACTER = 6.7;
    private static final double GAP = 18;
    private static final double ROW_GAP = 34;
    private static final double POINT = 10;

    /// A box, or a bend of an arrow.
    static final class Place {
        final int row;
        final double width;
        final double height;
        double x;
        double y;
        private final List<Place> above = new ArrayList<>();
        private final List<Place> below = new ArrayList<>();
        private double wish;

        Place(int row, double width, double height) {
            this.row = row;
            this.width = width;
            this.height = height;
        }
    }

    final Place[] boxes;

    /// For each arrow its places from the first box to the last.
    final List<List<Place>> paths = new ArrayList<>();

    private final List<List<Place>> rows = new ArrayList<>();
    double width;
    double height;

    GraphLayout(GraphModel graph) {
        int[] row = rows(graph);
        boxes = new Place[row.length];
        for (GraphModel.Vertex v : graph.vertices()) {
            int longest = v.lines().stream().mapToInt(String::length).max().orElse(0);
            boxes[v.id()] =
                    add(
                            new Place(
                                    row[v.id()],
                                    longest * CHARACTER + 2 * PADDING,
                                    v.lines().size() * LINE + 2 * PADDING));
        }
        for (GraphModel.Arrow arrow : graph.arrows()) {
            paths.add(path(boxes[arrow.from()], boxes[arrow.to()]));
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(sweep % 2 == 0);
        }
        place();
    }

    private static int[] rows(GraphModel graph) {
        int[] row = new int[graph.vertices().size()];
        for (int pass = 0; pass < 2; pass++) {
            for (GraphModel.Vertex v : graph.vertices()) {
                for (GraphModel.Arrow a : graph.arrows()) {
                    if (a.to() == v.id()) {
                        row[a.to()] = Math.max(row[a.to()], row[a.from()] + 1);
                    }
                }
            }
        }
        for (GraphModel.Vertex v : graph.vertices()) {
            if (v.kind() == GraphModel.Kind.LEAF) {
                row[v.id()] =
                        graph.arrows().stream()
                                .filter(a -> a.from() == v.id())
                                .mapToInt(a -> row[a.to()] - 1)
                                .min()
                                .orElse(0);
            }
        }
        return row;
    }

    private Place add(Place place) {
        while (rows.size() <= place.row) {
            rows.add(new ArrayList<>());
        }
        rows.get(place.row).add(place);
        return place;
    }

    private List<Place> path(Place from, Place to) {
        List<Place> path = new ArrayList<>(List.of(from));
        Place last = from;
        for (int r = from.row + 1; r <= to.row; r++) {
            Place next = r == to.row ? to : add(new Place(r, POINT, 0));
            last.below.add(next);
            next.above.add(last);
            path.add(next);
            last = next;
        }
        return path;
    }

    /// Sorts each row by the middle of what its places are connected with in the row before.
    private void order(boolean down) {
        for (int i = 0; i < rows.size(); i++) {
            List<Place> row = rows.get(down ? i : rows.size() - 1 - i);
            for (int k = 0; k < row.size(); k++) {
                Place p = row.get(k);
                List<Place> others = down ? p.above : p.below;
                p.wish = others.stream().mapToDouble(o -> o.x).average().orElse(p.x);
            }
            row.sort(Comparator.comparingDouble(p -> p.wish));
            for (int k = 0; k < row.size(); k++) {
                row.get(k).x = k;
            }
        }
    }

    private void place() {
        double y = GAP;
        for (List<Place> row : rows) {
            double x = 0;
            double tallest = 0;
            for (Place p : row) {
                p.x = x + p.width / 2;
                x += p.width + GAP;
                tallest = Math.max(tallest, p.height);
            }
            for (Place p : row) {
                p.y = y + tallest / 2;
            }
            y += tallest + ROW_GAP;
        }
        for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
            for (List<Place> row : rows) {
                pull(row);
            }
        }
        double left = Arrays.stream(boxes).mapToDouble(b -> b.x - b.width / 2).min().orElse(0);
        for (List<Place> row : rows) {
            for (Place p : row) {
                p.x += GAP - left;
                width = Math.max(width, p.x + p.width / 2 + GAP);
            }
        }
        height = y - ROW_GAP + GAP;
    }

    /// Moves the places of a row to the middle of their neighbours above and below, as far as the
    /// others of the row let them.
    private static void pull(List<Place> row) {
        double[] wish = new double[row.size()];
        for (int i = 0; i < wish.length; i++) {
            Place p = row.get(i);
            double sum = 0;
            for (Place o : p.above) {
                sum += o.x;
            }
            for (Place o : p.below) {
                sum += o.x;
            }
            int n = p.above.size() + p.below.size();
            wish[i] = n == 0 ? p.x : sum / n;
        }
        double[] fromLeft = wish.clone();
        double[] fromRight = wish.clone();
        for (int i = 1; i < wish.length; i++) {
            fromLeft[i] = Math.max(wish[i], fromLeft[i - 1] + distance(row, i));
        }
        for (int i = wish.length - 2; i >= 0; i--) {
            fromRight[i] = Math.min(wish[i], fromRight[i + 1] - distance(row, i + 1));
        }
        for (int i = 0; i < wish.length; i++) {
            row.get(i).x = (fromLeft[i] + fromRight[i]) / 2;
        }
    }

    private static double distance(List<Place> row, int i) {
        return (row.get(i - 1).width + row.get(i).width) / 2 + GAP;
    }
}
