package dev.lanegrad.nn.models;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Appends to a file what it lacks of an address' contents.
final class Download {
    private static final int ATTEMPTS = 3;
    private static final int TIMEOUT_MILLIS = Integer.getInteger("lanegrad.models.timeout", 30_000);
    private static final long MAX_BYTES = 8L << 30;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

    private final URI uri;
    private final FileChannel file;
    private final Listener listener;

    interface Listener {
        void advanced(long done, long total);
    }

    Download(URI uri, FileChannel file, Listener listener) {
        this.uri = uri;
        this.file = file;
        this.listener = listener;
    }

    /// @throws IOException if it did not end well in three attempts; what has come stays
    void run() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt()) {
                    return;
                }
            } catch (EOFException | SocketException | SocketTimeoutException e) {
                if (attempt == ATTEMPTS || e instanceof ConnectException) {
                    throw e;
                }
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("the server does not give the rest of it");
            }
        }
    }

    /// Whether all is there now.
    private boolean attempt() throws IOException {
        long have = file.size();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            int status = connection.getResponseCode();
            long length = connection.getContentLengthLong();
            switch (status) {
                case HttpURLConnection.HTTP_OK -> {
                    file.truncate(0);
                    receive(connection, length);
                }
                case HttpURLConnection.HTTP_PARTIAL -> {
                    Matcher range =
                            RANGE.matcher(
                                    String.valueOf(connection.getHeaderField("Content-Range")));
                    if (!range.matches() || Long.parseLong(range.group(1)) != have) {
                        file.truncate(0);
                        return false;
                    }
                    receive(connection, Long.parseLong(range.group(2)));
                }
                case 416 -> { // there is nothing after what is here: it is another file's
                    file.truncate(0);
                    return false;
                }
                default -> throw new IOException("the server answers " + status);
            }
            return true;
        } finally {
            connection.disconnect();
        }
    }

    private void receive(HttpURLConnection connection, long total) throws IOException {
        byte[] chunk = new byte[1 << 16];
        file.position(file.size());
        try (InputStream in = connection.getInputStream()) {
            for (int n = read(in, chunk, total); n >= 0; n = read(in, chunk, total)) {
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                if (file.position() > MAX_BYTES) {
                    throw new IOException("it is longer than %d bytes".formatted(MAX_BYTES));
                }
                listener.advanced(file.position(), total);
            }
        }
        if (total >= 0 && file.position() < total) {
            throw brokenOff(total);
        }
    }

    private int read(InputStream in, byte[] chunk, long total) throws IOException {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            EOFException broken = brokenOff(total);
            broken.initCause(e);
            throw broken;
        }
    }

    private EOFException brokenOff(long total) throws IOException {
        return new EOFException(
                "the connection broke off after %d of %d bytes".formatted(file.position(), total));
    }
}
