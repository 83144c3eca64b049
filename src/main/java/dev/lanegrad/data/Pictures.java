package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Picture files, and Java's pictures, as tensors `[3, H, W]`, uint8: red, green and blue from 0 to
/// 255. What shines through is left out, as in PIL's `convert("RGB")`; a turn that a camera noted
/// is not carried out.
public final class Pictures {
    /// A file may ask for no more pixels.
    private static final long MOST_PIXELS = 100_000_000;

    static {
        ImageIO.setUseCache(false); // a file that was read whole needs no temporary one
    }

    private Pictures() {}

    /// Reads a PNG, JPEG, GIF or BMP file.
    ///
    /// @return uint8 `[3, H, W]`
    /// @throws MalformedFileException if the file is no picture, damaged, or of more than 100
    ///   million pixels
    /// @throws IOException if the file cannot be read
    public static Tensor read(Path file) throws IOException {
        try {
            return decode(Files.readAllBytes(file));
        } catch (UndecodableException e) {
            throw new MalformedFileException(file, String.valueOf(e.getMessage()));
        }
    }

    /// The bytes are no picture.
    private static final class UndecodableException extends IOException {
        private static final long serialVersionUID = 1;

        UndecodableException(String rule) {
            super(rule);
        }
    }

    /// As [#read(Path)], from the bytes of such a file.
    ///
    /// @throws IOException if they are no picture, damaged, or of more than 100 million pixels
    public static Tensor decode(byte[] bytes) throws IOException {
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UndecodableException("not a picture in a format that Java reads");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new UndecodableException(
                            "%d by %d pixels are more than %d"
                                    .formatted(
                                            reader.getWidth(0), reader.getHeight(0), MOST_PIXELS));
                }
                return of(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // readers of pictures throw any kind
            throw new UndecodableException("damaged picture: " + e.getMessage());
        }
    }

    /// A copy of a picture.
    ///
    /// @return uint8 `[3, H, W]`
    public static Tensor of(BufferedImage picture) {
        int height = picture.getHeight();
        int width = picture.getWidth();
        int n = height * width;
        int[] colors =
                isGrey(picture)
                        ? greys(picture)
                        : picture.getRGB(0, 0, width, height, null, 0, width);
        byte[] values = new byte[3 * n];
        for (int i = 0; i < n; i++) {
            values[i] = (byte) (colors[i] >> 16);
            values[n + i] = (byte) (colors[i] >> 8);
            values[2 * n + i] = (byte) colors[i];
        }
        return Bytes.tensor(values, Shape.of(3, height, width));
    }

    /// Java takes greys for linear light, and would change their values on the way to red, green
    /// and blue.
    private static boolean isGrey(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        return model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
    }

    private static int[] greys(BufferedImage picture) {
        Raster raster = picture.getRaster();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] colors =
                raster.getSamples(0, 0, picture.getWidth(), picture.getHeight(), 0, (int[]) null);
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (colors[i] >> shift) * 0x010101;
        }
        return colors;
    }

    /// The picture of a tensor.
    ///
    /// @param pixels `[3, H, W]` in red, green and blue, or `[1, H, W]` in greys, uint8, or
    ///   floating point from 0 to 1
    /// @throws IllegalArgumentException if the shape is another
    public static BufferedImage toBufferedImage(Tensor pixels) {
        if (pixels.dim() != 3 || (pixels.size(0) != 1 && pixels.size(0) != 3)) {
            throw new IllegalArgumentException(
                    "toBufferedImage: needs [3, H, W] or [1, H, W], but got " + pixels.shape());
        }
        boolean shares = pixels.dtype().isFloatingPoint();
        float[] x = (shares ? pixels.mul(255) : pixels).to(DType.FLOAT32).toFloatArray();
        int n = pixels.size(1) * pixels.size(2);
        int[] colors = new int[n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                int value = Math.round(x[pixels.size(0) == 1 ? i : c * n + i]);
                colors[i] = colors[i] << 8 | Math.max(0, Math.min(255, value));
            }
        }
        BufferedImage picture =
                new BufferedImage(pixels.size(2), pixels.size(1), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, pixels.size(2), pixels.size(1), colors, 0, pixels.size(2));
        return picture;
    }
}
