package dev.lanegrad;

import java.util.Arrays;
import java.util.List;

/// Several tensors as one.
final class Joining {
    private Joining() {}

    /// The tensors one after another along an axis, as `torch.cat`.
    static Tensor cat(List<Tensor> tensors, int axis) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("cat: expected a non-empty list of Tensors");
        }
        Tensor[] all = tensors.stream().filter(t -> !isLegacyEmpty(t)).toArray(Tensor[]::new);
        if (all.length == 0) {
            return tensors.getFirst();
        }
        int at = all[0].shape().axis(axis, "cat");
        int[] sizes = all[0].shape().sizes().clone();
        sizes[at] = 0;
        DType dtype = all[0].dtype();
        for (int i = 0; i < all.length; i++) {
            checkSizes(all, i, at);
            sizes[at] += all[i].size(at);
            dtype = Promotion.of(dtype, all[i].dtype());
        }
        Tensor y = Creation.empty(Shape.of(sizes), dtype);
        int[] starts = new int[all.length + 1];
        for (int i = 0; i < all.length; i++) {
            int length = all[i].size(at);
            Strip strip = new Strip(at, starts[i], 1, length, false);
            starts[i + 1] = starts[i] + length;
            Tensor place =
                    new Tensor(
                            y.storage(),
                            strip.offset(y),
                            strip.shape(y.shape()),
                            strip.strides(y),
                            y.version(),
                            false);
            Elementwise.copy(place, all[i].detach());
        }
        return Tape.records(all) ? Tape.record(y, new CatBackward0(at, starts), all) : y;
    }

    private static boolean isLegacyEmpty(Tensor t) {
        return t.dim() == 1 && t.size(0) == 0;
    }

    private static void checkSizes(Tensor[] all, int i, int axis) {
        Shape first = all[0].shape();
        Shape shape = all[i].shape();
        boolean fits = first.dim() == shape.dim() && shape.dim() > 0;
        for (int k = 0; fits && k < first.dim(); k++) {
            fits = k == axis || first.size(k) == shape.size(k);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "cat: sizes must match except at axis "
                            + axis
                            + ", but tensor "
                            + i
                            + " has "
                            + shape
                            + " and tensor 0 has "
                            + first);
        }
    }

    record CatBackward0(int axis, int[] starts) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            for (int i = 0; i < starts.length - 1; i++) {
                if (g.needs(i)) {
                    g.put(i, g.gy().narrow(axis, starts[i], (long) starts[i + 1] - starts[i]));
                }
            }
        }
    }

    /// The tensors side by side along a new axis, as `torch.stack`.
    static Tensor stack(List<Tensor> tensors, int axis) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("stack: expected a non-empty list of Tensors");
        }
        Shape first = tensors.getFirst().shape();
        for (int i = 0; i < tensors.size(); i++) {
            if (!tensors.get(i).shape().equals(first)) {
                throw new IllegalArgumentException(
                        "stack: expects each tensor to be equal size, but got "
                                + first
                                + " at entry 0 and "
                                + tensors.get(i).shape()
                                + " at entry "
                                + i);
            }
        }
        int dim = first.dim() + 1;
        if (axis < -dim || axis >= dim) {
            throw new IndexOutOfBoundsException(
                    "stack: axis "
                            + axis
                            + " is out of range ["
                            + -dim
                            + ", "
                            + (dim - 1)
                            + "] ("
                            + first
                            + ")");
        }
        int at = axis < 0 ? axis + dim : axis;
        return Joining.cat(tensors.stream().map(t -> t.unsqueeze(at)).toList(), at);
    }

    // ------------------------------------------------------------ stacks

    /// The tensors below each other, those of one axis as rows, as `torch.vstack`.
    static Tensor vstack(List<Tensor> tensors) {
        return cat(named("vstack", tensors).stream().map(Joining::atLeast2d).toList(), 0);
    }

    /// The tensors beside each other, those of one axis end to end, as `torch.hstack`.
    static Tensor hstack(List<Tensor> tensors) {
        List<Tensor> all = named("hstack", tensors).stream().map(Joining::atLeast1d).toList();
        return cat(all, all.getFirst().dim() == 1 ? 0 : 1);
    }

    /// The tensors behind each other along the third axis, as `torch.dstack`.
    static Tensor dstack(List<Tensor> tensors) {
        return cat(named("dstack", tensors).stream().map(Joining::atLeast3d).toList(), 2);
    }

    /// The tensors beside each other, those of one axis as columns, as `torch.column_stack`.
    static Tensor columnStack(List<Tensor> tensors) {
        return hstack(
                named("columnStack", tensors).stream()
                        .map(t -> t.dim() <= 1 ? t.reshape(t.numel(), 1) : t)
                        .toList());
    }

    private static List<Tensor> named(String op, List<Tensor> tensors) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException(op + ": expected a non-empty list of Tensors");
        }
        return tensors;
    }

    static Tensor atLeast1d(Tensor t) {
        return t.dim() == 0 ? t.reshape(1) : t;
    }

    static Tensor atLeast2d(Tensor t) {
        return switch (t.dim()) {
            case 0 -> t.reshape(1, 1);
            case 1 -> t.unsqueeze(0);
            default -> t;
        };
    }

    static Tensor atLeast3d(Tensor t) {
        return switch (t.dim()) {
            case 0 -> t.reshape(1, 1, 1);
            case 1 -> t.unsqueeze(0).unsqueeze(-1);
            case 2 -> t.unsqueeze(-1);
            default -> t;
        };
    }

    // ------------------------------------------------------------ meshgrid

    /// For each tensor of at most one axis a view in which it varies along its own axis of a grid,
    /// as `torch.meshgrid` with `indexing="ij"`.
    static Tensor[] meshgrid(Tensor... axes) {
        long[] sizes = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            if (axes[i].dim() > 1 || axes[i].dtype() != axes[0].dtype()) {
                throw new IllegalArgumentException(
                        "meshgrid: expected tensors of at most 1 axis and of one type, but tensor "
                                + i
                                + " is "
                                + axes[i].typeName()
                                + " "
                                + axes[i].shape()
                                + " and tensor 0 "
                                + axes[0].typeName()
                                + " "
                                + axes[0].shape());
            }
            sizes[i] = axes[i].numel();
        }
        Tensor[] grids = new Tensor[axes.length];
        for (int i = 0; i < axes.length; i++) {
            long[] along = new long[axes.length];
            Arrays.fill(along, 1);
            along[i] = sizes[i];
            grids[i] = axes[i].view(along).expand(Shape.of(sizes));
        }
        return grids;
    }
}
