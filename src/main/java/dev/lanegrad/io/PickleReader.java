package dev.lanegrad.io;

import dev.lanegrad.io.PickledItems.Kind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads pickles of protocol 2 to 5 as far as they hold data: containers, numbers, texts, and the
/// few names that [PickleNames] knows. Nothing is looked up or called by name.
///
/// A value is null, Boolean, Long, BigInteger, Double, String, byte[], [PickledItems] or what
/// [PickleNames] makes. Memory grows with the bytes read, never by a length that they claim.
final class PickleReader {
    /// Values in one pickle: far more than any list of tensors has, far fewer than fill a heap.
    private static final int MAX_VALUES = 2_000_000;

    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_INTEGER_BYTES = 256;
    private static final int MAX_PROTOCOL = 5;

    private final Path file;
    private final byte[] bytes;
    private final PickleNames names;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private int at;
    private int values;

    PickleReader(Path file, byte[] bytes, PickleNames names) {
        this.file = file;
        this.bytes = bytes;
        this.names = names;
    }

    /// Where the next pickle begins.
    int position() {
        return at;
    }

    /// The value of the pickle that begins here.
    @Nullable Object read() throws MalformedFileException {
        stack.clear();
        marks.clear();
        memo.clear();
        for (int op = (int) number(1); op != '.'; op = (int) number(1)) {
            if (!simple(op) && !collects(op) && !named(op)) {
                throw fault("the opcode 0x%02x is not one that holds data".formatted(op));
            }
        }
        if (stack.size() != 1 || !marks.isEmpty()) {
            throw fault("%d values are left at the end, not 1".formatted(stack.size()));
        }
        return stack.removeLast();
    }

    // ------------------------------------------------------------ numbers, texts, memo

