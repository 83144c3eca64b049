package dev.lanegrad;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An n-dimensional array of numbers that remembers how it was computed.
///
/// A tensor is a view of a storage: a shape, a stride by axis, an offset. Operations are the
/// methods of the interfaces it implements, a family each. If an operand [requires a
/// gradient][#requiresGrad()], the operation is recorded, and [#backward()] computes gradients
/// through it.
public final class Tensor
        implements Arithmetic,
                Powers,
                Pointwise,
                SpecialFunctions,
                Clamping,
                Activations,
                Comparisons,
                Selection,
                Reductions,
                Extremes,
                Statistics,
                Scans,
                Quantiles,
                Counting,
                Neighbours,
                Copies,
                Views,
                AxisViews,
                Slicing,
                Indexing,
                MatrixProducts,
                Convolution,
                Pooling,
                VolumePooling,
                Unpooling,
                Normalization,
                Losses,
                RegressionLosses,
                MarginLosses,
                PointwisePairs,
                Gathering,
                AdvancedIndexing,
                TextIndexing,
                Sorting,
                Diagonals,
                Rearranging,
                Padding,
                Gating,
                LinearAlgebra,
                MatrixSums,
                MatrixChains,
                MatrixNorms,
                MatrixWrites,
                Distances,
                Resampling,
                Sequences,
                Recurrences,
                Sums,
                Bitwise,
                InPlace,
                FunctionWrites,
                IndexedWrites,
                GradientHooks,
                Interop,
                RandomFills {
    private Storage storage;
    private int offset;
    private Shape shape;
    private int[] strides;
    private final Version version;

    private boolean requiresGrad;
    private @Nullable Node gradFn;
    private int outputNr;
    private @Nullable Node accumulator;
    private @Nullable Tensor base;
    private ViewOrigin origin = ViewOrigin.RECORDING;

    /// The version of the memory that [#gradFn] is the history of, for a view.
    private int historyVersion;

    private boolean isParameter;
    private boolean retainsGrad;

    /// The accumulated gradient of a leaf.
    @Nullable Tensor grad;

    /// Whether others may hold [#grad].
    private boolean gradShared;

    /// The tangent in forward mode.
    ForwardMode.@Nullable Dual dual;

    /// What was packed of this tensor before it had a history.
    private @Nullable Saved packed;

    /// Whether this is a Java number in the guise of a tensor, which yields to tensors in
    /// promotion.
    final boolean isNumber;

    Tensor(
            Storage storage,
            int offset,
            Shape shape,
            int[] strides,
            Version version,
            boolean number) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.version = version;
        this.isNumber = number;
    }

    Tensor(Storage storage, Shape shape, int[] strides) {
        this(storage, 0, shape, strides, new Version(), false);
    }

    // ------------------------------------------------------------ values

    /// A 1-d float32 tensor of these values.
    public static Tensor of(float... values) {
        return Creation.wrap(values.clone(), Shape.of(values.length));
    }

    /// A 1-d float64 tensor of these values.
    public static Tensor of(double... values) {
        return Creation.wrap(values.clone(), Shape.of(values.length));
    }

    /// A 1-d int32 tensor of these values.
    public static Tensor of(int... values) {
        return Creation.wrap(values.clone(), Shape.of(values.length));
    }

    /// A 1-d int64 tensor of these values.
    public static Tensor of(long... values) {
        return Creation.wrap(values.clone(), Shape.of(values.length));
    }

    /// A 1-d bool tensor of these values.
    public static Tensor of(boolean... values) {
        return Creation.wrap(values.clone(), Shape.of(values.length));
    }

    /// A float32 tensor `[rows, columns]`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    public static Tensor of(float[][] values) {
        return Creation.nested(values);
    }

    /// A float64 tensor `[rows, columns]`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    public static Tensor of(double[][] values) {
        return Creation.nested(values);
    }

    /// An int32 tensor `[rows, columns]`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    public static Tensor of(int[][] values) {
        return Creation.nested(values);
    }

    /// An int64 tensor `[rows, columns]`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    public static Tensor of(long[][] values) {
        return Creation.nested(values);
    }

    /// A bool tensor `[rows, columns]`.
    ///
    /// @throws IllegalArgumentException if the rows differ in length
    public static Tensor of(boolean[][] values) {
        return Creation.nested(values);
    }

    /// A float32 tensor `[a, b, c]`.
    ///
    /// @throws IllegalArgumentException if the array is ragged
    public static Tensor of(float[][][] values) {
        return Creation.nested(values);
    }

    /// A float64 tensor `[a, b, c]`.
    ///
    /// @throws IllegalArgumentException if the array is ragged
    public static Tensor of(double[][][] values) {
        return Creation.nested(values);
    }

    /// A tensor over `data` itself, in row-major order: writes to the one are seen in the other.
    ///
    /// @throws IllegalArgumentException if the length is not the shape's number of elements
    public static Tensor of(float[] data, Shape shape) {
        return Creation.wrap(data, shape);
    }

    /// As [#of(float[], Shape)], float64.
    public static Tensor of(double[] data, Shape shape) {
        return Creation.wrap(data, shape);
    }

    /// As [#of(float[], Shape)], int64.
    public static Tensor of(long[] data, Shape shape) {
        return Creation.wrap(data, shape);
    }

    /// As [#of(float[], Shape)], int32.
    public static Tensor of(int[] data, Shape shape) {
        return Creation.wrap(data, shape);
    }

    /// As [#of(float[], Shape)], bool.
    public static Tensor of(boolean[] data, Shape shape) {
        return Creation.wrap(data, shape);
    }

    /// A tensor over what is left of `data` in row-major order: over its array, if it has one that
    /// may be written to, else over a copy. The buffer stays as it is.
    ///
    /// @param data of float, double, long, int or short
    /// @throws IllegalArgumentException if the buffer has not as many elements as the shape
    public static Tensor of(Buffer data, Shape shape) {
        return ForeignMemory.of(data, shape);
    }

    /// A copy of memory that holds the elements in row-major order and in the machine's byte order;
    /// a bool is one byte.
    ///
    /// @throws IllegalArgumentException if it has not exactly as many bytes
    public static Tensor of(MemorySegment data, DType dtype, Shape shape) {
        return ForeignMemory.of(data, dtype, shape);
    }

    /// The elements that a file holds from byte `position` on, least significant byte first; it is
    /// mapped and copied once.
    ///
    /// @throws IOException if the file cannot be read or is too short
    public static Tensor fromFile(Path file, long position, DType dtype, Shape shape)
            throws IOException {
        return ForeignMemory.fromFile(file, position, dtype, shape);
    }

    /// A float32 tensor `[rows, width]` of a stream's arrays, which are copied.
    ///
    /// @throws IllegalArgumentException if they are not of one length
    public static Tensor ofRows(Stream<float[]> rows) {
        return ForeignMemory.ofRows(rows);
    }

    /// A 0-d float32 tensor.
    public static Tensor scalar(float value) {
        return Creation.wrap(new float[] {value}, Shape.of());
    }

    /// A 0-d float64 tensor.
    public static Tensor scalar(double value) {
        return Creation.wrap(new double[] {value}, Shape.of());
    }

    /// A 0-d int64 tensor.
    public static Tensor scalar(long value) {
        return Creation.wrap(new long[] {value}, Shape.of());
    }

    // ------------------------------------------------------------ the default type

    /// The type of new tensors that are not told theirs, and of what integers become where a result
    /// is none: float32 unless this thread has [set][#setDefaultDtype(DType)] another. As
    /// `torch.get_default_dtype`.
    public static DType getDefaultDtype() {
        return Modes.current().defaultDtype;
    }

    /// Sets the type of new tensors that are not told theirs, on this thread, as
    /// `torch.set_default_dtype`. Java's own numbers keep theirs: `Tensor.of(1.0)` is float64.
    ///
    /// @throws IllegalArgumentException if it is not floating point
    public static void setDefaultDtype(DType dtype) {
        if (!dtype.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "setDefaultDtype: only floating point types can be the default, but got "
                            + dtype);
        }
        Modes.current().defaultDtype = dtype;
    }

    // ------------------------------------------------------------ factories

    /// A tensor of zeros, of the [default type][#getDefaultDtype()].
    public static Tensor zeros(long... sizes) {
        return Creation.zeros(Shape.of(sizes), getDefaultDtype());
    }

    /// A tensor of ones, of the [default type][#getDefaultDtype()].
    public static Tensor ones(long... sizes) {
        return Creation.full(Shape.of(sizes), 1, getDefaultDtype());
    }

    /// A tensor of zeros, of the [default type][#getDefaultDtype()].
    public static Tensor zeros(Shape shape) {
        return Creation.zeros(shape, getDefaultDtype());
    }

    /// A tensor of ones, of the [default type][#getDefaultDtype()].
    public static Tensor ones(Shape shape) {
        return Creation.full(shape, 1, getDefaultDtype());
    }

    /// A tensor of the [default type][#getDefaultDtype()] with every element `value`.
    public static Tensor full(Shape shape, double value) {
        return Creation.full(shape, value, getDefaultDtype());
    }

    /// A tensor of this type with every element `value`.
    public static Tensor full(Shape shape, double value, DType dtype) {
        return Creation.full(shape, value, dtype);
    }

    /// A tensor of undefined values, of the [default type][#getDefaultDtype()].
    public static Tensor empty(long... sizes) {
        return Creation.empty(Shape.of(sizes), getDefaultDtype());
    }

    /// A tensor of this type and of undefined values.
    public static Tensor empty(Shape shape, DType dtype) {
        return Creation.empty(shape, dtype);
    }

    /// Numbers of the [default type][#getDefaultDtype()] drawn evenly from [0, 1), as `torch.rand`.
    public static Tensor rand(long... sizes) {
        return Creation.rand(Shape.of(sizes), getDefaultDtype());
    }

    /// Numbers of the [default type][#getDefaultDtype()] from the standard normal distribution, as
    /// `torch.randn`.
    public static Tensor randn(long... sizes) {
        return Creation.randn(Shape.of(sizes), getDefaultDtype());
    }

    /// Numbers drawn evenly from [0, 1) of the shape and type of `t`, as `torch.rand_like`.
    ///
    /// @throws IllegalArgumentException if its elements are not floating point
    public static Tensor randLike(Tensor t) {
        return Creation.emptyLike(t).uniform_();
    }

    /// int64 numbers drawn evenly from `low` to `high`, exclusive, as `torch.randint`.
    ///
    /// @throws IllegalArgumentException if `low` is not below `high`
    public static Tensor randint(long low, long high, long... sizes) {
        return Draws.randint(low, high, Shape.of(sizes), Generator.defaultGenerator());
    }

    /// The int64 numbers from 0 to n − 1 in random order, as `torch.randperm`.
    public static Tensor randperm(long n) {
        return Draws.randperm(n, Generator.defaultGenerator());
    }

    /// A float32 tensor of normal values of this mean and standard deviation, as `torch.normal`.
    ///
    /// @throws IllegalArgumentException if `std` is negative
    public static Tensor normal(double mean, double std, long... sizes) {
        return Draws.normal(mean, std, Shape.of(sizes), Generator.defaultGenerator());
    }

    /// For each mean and standard deviation, which broadcast, a normal value, as `torch.normal`.
    ///
    /// @throws IllegalArgumentException if a deviation is negative, or they are not floating point
    public static Tensor normal(Tensor mean, Tensor std) {
        return Draws.normal(mean, std, Generator.defaultGenerator());
    }

    /// The int64 tensor 0, 1, ..., end − 1.
    public static Tensor arange(long end) {
        return arange(0, end, 1);
    }

    /// The int64 tensor start, start + step, ... before `end`.
    public static Tensor arange(long start, long end, long step) {
        return Creation.arange(start, end, step);
    }

    /// The numbers start, start + step, ... before `end`, of the [default
    /// type][#getDefaultDtype()].
    public static Tensor arange(double start, double end, double step) {
        return Creation.arange(start, end, step);
    }

    /// `steps` numbers of the [default type][#getDefaultDtype()] evenly from `start` to `end`, both
    /// included.
    public static Tensor linspace(double start, double end, long steps) {
        return Creation.linspace(start, end, steps);
    }

    /// `steps` powers of 10 whose exponents go evenly from `start` to `end`, as `torch.logspace`.
    public static Tensor logspace(double start, double end, long steps) {
        return Creation.linspace(start, end, steps).rpow(10.0);
    }

    /// Hann's window of length n for periodic signals, `sin²(πk/n)`, as `torch.hann_window`.
    ///
    /// @throws IllegalArgumentException if n is negative
    public static Tensor hannWindow(long n) {
        return Creation.hannWindow(n);
    }

    /// The identity matrix `[n, n]`, of the [default type][#getDefaultDtype()].
    public static Tensor eye(long n) {
        return Creation.eye(n);
    }

    /// Zeros of the shape, type and layout of `t`.
    public static Tensor zerosLike(Tensor t) {
        return Creation.fullLike(t, 0);
    }

    /// Ones of the shape, type and layout of `t`.
    public static Tensor onesLike(Tensor t) {
        return Creation.fullLike(t, 1);
    }

    /// A tensor of undefined values of the shape, type and layout of `t`.
    public static Tensor emptyLike(Tensor t) {
        return Creation.emptyLike(t);
    }

    /// The tensors one after another along an axis, as `torch.cat`.
    ///
    /// @throws IllegalArgumentException if other sizes than that of the axis differ
    public static Tensor cat(List<Tensor> tensors, int axis) {
        return Joining.cat(tensors, axis);
    }

    /// The tensors side by side along a new axis, as `torch.stack`.
    ///
    /// @throws IllegalArgumentException if the shapes differ
    public static Tensor stack(List<Tensor> tensors, int axis) {
        return Joining.stack(tensors, axis);
    }

    /// The tensors below each other, those of one axis as rows, as `torch.vstack`.
    ///
    /// @throws IllegalArgumentException if the other sizes differ
    public static Tensor vstack(List<Tensor> tensors) {
        return Joining.vstack(tensors);
    }

    /// The tensors beside each other, those of one axis end to end, as `torch.hstack`.
    ///
    /// @throws IllegalArgumentException if the other sizes differ
    public static Tensor hstack(List<Tensor> tensors) {
        return Joining.hstack(tensors);
    }

    /// The tensors behind each other along a third axis, as `torch.dstack`.
    ///
    /// @throws IllegalArgumentException if the other sizes differ
    public static Tensor dstack(List<Tensor> tensors) {
        return Joining.dstack(tensors);
    }

    /// The tensors beside each other, those of one axis as columns, as `torch.column_stack`.
    ///
    /// @throws IllegalArgumentException if the other sizes differ
    public static Tensor columnStack(List<Tensor> tensors) {
        return Joining.columnStack(tensors);
    }

    /// A grid's coordinates: for each tensor a view of the grid's shape in which it varies along
    /// its own axis, as `torch.meshgrid` with `indexing="ij"`.
    ///
    /// @param axes of at most one axis and of one type
    public static Tensor[] meshgrid(Tensor... axes) {
        return Joining.meshgrid(axes);
    }

    /// The type of a result of both, as `torch.result_type`.
    public static DType resultType(Tensor a, Tensor b) {
        return Promotion.of(a, b);
    }

    /// Sums of products in Einstein's notation, as `torch.einsum`: `"bij,bjk->bik"`.
    ///
    /// @throws IllegalArgumentException if the equation does not fit the operands
    public static Tensor einsum(String equation, Tensor... operands) {
        return Einsum.apply(equation, operands);
    }

    /// Elements of `a` where `condition` holds, of `b` elsewhere, as `torch.where`.
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        return Choice.where(condition, a, b);
    }

    /// Restarts the default random stream, as `torch.manual_seed`.
    public static void manualSeed(long seed) {
        Generator.defaultGenerator().manualSeed(seed);
    }

    // ------------------------------------------------------------ what it is

    /// The sizes of the axes.
    public Shape shape() {
        return shape;
    }

    /// The size of an axis; negative axes count from the last.
    public int size(int axis) {
        return shape.size(axis);
    }

    /// Number of axes.
    public int dim() {
        return shape.dim();
    }

    /// Number of elements.
    public int numel() {
        return shape.numel();
    }

    /// The type of the elements.
    public DType dtype() {
        return storage.dtype;
    }

    /// The distance of neighbours along each axis, in elements.
    public long[] stride() {
        return java.util.Arrays.stream(strides).asLongStream().toArray();
    }

    /// The position of the first element in the storage.
    public int storageOffset() {
        return offset;
    }

    /// Whether the elements lie densely in row-major order.
    public boolean isContiguous() {
        return Layout.isContiguous(shape, strides);
    }

    /// The value of a tensor with one element: Float, Double, Integer, Long, Short, Byte or
    /// Boolean.
    ///
    /// @throws IllegalStateException if there is not exactly one element
    public Object item() {
        return Values.item(this);
    }

    /// The elements as lists within lists, an axis each, as `Tensor.tolist`: values are those of
    /// [#item()], and a 0-d tensor is its value alone.
    public Object toList() {
        return Values.toList(this);
    }

    /// Whether the one element is not zero.
    ///
    /// @throws IllegalStateException if there is not exactly one element
    public boolean isTrue() {
        return Values.isTrue(this);
    }

    /// The elements in row-major order, converted to float.
    public float[] toFloatArray() {
        return Values.toFloatArray(this);
    }

    /// The elements in row-major order, converted to double.
    public double[] toDoubleArray() {
        return Values.toDoubleArray(this);
    }

    /// The elements in row-major order, converted to long.
    public long[] toLongArray() {
        return Values.toLongArray(this);
    }

    /// The elements in row-major order, true where not zero.
    public boolean[] toBooleanArray() {
        return Values.toBooleanArray(this);
    }

    // ------------------------------------------------------------ bytes

    /// Writes the elements in row-major order, least significant byte first: `numel()` times the
    /// bytes of the type. A bool is one byte, 0 or 1.
    ///
    /// @throws IOException if the channel cannot take them all
    public void writeTo(WritableByteChannel channel) throws IOException {
        LittleEndian.write(this, channel);
    }

    /// Reads what [#writeTo] wrote, and nothing more; a bool byte other than 0 is true.
    ///
    /// Allocates the whole tensor first: a size that comes from a file is to be compared with the
    /// file's length before.
    ///
    /// @throws java.io.EOFException if the channel ends before the last element
    /// @throws IOException if the channel cannot be read
    public static Tensor readFrom(ReadableByteChannel channel, DType dtype, Shape shape)
            throws IOException {
        return LittleEndian.read(channel, dtype, shape);
    }

    // ------------------------------------------------------------ gradients

    /// Whether operations on this tensor are recorded.
    ///
    /// So it is for a view if it is for the tensor that this is a view of.
    public boolean requiresGrad() {
        return requiresGrad || (base != null && base.requiresGrad());
    }

    /// Starts or stops the recording of operations on this tensor; returns it.
    ///
    /// @throws IllegalStateException if it is the result of a recorded operation and `required` is
    ///   false, or its elements are not floating point
    public Tensor requiresGrad(boolean required) {
        if (required && storage.inference && !Modes.current().inference) {
            throw new IllegalStateException(
                    "Setting requires_grad=True on inference tensor outside InferenceMode is not"
                            + " allowed.");
        }
        if (required && !dtype().isFloatingPoint()) {
            throw new IllegalStateException(
                    "only Tensors of floating point dtype can require gradients");
        }
        if (!required && gradFn() != null) {
            throw new IllegalStateException(
                    "you can only change requires_grad flags of leaf variables. If you want to use"
                            + " a computed variable in a subgraph that doesn't require differentiation"
                            + " use var_no_grad = var.detach().");
        }
        requiresGrad = required;
        return this;
    }

    /// The gradient that [#backward()] has accumulated; null before. Only leaves accumulate one: of
    /// another tensor it is null and a [warning][Lanegrad#onWarning] says so.
    public @Nullable Tensor grad() {
        if (grad == null && gradFn != null && !retainsGrad) {
            Warnings.gradOfNonLeaf();
        }
        gradShared = true;
        return grad;
    }

    /// As [#grad()], for one who forgets it at once.
    @Nullable Tensor lentGrad() {
        return grad;
    }

    /// Makes `gradient`, which nobody else holds, this leaf's.
    void ownGrad(Tensor gradient) {
        grad = gradient;
        gradShared = false;
    }

    /// Declares that others may hold the gradient.
    void shareGrad() {
        gradShared = true;
    }

    /// Replaces the accumulated gradient; null forgets it. The memory of one that nobody has asked
    /// for is used again.
    ///
    /// @throws IllegalArgumentException if shape or type differ from this tensor's
    public void grad(@Nullable Tensor gradient) {
        if (gradient != null) {
            RootGradients.checkAssignable(this, gradient);
        }
        Tensor before = grad;
        if (before != null && before != gradient && !gradShared) {
            before.storage().release();
        }
        gradShared = true;
        grad = gradient;
    }

    /// Lets backward passes leave a gradient at this result of an operation too; returns it. A leaf
    /// has one anyway.
    ///
    /// @throws IllegalStateException if no gradient is required
    public Tensor retainGrad() {
        if (!requiresGrad()) {
            throw new IllegalStateException(
                    "can't retain_grad on Tensor that has requires_grad=False");
        }
        Node made = gradFn();
        if (made != null && !retainsGrad) {
            made.hooksToAddTo().retain(this);
            retainsGrad = true;
        }
        return this;
    }

    /// Whether backward passes leave a gradient at this result of an operation.
    public boolean retainsGrad() {
        return retainsGrad;
    }

    /// Whether this was made in [inference mode][Autograd#inferenceMode()].
    public boolean isInference() {
        return storage.inference;
    }

    /// The operation that made this tensor; null for a leaf.
    public @Nullable Node gradFn() {
        if (base != null && historyVersion != version.value()) {
            refreshHistory(base);
        }
        return gradFn;
    }

    /// Whether this tensor was not made by a recorded operation.
    public boolean isLeaf() {
        return gradFn() == null;
    }

    /// Computes the gradients of this single value with respect to the leaves it was computed from,
    /// and adds them to theirs.
    ///
    /// @throws IllegalStateException if there is more than one element, or nothing was recorded
    public void backward() {
        Autograd.backward(this, null, false, false);
    }

    /// As [#backward()] for a tensor of any shape, weighted by `gradient`.
    ///
    /// @param gradient of this tensor's shape, or null for a single value
    public void backward(@Nullable Tensor gradient) {
        Autograd.backward(this, gradient, false, false);
    }

    /// As [#backward(Tensor)].
    ///
    /// @param retainGraph keeps what the operations saved, for another backward
    /// @param createGraph records the computation of the gradients, so that they have gradients too
    public void backward(@Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        Autograd.backward(this, gradient, retainGraph, createGraph);
    }

    /// The same elements without history: a view that requires no gradient and shares the version.
    public Tensor detach() {
        return new Tensor(storage, offset, shape, strides, version, isNumber);
    }

    /// As [#detach()], but writes through it are not noticed by the tape.
    public Tensor data() {
        return new Tensor(storage, offset, shape, strides, new Version(), isNumber);
    }

    /// Takes over the elements of `value`, as `x.data = value`: this stays the same tensor, for its
    /// graph and for the optimizer, in other memory and perhaps of another shape and type.
    ///
    /// @throws IllegalStateException if it is the result of a recorded operation
    public void data(Tensor value) {
        Node made = gradFn();
        if (made != null) {
            throw new IllegalStateException(
                    "data: only a leaf takes over other elements, but this is the result of "
                            + made.name());
        }
        storage = value.storage;
        offset = value.offset;
        shape = value.shape;
        strides = value.strides;
        base = null;
        accumulator = null;
    }

    /// These elements as a parameter of a module, as `torch.nn.Parameter`: a leaf that requires a
    /// gradient and says in print that it is a parameter.
    public Tensor parameter() {
        Tensor p = data();
        p.isParameter = true;
        return p.requiresGrad(true);
    }

    /// Keeps this tensor's memory beyond the [scopes][Lanegrad#scope()] open on this thread;
    /// returns it.
    public Tensor keep() {
        Scope scope = Modes.current().scope;
        if (scope != null) {
            scope.keep(storage);
        }
        return this;
    }

    /// A copy with the same layout; differentiable.
    @Override
    public Tensor clone() {
        return Copies.copy(this);
    }

    // ------------------------------------------------------------ printing

    /// As `str(tensor)` in PyTorch, under the options in [PrintOptions#current()].
    @Override
    public String toString() {
        Node made = gradFn();
        List<String> suffix =
                made != null
                        ? List.of("grad_fn=<" + made.typeName() + ">")
                        : requiresGrad() ? List.of("requires_grad=True") : List.of();
        String text =
                TensorText.format(
                        new Elements(this), suffix, getDefaultDtype(), PrintOptions.current());
        return isParameter ? TensorText.parameter(text) : text;
    }

    // ------------------------------------------------------------ inside

    Storage storage() {
        return storage;
    }

    Object array() {
        return storage.array();
    }

    int offset() {
        return offset;
    }

    int[] strides() {
        return strides;
    }

    Version version() {
        return version;
    }

    /// Notes that an operation has written to the elements.
    void written() {
        version.bump();
        storage.countWrite();
    }

    int outputNr() {
        return outputNr;
    }

    /// Whether the elements fill a range of the storage, in whatever order of axes.
    boolean isDense() {
        return Layout.isDense(shape, strides);
    }

    /// PyTorch's old name of the type, as its messages have it, for example `FloatTensor`.
    String typeName() {
        return dtype().scalarName() + "Tensor";
    }

    /// A view of the same storage and version.
    Tensor view(int offset, Shape shape, int[] strides) {
        return view(offset, shape, strides, ViewOrigin.now());
    }

    Tensor view(int offset, Shape shape, int[] strides, ViewOrigin way) {
        Tensor y = alias(offset, shape, strides);
        y.base = base == null ? this : base;
        y.origin = base == null ? way : way.after(origin);
        y.historyVersion = version.value();
        return y;
    }

    /// The same storage and version under another shape, without being a view: for an operation's
    /// own use.
    Tensor alias(int offset, Shape shape, int[] strides) {
        return new Tensor(storage, offset, shape, strides, version, false);
    }

    /// Marks a view as the output of a user's function.
    void markCustom() {
        origin = ViewOrigin.CUSTOM;
    }

    /// How this view came to be.
    ViewOrigin origin() {
        return origin;
    }

    /// The tensor that this one is a view of, if it is one.
    @Nullable Tensor base() {
        return base;
    }

    void forgetHistory() {
        gradFn = null;
        outputNr = 0;
        requiresGrad = false;
    }

    void setHistory(Node node, int output) {
        if (retainsGrad) {
            moveRetention(node);
        }
        gradFn = node;
        outputNr = output;
        requiresGrad = true;
        historyVersion = version.value();
        for (Saved saved = packed; saved != null; saved = saved.before()) {
            saved.outputOf(node, output);
        }
        packed = null;
    }

    /// Lets `saved` know the history that this tensor gets; what was packed of it before.
    @Nullable Saved awaitHistory(Saved saved) {
        Saved before = packed;
        packed = saved;
        return before;
    }

    private void moveRetention(Node to) {
        Node from = gradFn;
        NodeHooks hooks = from == null ? null : from.hooks();
        if (hooks != null) {
            hooks.forget(this);
        }
        to.hooksToAddTo().retain(this);
    }

    private synchronized void refreshHistory(Tensor whole) {
        if ((gradFn != null || whole.requiresGrad()) && historyVersion != version.value()) {
            setHistory(ViewHistory.regenerated(this, whole, origin, gradFn), 0);
        }
    }

    /// Where a gradient goes of what this tensor was before the latest write, which was to memory
    /// of this version.
    @Nullable Edge edgeBeforeWrite(Version written) {
        if (version != written) {
            return gradientEdge();
        }
        boolean fresh = base == null || historyVersion == version.value() - 1;
        Edge edge = fresh ? currentEdge() : gradientEdge();
        historyVersion = Math.min(historyVersion, version.value() - 1);
        return edge;
    }

    /// Where a gradient of this tensor goes; null if it requires none.
    @Nullable Edge gradientEdge() {
        gradFn();
        return currentEdge();
    }

    private @Nullable Edge currentEdge() {
        if (gradFn != null) {
            return new Edge(gradFn, outputNr);
        }
        return requiresGrad ? new Edge(accumulator(), 0) : null;
    }

    private synchronized Node accumulator() {
        Node node = accumulator;
        if (node == null) {
            node = new Node(new AccumulateGrad(this), new Edge[0]);
            node.outputs(OutputInfo.of(this));
            accumulator = node;
        }
        return node;
    }
}
