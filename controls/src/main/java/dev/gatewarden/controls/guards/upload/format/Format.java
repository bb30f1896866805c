package dev.gatewarden.controls.guards.upload.format;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a file is, with the names that kind of file goes by.
public enum Format {
  PNG(Kind.PICTURE, "image/png image/apng", "png apng"),
  JPEG(Kind.PICTURE, "image/jpeg image/jpg image/pjpeg", "jpg jpeg jpe jfif pjpeg"),
  GIF(Kind.PICTURE, "image/gif", "gif"),
  WEBP(Kind.PICTURE, "image/webp", "webp"),
  BMP(Kind.PICTURE, "image/bmp image/x-ms-bmp image/x-bmp", "bmp dib"),
  TIFF(Kind.PICTURE, "image/tiff", "tif tiff dng"),
  ICO(Kind.PICTURE, "image/x-icon image/vnd.microsoft.icon", "ico cur"),
  HEIF(Kind.PICTURE, "image/heic image/heif image/avif", "heic heif hif avif"),
  PDF(Kind.DOCUMENT, "application/pdf", "pdf"),
  RTF(Kind.DOCUMENT, "application/rtf text/rtf", "rtf doc"),
  OLE(
      Kind.DOCUMENT,
      "application/msword application/vnd.ms-excel application/vnd.ms-powerpoint",
      "doc xls ppt dot xlt pot vsd pub"),
  DOCX(
      Kind.PACKAGE,
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "docx dotx"),
  XLSX(
      Kind.PACKAGE,
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "xlsx xltx"),
  PPTX(
      Kind.PACKAGE,
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "pptx potx ppsx"),
  ODT(Kind.PACKAGE, "application/vnd.oasis.opendocument.text", "odt"),
  ODS(Kind.PACKAGE, "application/vnd.oasis.opendocument.spreadsheet", "ods"),
  ODP(Kind.PACKAGE, "application/vnd.oasis.opendocument.presentation", "odp"),
  EPUB(Kind.PACKAGE, "application/epub+zip", "epub"),
  ZIP(Kind.ARCHIVE, "application/zip application/x-zip-compressed application/x-zip", "zip"),
  GZIP(Kind.ARCHIVE, "application/gzip application/x-gzip", "gz tgz"),
  TAR(Kind.ARCHIVE, "application/x-tar application/tar", "tar"),
  SEVEN_ZIP(Kind.SEALED, "application/x-7z-compressed", "7z"),
  RAR(Kind.SEALED, "application/vnd.rar application/x-rar-compressed", "rar"),
  BZIP2(Kind.SEALED, "application/x-bzip2 application/x-bzip", "bz2 tbz2"),
  XZ(Kind.SEALED, "application/x-xz", "xz txz"),
  ZSTD(Kind.SEALED, "application/zstd", "zst tzst"),
  MP3(Kind.SOUND, "audio/mpeg audio/mp3", "mp3"),
  MP4(
      Kind.SOUND,
      "video/mp4 audio/mp4 audio/x-m4a video/quicktime video/3gpp audio/3gpp",
      "mp4 m4a m4v mov 3gp"),
  OGG(Kind.SOUND, "audio/ogg video/ogg application/ogg audio/opus", "ogg oga ogv opus"),
  WAV(Kind.SOUND, "audio/wav audio/x-wav audio/wave audio/vnd.wave", "wav wave"),
  AVI(Kind.SOUND, "video/x-msvideo video/avi", "avi"),
  FLAC(Kind.SOUND, "audio/flac audio/x-flac", "flac"),
  MATROSKA(Kind.SOUND, "video/webm audio/webm video/x-matroska", "webm mkv mka"),
  JAR(Kind.ACTIVE, "application/java-archive application/x-java-archive", "jar war ear"),
  APK(Kind.ACTIVE, "application/vnd.android.package-archive", "apk"),
  ELF(Kind.ACTIVE, "application/x-executable application/x-elf application/x-sharedlib", "elf so"),
  PE(
      Kind.ACTIVE,
      "application/vnd.microsoft.portable-executable application/x-msdownload"
          + " application/x-dosexec",
      "exe dll"),
  MACH_O(Kind.ACTIVE, "application/x-mach-binary", "dylib macho"),
  CLASS(Kind.ACTIVE, "application/java-vm application/x-java-class", "class"),
  WASM(Kind.ACTIVE, "application/wasm", "wasm"),
  SHELL(Kind.ACTIVE, "application/x-sh text/x-shellscript text/x-sh", "sh bash"),
  PHP(Kind.ACTIVE, "application/x-httpd-php application/x-php text/x-php", "php phtml"),
  JSP(Kind.ACTIVE, "text/x-jsp application/x-jsp", "jsp jspx"),
  HTML(Kind.ACTIVE, "text/html application/xhtml+xml", "html htm xhtml"),
  SVG(Kind.ACTIVE, "image/svg+xml", "svg"),
  XML(Kind.TEXT, "application/xml text/xml", "xml xsd gpx kml rss atom plist"),
  TEXT(
      Kind.TEXT,
      "text/plain text/csv text/markdown application/json text/tab-separated-values text/yaml"
          + " application/yaml application/x-ndjson text/calendar text/vcard application/sql",
      "txt csv tsv md json ndjson jsonl log yaml yml ics vcf sql"),
  /// Text in UTF-16 or UTF-32, which no type that is taken may be.
  WIDE_TEXT(Kind.OTHER, "", ""),
  /// Nothing that is known.
  OTHER(Kind.OTHER, "", "");

  /// What may be done with a file.
  public enum Kind {
    PICTURE,
    DOCUMENT,
    /// A document that is an archive.
    PACKAGE,
    /// An archive that can be looked into.
    ARCHIVE,
    /// An archive that cannot be looked into.
    SEALED,
    SOUND,
    /// What could run where it is opened.
    ACTIVE,
    TEXT,
    OTHER
  }

  private static final Map<String, Set<Format>> BY_TYPE = new HashMap<>();
  private static final Map<String, Set<Format>> BY_EXTENSION = new HashMap<>();

  static {
    for (Format format : values()) {
      for (String type : format.types) {
        BY_TYPE.computeIfAbsent(type, _ -> EnumSet.noneOf(Format.class)).add(format);
      }
      for (String extension : format.extensions) {
        BY_EXTENSION.computeIfAbsent(extension, _ -> EnumSet.noneOf(Format.class)).add(format);
      }
    }
  }

  private final Kind kind;
  private final List<String> types;
  private final List<String> extensions;

  Format(Kind kind, String types, String extensions) {
    this.kind = kind;
    this.types = types.isEmpty() ? List.of() : List.of(types.split(" ", -1));
    this.extensions = extensions.isEmpty() ? List.of() : List.of(extensions.split(" ", -1));
  }

  public Kind kind() {
    return kind;
  }

  /// The media types such a file goes by.
  public List<String> types() {
    return types;
  }

  /// What a file of a media type is; empty where the type is not known.
  public static Set<Format> ofType(String type) {
    return BY_TYPE.getOrDefault(type, Set.of());
  }

  /// What a file with an extension is; empty where the extension is not known.
  ///
  /// @param extension lower case, without the dot
  public static Set<Format> ofExtension(String extension) {
    return BY_EXTENSION.getOrDefault(extension, Set.of());
  }
}
