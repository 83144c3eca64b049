package dev.lanegrad.nn;

/// `log(sigmoid(x))`, as `torch.nn.LogSigmoid`.
public final class LogSigmoid extends Activation {
    /// The function.
    public LogSigmoid() {
        super(x -> x.logsigmoid(), "");
    }
}
