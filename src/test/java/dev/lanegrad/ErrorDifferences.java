package dev.lanegrad;

import java.util.Map;

/// Recorded wrong calls that cannot be written in Java, or are no mistakes here, with the reason.
final class ErrorDifferences {
    private static final String RESIZE =
            "a tensor never changes its size in place: reshape and pad make another";

    private static final String TYPES = "the compiler refuses an argument of that type";

    /// By the end of the code.
    static final Map<String, String> ARGUED =
            Map.ofEntries(
                    Map.entry("torch.tensor([1.0, \"a\"])", TYPES),
                    Map.entry("torch.tensor([[1, 2], 3])", TYPES),
                    Map.entry("torch.tensor(2**63)", "no long has that value"),
                    Map.entry("torch.full((2,), \"a\")", TYPES),
                    Map.entry("torch.ones(3)[1.0]", TYPES),
                    Map.entry("nn.ModuleList([1])", TYPES),
                    Map.entry("torch.optim.SGD([1.0], lr=0.1)", TYPES),
                    Map.entry(
                            "torch.optim.SGD([{\"lr\": 0.1}], lr=0.1)",
                            "a group is made of its parameters"),
                    Map.entry("torch.optim.lr_scheduler.StepLR(1, 2)", TYPES),
                    Map.entry(
                            "nn.Linear(2, 3).load_state_dict({\"weight\": 1, \"bias\":"
                                    + " torch.ones(3)})",
                            TYPES),
                    Map.entry(
                            "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 1]),"
                                    + " reduction=\"avg\")",
                            "reductions are an enum"),
                    Map.entry(
                            "m = nn.Module()\nm.register_parameter(\"p\", torch.ones(1))",
                            "registering a tensor makes it a parameter"),
                    Map.entry(
                            "p = torch.ones(2, requires_grad=True)\n"
                                    + "opt = torch.optim.SGD([p], lr=0.1)\n"
                                    + "torch.optim.lr_scheduler.ReduceLROnPlateau(opt, mode=\"foo\")",
                            "the mode is a method of the builder"),
                    Map.entry(
                            "p = torch.ones(2, requires_grad=True)\n"
                                    + "opt = torch.optim.Adam([p], lr=0.1)\n"
                                    + "torch.optim.lr_scheduler.CyclicLR(opt, 0.1, 0.2,"
                                    + " mode=\"foo\")",
                            "the modes are an enum"),
                    Map.entry("x = torch.ones(2, requires_grad=True)\n(x * 2).backward(1)", TYPES),
                    Map.entry(
                            "x = torch.ones(2, requires_grad=True)\n"
                                    + "y = torch.ones(2, requires_grad=True)\n"
                                    + "torch.autograd.grad((x * 2).sum(), y, materialize_grads=True,"
                                    + " allow_unused=False)",
                            "zeros for unused inputs are a method of their own, gradOrZeros"),
                    Map.entry(
                            "F.interpolate(torch.ones(1, 1, 4, 4), size=2, scale_factor=2)",
                            "only a size can be given"),
                    Map.entry(
                            "nn.RNN(3, 4, nonlinearity=\"gelu\")",
                            "the choice of ReLU is a method of the builder"),
                    Map.entry(
                            "torch.ones(2, 3)[0, 3]",
                            "axes are selected one by one: the second is the first of what is"
                                    + " left"),
                    Map.entry("torch.ones(3)[0, 1]", "the same: nothing is left to select from"),
                    Map.entry("m = nn.Linear(2, 3)\nm.foo", "the compiler knows the members"),
                    Map.entry(
                            "m = nn.Linear(2, 3)\nm.weight = torch.ones(3, 2)",
                            "parameters are not assigned; the compiler says so"),
                    Map.entry(
                            "x = torch.ones(2, requires_grad=True)\nx.detach().numpy().shape\n"
                                    + "x.numpy()",
                            "elements are read as Java arrays, which are copies: no memory is"
                                    + " shared"),
                    Map.entry("x = torch.ones(2, requires_grad=True)\nx.resize_(3)", RESIZE),
                    Map.entry("torch.empty(2, 3).resize_(2, -3)", RESIZE),
                    Map.entry("F.interpolate(torch.ones(1, 1, 4, 4))", "no method has neither"),
                    Map.entry(
                            "torch.randn(2, dtype=torch.int32)",
                            "randn has no type argument but float32"));

    /// By what the body of a recorded class of functions contains.
    static final Map<String, String> OF_CLASSES =
            Map.of(
                    "    return 5\n", "forward returns tensors, says the compiler",
                    "    return 5.0\n", "backward returns tensors, says the compiler",
                    "ctx.save_for_backward(3)", TYPES,
                    "gradcheck(Fn.apply, (torch.ones(2),))",
                            "if no input requires a gradient, all floating-point ones are checked",
                    "Fn()(x)", "there is one way to call a function: apply");

    private ErrorDifferences() {}
}
