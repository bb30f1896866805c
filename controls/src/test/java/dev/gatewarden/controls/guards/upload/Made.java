package dev.gatewarden.controls.guards.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small files of every kind, made by hand.
final class Made {
  private Made() {}

  static byte[] join(Object... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object piece : pieces) {
      all.writeBytes(
          switch (piece) {
            case byte[] bytes -> bytes;
            case Integer b -> new byte[] {(byte) (int) b};
            default -> String.valueOf(piece).getBytes(StandardCharsets.ISO_8859_1);
          });
    }
    return all.toByteArray();
  }

  static byte[] png(byte[] text) {
    return join(
        "\u0089PNG\r\n\u001A\n",
        chunk("IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0}),
        text.length == 0 ? "" : chunk("tEXt", text),
        chunk("IDAT", new byte[] {1, 2, 3}),
        chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String name, byte[] content) {
    CRC32 sum = new CRC32();
    byte[] named = join(name, content);
    sum.update(named);
    return ByteBuffer.allocate(named.length + 8)
        .putInt(content.length)
        .put(named)
        .putInt((int) sum.getValue())
        .array();
  }

  static byte[] gif() {
    return join(
        "GIF89a", 1, 0, 1, 0, 0x80, 0, 0, new byte[6], ",", new byte[8], 0, 2, 2, 0x44, 1, 0, ";");
  }

  static byte[] jpeg(String comment) {
    return join(
        "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0",
        "\u00FF\u00FE",
        0,
        comment.length() + 2,
        comment,
        "\u00FF\u00DA\0\u0008\1\1\0\0?\0",
        "abc\u00FF\0def\u00FF\u00D0g",
        "\u00FF\u00D9");
  }

  static byte[] webp() {
    return join("RIFF", little(12), "WEBP", "VP8 ", little(0));
  }

  static byte[] bmp() {
    return join("BM", little(58), little(0), little(54), little(40), new byte[40]);
  }

  static byte[] ico() {
    return join("\0\0\1\0\1\0", 16, 16, 0, 0, 1, 0, 32, 0, little(4), little(22), little(0));
  }

  static byte[] pdf() {
    return join("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
  }

  static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /// An archive of names and contents, one after the other.
  static byte[] zip(Object... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry(String.valueOf(entries[i])));
        zip.write(join(entries[i + 1]));
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /// An OpenDocument: its type stands first, unpacked.
  static byte[] odt() {
    byte[] type = join("application/vnd.oasis.opendocument.text");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry first = new ZipEntry("mimetype");
      first.setMethod(ZipEntry.STORED);
      first.setSize(type.length);
      CRC32 sum = new CRC32();
      sum.update(type);
      first.setCrc(sum.getValue());
      zip.putNextEntry(first);
      zip.write(type);
      zip.putNextEntry(new ZipEntry("content.xml"));
      zip.write(join("<x/>"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] docx() {
    return zip("[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>");
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] tar(String name, char kind, String content) {
    byte[] head = new byte[512];
    put(head, 0, name);
    put(head, 100, "0000644\0");
    put(head, 124, "%011o ".formatted(content.length()));
    put(head, 148, "        ");
    head[156] = (byte) kind;
    put(head, 257, "ustar\00000");
    int sum = 0;
    for (byte b : head) {
      sum += b & 0xFF;
    }
    put(head, 148, "%06o\0 ".formatted(sum));
    byte[] data = new byte[(content.length() + 511) / 512 * 512];
    put(data, 0, content);
    return join(head, data, new byte[1024]);
  }

  private static void put(byte[] to, int at, String text) {
    byte[] bytes = join(text);
    System.arraycopy(bytes, 0, to, at, bytes.length);
  }
}
