package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.ofParts;

import dev.lanegrad.Tensor;
import java.util.List;

/// Operations that move elements.
final class ShapeLines {
    static final List<Operation> ALL =
            List.of(
                    of("contiguous", x -> x.t().contiguous(), in("m,n")).linear(),
                    of("channelsLast", Tensor::channelsLast, in("n,c,h,w")).linear(),
                    of("view", x -> x.contiguous().view(2, -1), in("m,4")).linear(),
                    of("reshape", x -> x.t().reshape(2, 6), in("3,4")).linear(),
                    of("reshape", x -> x.reshape(-1)).linear(),
                    of("flatten", Tensor::flatten).linear(),
                    of("flatten", x -> x.flatten(1, 2), in("a,b,c")).linear(),
                    of("permute", x -> x.permute(2, 0, 1), in("a,b,c")).linear(),
                    of("transpose", x -> x.transpose(0, -1), in("a,b,c")).linear(),
                    of("t", Tensor::t, in("m,n")).linear(),
                    of("expand", x -> x.expand(2, 3, 4), in("3,1")).linear(),
                    of("unsqueeze", x -> x.unsqueeze(1), in("m,n")).linear(),
                    of("squeeze", x -> x.squeeze(1), in("m,1,n")).linear(),
                    of("squeeze", Tensor::squeeze).linear(),
                    of("select", x -> x.select(1, -2), in("m,N")).linear(),
                    of("slice", x -> x.slice(1, 1, 4, 2), in("m,N")).linear(),
                    of("at", x -> x.at("None, ..., -2, 1:4:2"), in("m,N,N")).linear(),
                    of("at", x -> x.at("...")).linear(),
                    of("narrow", x -> x.narrow(0, 1, 2), in("N,m")).linear(),
                    ofParts("split", x -> x.split(3, 1), in("m,N")).linear(),
                    ofParts("split", x -> x.split(new int[] {2, 0, 3}, 0), in("5,n")).linear(),
                    ofParts("chunk", x -> x.chunk(2, 0), in("m,n")).linear(),
                    ofParts("unbind", x -> x.unbind(0), in("3,n")).linear(),
                    of("flip", x -> x.flip(0, 1), in("m,n")).linear(),
                    ofAll("cat", t -> Tensor.cat(List.of(t), 1), in("m,n"), in("m,k")).linear(),
                    ofAll("stack", t -> Tensor.stack(List.of(t), 1), in("m,n"), in("m,n")).linear(),
                    of("unflatten", x -> x.unflatten(1, 2, -1), in("m,6,n")).linear(),
                    ofParts("tensorSplit", x -> x.tensorSplit(3, 1), in("m,N")).linear(),
                    ofParts("tensorSplit", x -> x.tensorSplit(new int[] {1, -2}, 0), in("N,m"))
                            .linear(),
                    ofAll("vstack", t -> Tensor.vstack(List.of(t)), in("n"), in("m,n")).linear(),
                    ofAll("hstack", t -> Tensor.hstack(List.of(t)), in("m,n"), in("m,k")).linear(),
                    ofAll("dstack", t -> Tensor.dstack(List.of(t)), in("m,n"), in("m,n,k"))
                            .linear(),
                    ofAll("columnStack", t -> Tensor.columnStack(List.of(t)), in("m"), in("m,n"))
                            .linear(),
                    of(
                                    "meshgrid",
                                    (x, y) ->
                                            Tensor.meshgrid(x, y)[0].mul(Tensor.meshgrid(x, y)[1]),
                                    in("m"),
                                    in("3"))
                            .linear(),
                    of("channelShuffle", x -> x.channelShuffle(3), in("n,6,h,w")).linear(),
                    of("indexSelect", x -> x.indexSelect(1, Tensor.of(2L, 0L, 2L)), in("m,N"))
                            .linear(),
                    of(
                                    "indexAdd",
                                    (x, s) -> x.indexAdd(1, Tensor.of(2L, 0L, 2L), s),
                                    in("m,N"),
                                    in("m,3"))
                            .linear());

    private ShapeLines() {}
}
