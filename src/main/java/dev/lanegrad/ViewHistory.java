package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The histories of a tensor and its views, which writes to the one change for all.
///
/// A recorded write through a view becomes part of the history of the tensor it is a view of, as
/// [CopySlices]. A view whose memory was written to since forgets how it was made, and becomes a
/// part of that tensor by strides when it is asked for its history next.
final class ViewHistory {
    private ViewHistory() {}

    /// The operation that reads the view `v` from the tensor it is a view of, as that is now.
    ///
    /// @throws IllegalStateException if the view came to be in a way that excludes it
    static Node regenerated(Tensor v, Tensor base, ViewOrigin origin, @Nullable Node maker) {
        if (origin != ViewOrigin.RECORDING) {
            throw new IllegalStateException(origin.refusal(maker, v.outputNr(), true));
        }
        Backward rule = new Views.AsStridedBackward0(Geometry.of(base), Geometry.of(v));
        Node node = new Node(rule, new @Nullable Edge[] {base.gradientEdge()});
        node.outputs(OutputInfo.of(v));
        return node;
    }

    /// Makes a write to `x` part of the history of all that shares its memory. The write has been
    /// counted already, once.
    ///
    /// @param inputs of the operation, `x` being the first
    static void write(Tensor x, Backward rule, @Nullable Tensor... inputs) {
        if (Tape.hasHistory(inputs)) {
            setHistory(x, rule, inputs);
        }
        ForwardMode.pushWrite(x, rule, inputs);
    }

    private static void setHistory(Tensor x, Backward rule, @Nullable Tensor... inputs) {
        Tensor base = x.base();
        @Nullable Edge[] edges = new Edge[inputs.length];
        Arrays.setAll(
                edges, i -> inputs[i] == null ? null : inputs[i].edgeBeforeWrite(x.version()));
        if (base == null) {
            Node node = Node.recorded(rule, edges);
            node.outputs(OutputInfo.of(x));
            x.setHistory(node, 0);
            return;
        }
        edges[0] = base.gradientEdge();
        Backward whole = new CopySlices(rule, Geometry.of(base), Geometry.of(x), OutputInfo.of(x));
        Node node = Node.recorded(whole, edges);
        node.outputs(OutputInfo.of(base));
        base.setHistory(node, 0);
    }
}
