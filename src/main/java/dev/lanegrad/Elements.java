package dev.lanegrad;

/// A tensor as printing reads it.
record Elements(Tensor tensor) implements Printable {
    @Override
    public DType dtype() {
        return tensor.dtype();
    }

    @Override
    public long[] sizes() {
        return tensor.shape().toArray();
    }

    @Override
    public double doubleAt(long... index) {
        return tensor.storage().getDouble(position(index));
    }

    @Override
    public long longAt(long... index) {
        return tensor.storage().getLong(position(index));
    }

    private int position(long... index) {
        int at = tensor.offset();
        for (int axis = 0; axis < index.length; axis++) {
            at += (int) index[axis] * tensor.strides()[axis];
        }
        return at;
    }
}
