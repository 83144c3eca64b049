package dev.lanegrad.nn.models;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder of model files, which gets those that it lacks from the place where torchvision's lie.
/// A file's name ends in the first digits of its SHA-256 checksum, as `resnet18-f37072fd.pth`,
/// which is compared whenever the file is asked for.
///
/// @param folder where files are kept; made when the first one comes
/// @param source the address that names are appended to
/// @param progress hears of each download
public record WeightsCache(Path folder, URI source, Progress progress) {
    private static final URI TORCHVISION = URI.create("https://download.pytorch.org/models/");
    private static final Pattern CHECKSUM = Pattern.compile("-([0-9a-f]{8,64})\\.[a-z]+$");
    private static final ReentrantLock DOWNLOADING = new ReentrantLock();

    /// Hears how a download goes.
    public interface Progress {
        /// Some more has come.
        ///
        /// @param done bytes that are here
        /// @param total bytes of the file; −1 if the server does not say
        void advanced(String name, long done, long total);
    }

    /// The folder that `-Dlanegrad.models=DIR` names, else `lanegrad/models` in the user's cache
    /// (`$XDG_CACHE_HOME` or `~/.cache`), and torchvision's official address.
    public static WeightsCache standard() {
        String named = System.getProperty("lanegrad.models");
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache =
                xdg != null && !xdg.isEmpty()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        Path folder = named != null ? Path.of(named) : cache.resolve("lanegrad").resolve("models");
        return new WeightsCache(folder, TORCHVISION, (_, _, _) -> {});
    }

    /// This cache with another listener.
    public WeightsCache onProgress(Progress listener) {
        return new WeightsCache(folder, source, listener);
    }

    /// The file of that name: from the folder, or downloaded into it. A download that breaks off is
    /// continued where it was, in this call or the next; the name appears when all of it is there
    /// and its checksum is right.
    ///
    /// @throws IOException if the checksum is not that of the name, or the file cannot be
    ///   downloaded; the message says where to put it by hand
    public Path get(String name) throws IOException {
        String checksum = checksum(name);
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            download(name, file, checksum);
            return file;
        }
        String actual = sha256(file);
        if (!actual.startsWith(checksum)) {
            throw new IOException(
                    "%s: its SHA-256 begins with %s, not with the %s of its name: it is damaged or another"
                                    .formatted(
                                            file, actual.substring(0, checksum.length()), checksum)
                            + " file, remove it");
        }
        return file;
    }

    private static String checksum(String name) {
        Matcher matcher = CHECKSUM.matcher(name);
        if (!matcher.find() || name.contains("/") || name.contains("\\")) {
            throw new IllegalArgumentException(
                    "weights: the name %s has no checksum, as in resnet18-f37072fd.pth"
                            .formatted(name));
        }
        return matcher.group(1);
    }

    /// One download at a time in this process, and by the lock on the unfinished file in others.
    private void download(String name, Path file, String checksum) throws IOException {
        Files.createDirectories(folder);
        Path part = file.resolveSibling(name + ".part");
        DOWNLOADING.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (Files.exists(file)) {
                return; // another process was here
            }
            URI uri = URI.create(source + name);
            try {
                new Download(uri, channel, (done, total) -> progress.advanced(name, done, total))
                        .run();
            } catch (IOException e) {
                throw new IOException(
                        "%s cannot be downloaded (%s); without a network, put it into %s"
                                .formatted(uri, describe(e), folder),
                        e);
            }
            String actual = sha256(part);
            if (!actual.startsWith(checksum)) {
                channel.truncate(0);
                throw new IOException(
                        "%s: the SHA-256 of what was downloaded begins with %s, not with the %s of its name"
                                .formatted(uri, actual.substring(0, checksum.length()), checksum));
            }
            channel.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DOWNLOADING.unlock();
        }
    }

    private static String describe(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "unknown host " + e.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] chunk = new byte[1 << 16];
            int n = 0;
            while (n >= 0) {
                n = digest.read(chunk);
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
