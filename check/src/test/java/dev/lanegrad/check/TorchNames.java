package dev.lanegrad.check;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What PyTorch calls the operations of [dev.lanegrad.Tensor].
///
/// The rule is `torch.` and the method's name in small letters with underscores, or `Tensor.` if it
/// ends with one; everything else is listed here.
final class TorchNames {
    private static final String FUNCTIONAL =
            """
            celu elu gelu hardshrink hardsigmoid hardswish hardtanh leakyRelu logsigmoid mish relu relu6
            selu silu softplus softshrink softsign tanhshrink threshold glu prelu
            conv1d conv2d conv3d convTranspose1d convTranspose2d convTranspose3d
            adaptiveAvgPool1d adaptiveAvgPool2d adaptiveAvgPool3d adaptiveMaxPool1d adaptiveMaxPool2d
            adaptiveMaxPool3d avgPool1d avgPool2d avgPool3d lpPool1d lpPool2d maxPool1d maxPool2d maxPool3d
            maxUnpool1d maxUnpool2d maxUnpool3d interpolate gridSample
            batchNorm groupNorm instanceNorm layerNorm localResponseNorm normalize rmsNorm
            binaryCrossEntropy binaryCrossEntropyWithLogits crossEntropy ctcLoss klDiv nllLoss softmin
            gaussianNllLoss huberLoss l1Loss mseLoss poissonNllLoss smoothL1Loss cosineEmbeddingLoss
            hingeEmbeddingLoss marginRankingLoss multiMarginLoss multilabelMarginLoss
            multilabelSoftMarginLoss softMarginLoss tripletMarginLoss tripletMarginWithDistanceLoss
            cosineSimilarity pairwiseDistance
            channelShuffle fold pad pixelShuffle pixelUnshuffle linear bilinear oneHot
            embedding embeddingBag scaledDotProductAttention
            alphaDropout dropout featureAlphaDropout gumbelSoftmax
            celu_ elu_ hardtanh_ leakyRelu_ selu_ threshold_
            """;

    private static final String METHODS =
            "contiguous expand indexPut item put repeat sumToSize to view";

    private static final String LINEAR_ALGEBRA =
            "cholesky cross det inv matrixNorm matrixPower multiDot qr slogdet solve svd svdvals";

    private static final String SPECIAL = "entr i1";

    private static final String OTHERS =
            """
            add = torch.add; a + b
            add_ = Tensor.add_; a += b
            adaptiveMaxPool2dWithIndices = F.adaptive_max_pool2d(return_indices=True)
            adaptiveMaxPool3dWithIndices = F.adaptive_max_pool3d(return_indices=True)
            at = x[1:3, ..., ::2]
            atPut_ = x[0, 1:] = v
            bitwiseAnd = torch.bitwise_and; a & b
            bitwiseLeftShift = torch.bitwise_left_shift; a << b
            bitwiseNot = torch.bitwise_not; ~a
            bitwiseOr = torch.bitwise_or; a | b
            bitwiseRightShift = torch.bitwise_right_shift; a >> b
            bitwiseXor = torch.bitwise_xor; a ^ b
            cat = torch.cat; torch.concat
            channelsLast = Tensor.contiguous(memory_format=torch.channels_last)
            clamp = torch.clamp; torch.clip
            div = torch.div; a / b; a // b
            div_ = Tensor.div_; a /= b
            eq = torch.eq; a == b
            featureDropout = F.dropout1d; F.dropout2d; F.dropout3d
            ge = torch.ge; a >= b
            geluTanh = F.gelu(approximate="tanh")
            gt = torch.gt; a > b
            hardsigmoid_ = F.hardsigmoid(inplace=True)
            hardswish_ = F.hardswish(inplace=True)
            index = x[i, j]; x[mask]
            indexPut_ = Tensor.index_put_; x[i, j] = v; x[mask] = v
            le = torch.le; a <= b
            lt = torch.lt; a < b
            matmul = torch.matmul; a @ b
            maxPool2dWithIndices = F.max_pool2d(return_indices=True)
            maxPool3dWithIndices = F.max_pool3d(return_indices=True)
            mish_ = F.mish(inplace=True)
            mul = torch.mul; a * b
            mul_ = Tensor.mul_; a *= b
            ne = torch.ne; a != b
            neg = torch.neg; -a
            nuclearNorm = torch.linalg.matrix_norm(ord="nuc")
            of = torch.tensor; torch.from_numpy; torch.frombuffer
            pow = torch.pow; a ** b
            relu6_ = F.relu6(inplace=True)
            remainder = torch.remainder; a % b
            rpow = 2 ** x
            rsub = torch.rsub; 1 - x
            scalar = torch.tensor(0.5)
            silu_ = F.silu(inplace=True)
            slice = x[:, start:end:step]
            sub = torch.sub; a - b
            sub_ = Tensor.sub_; a -= b
            toList = Tensor.tolist
            unfold = F.unfold; Tensor.unfold
            """;

    private static final Map<String, List<String>> LISTED = listed();

    private TorchNames() {}

    /// The names of a method, the customary one first.
    static List<String> of(String method) {
        List<String> names = LISTED.get(method);
        return names != null
                ? names
                : List.of((method.endsWith("_") ? "Tensor." : "torch.") + snake(method));
    }

    /// Methods of which this says something.
    static Iterable<String> exceptions() {
        return LISTED.keySet();
    }

    /// Whether a name is the method's by rule, in whichever of PyTorch's modules.
    static boolean isByRule(String name, String method) {
        return name.substring(name.lastIndexOf('.') + 1).equals(snake(method));
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, List<String>> listed() {
        Map<String, List<String>> names = new HashMap<>();
        enter(names, FUNCTIONAL, "F.");
        enter(names, METHODS, "Tensor.");
        enter(names, LINEAR_ALGEBRA, "torch.linalg.");
        enter(names, SPECIAL, "torch.special.");
        OTHERS.lines()
                .forEach(line -> {
                    int equals = line.indexOf(" = ");
                    put(
                            names,
                            line.substring(0, equals),
                            List.of(line.substring(equals + 3).split("; ")));
                });
        return Map.copyOf(names);
    }

    private static void enter(Map<String, List<String>> names, String methods, String module) {
        for (String method : methods.strip().split("\\s+")) {
            put(names, method, List.of(module + snake(method)));
        }
    }

    private static void put(Map<String, List<String>> names, String method, List<String> value) {
        if (names.put(method, value) != null) {
            throw new IllegalStateException("two entries for " + method);
        }
    }
}