    private boolean simple(int op) throws MalformedFileException {
        switch (op) {
            case 0x80 -> protocol();
            case 0x95 -> skip(8); // a frame's length says nothing that the opcodes do not
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) (int) number(4));
            case 'K' -> push(number(1));
            case 'M' -> push(number(2));
            case 0x8a -> push(integer(number(1)));
            case 0x8b -> push(integer(number(4)));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(number(8))));
            case 0x8c -> push(text(number(1)));
            case 'X' -> push(text(number(4)));
            case 0x8d -> push(text(number(8)));
            case 'C' -> push(raw(number(1)));
            case 'B' -> push(raw(number(4)));
            case 0x8e, 0x96 -> push(raw(number(8)));
            case 'U' -> push(latin1(number(1)));
            case 'T' -> push(latin1(number(4)));
            case 'q' -> memo.put((int) number(1), top());
            case 'r' -> memo.put((int) number(4), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> recall((int) number(1));
            case 'j' -> recall((int) number(4));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol() throws MalformedFileException {
        long version = number(1);
        if (version > MAX_PROTOCOL) {
            throw fault("protocol %d is unknown".formatted(version));
        }
    }

    private Object integer(long n) throws MalformedFileException {
        if (n > MAX_INTEGER_BYTES) {
            throw fault(
                    "an integer of %d bytes is beyond the limit of %d"
                            .formatted(n, MAX_INTEGER_BYTES));
        }
        byte[] little = raw(n);
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    private void recall(int index) throws MalformedFileException {
        Object value = memo.get(index);
        if (value == null && !memo.containsKey(index)) {
            throw fault("memo %d was never stored".formatted(Integer.toUnsignedLong(index)));
        }
        push(value);
    }

    // ------------------------------------------------------------ containers

    private boolean collects(int op) throws MalformedFileException {
        switch (op) {
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popToMark();
            case ')' -> push(new PickledItems(Kind.TUPLE));
            case 0x85 -> push(new PickledItems(Kind.TUPLE, pop(1)));
            case 0x86 -> push(new PickledItems(Kind.TUPLE, pop(2)));
            case 0x87 -> push(new PickledItems(Kind.TUPLE, pop(3)));
            case 't' -> push(new PickledItems(Kind.TUPLE, popToMark()));
            case ']' -> push(new PickledItems(Kind.LIST));
            case 'l' -> push(new PickledItems(Kind.LIST, popToMark()));
            case '}' -> push(new PickledItems(Kind.DICT));
            case 'd' -> push(new PickledItems(Kind.DICT, pairs(popToMark())));
            case 0x8f -> push(new PickledItems(Kind.SET));
            case 0x91 -> push(new PickledItems(Kind.SET, popToMark()));
            case 'a' -> add(pop(1), Kind.LIST);
            case 'e' -> add(popToMark(), Kind.LIST);
            case 0x90 -> add(popToMark(), Kind.SET);
            case 's' -> add(pop(2), Kind.DICT);
            case 'u' -> add(pairs(popToMark()), Kind.DICT);
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<@Nullable Object> pairs(List<@Nullable Object> items)
            throws MalformedFileException {
        if (items.size() % 2 != 0) {
            throw fault("a dict gets a key without a value");
        }
        return items;
    }

    private void add(List<@Nullable Object> items, Kind kind) throws MalformedFileException {
        if (!(top() instanceof PickledItems container && container.kind == kind)) {
            throw fault("there is no %s to add items to".formatted(kind));
        }
        container.items.addAll(items);
    }

    // ------------------------------------------------------------ names and what they make

    private boolean named(int op) throws MalformedFileException {
        switch (op) {
            case 'c' -> {
                String module = line();
                push(found(module, line()));
            }
            case 0x93 -> {
                List<@Nullable Object> both = pop(2);
                if (!(both.get(0) instanceof String module)
                        || !(both.get(1) instanceof String name)) {
                    throw fault("a name is no text");
                }
                push(found(module, name));
            }
            case 'Q' -> push(checked(names.storage(pop())));
            case 'R' -> {
                List<@Nullable Object> call = pop(2);
                push(checked(names.call(call.get(0), call.get(1))));
            }
            case 0x81 -> {
                List<@Nullable Object> call = pop(2);
                push(checked(names.make(call.get(0), call.get(1))));
            }
            case 'b' -> {
                Object state = pop();
                checked(names.setState(top(), state));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Object found(String module, String name) throws MalformedFileException {
        return checked(names.find(module, name));
    }

    private Object checked(Object result) throws MalformedFileException {
        if (result instanceof PickleNames.Refusal refusal) {
            throw fault(refusal.rule());
        }
        return result;
    }

    // ------------------------------------------------------------ the stack

    private void push(@Nullable Object value) throws MalformedFileException {
        if (++values > MAX_VALUES) {
            throw fault("there are more than %d values".formatted(MAX_VALUES));
        }
        stack.add(value);
    }

    private @Nullable Object top() throws MalformedFileException {
        checkAbove(1);
        return stack.getLast();
    }

    private @Nullable Object pop() throws MalformedFileException {
        checkAbove(1);
        return stack.removeLast();
    }

    private List<@Nullable Object> pop(int n) throws MalformedFileException {
        checkAbove(n);
        return popFrom(stack.size() - n);
    }

    private List<@Nullable Object> popToMark() throws MalformedFileException {
        if (marks.isEmpty()) {
            throw fault("there is no mark");
        }
        return popFrom(marks.removeLast());
    }

    private List<@Nullable Object> popFrom(int start) {
        List<@Nullable Object> above = stack.subList(start, stack.size());
        List<@Nullable Object> items = new ArrayList<>(above);
        above.clear();
        return items;
    }

    /// Checks that there are `n` values, above the latest mark.
    private void checkAbove(int n) throws MalformedFileException {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (stack.size() - floor < n) {
            throw fault("there is no value where one is needed");
        }
    }

    // ------------------------------------------------------------ bytes

    /// An unsigned number of `n` bytes, the least significant first.
    private long number(int n) throws MalformedFileException {
        int start = skip(n);
        long value = 0;
        for (int i = n - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[start + i] & 0xFF);
        }
        return value;
    }

    /// Steps over `n` bytes, and returns where they begin.
    private int skip(long n) throws MalformedFileException {
        if (n < 0 || n > bytes.length - at) {
            throw fault(
                    "truncated: %s bytes are needed, %d are left"
                            .formatted(Long.toUnsignedString(n), bytes.length - at));
        }
        at += (int) n;
        return at - (int) n;
    }

    private byte[] raw(long n) throws MalformedFileException {
        int start = skip(n);
        return Arrays.copyOfRange(bytes, start, at);
    }

    private String text(long n) throws MalformedFileException {
        int start = skip(n);
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(bytes, start, (int) n);
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException _) {
            throw fault("a text is not UTF-8");
        }
    }

    private String latin1(long n) throws MalformedFileException {
        return new String(raw(n), StandardCharsets.ISO_8859_1);
    }

    private String line() throws MalformedFileException {
        int start = at;
        while (number(1) != '\n') {
            if (at - start > MAX_NAME_BYTES) {
                throw fault("a name is longer than %d bytes".formatted(MAX_NAME_BYTES));
            }
        }
        return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private MalformedFileException fault(String rule) {
        return new MalformedFileException(file, "pickle, byte %d: %s".formatted(at, rule));
    }
}
