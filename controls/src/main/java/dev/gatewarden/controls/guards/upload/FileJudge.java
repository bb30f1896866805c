package dev.gatewarden.controls.guards.upload;

import dev.gatewarden.controls.guards.upload.UploadGuard.Why;
import dev.gatewarden.controls.guards.upload.archive.Archives;
import dev.gatewarden.controls.guards.upload.archive.Room;
import dev.gatewarden.controls.guards.upload.archive.ZipKind;
import dev.gatewarden.controls.guards.upload.format.Format;
import dev.gatewarden.controls.guards.upload.format.Magic;
import dev.gatewarden.controls.guards.upload.format.Markup;
import dev.gatewarden.controls.guards.upload.format.Pictures;
import dev.gatewarden.controls.guards.upload.format.Polyglots;
import dev.gatewarden.controls.guards.upload.format.Texts;
import dev.gatewarden.controls.guards.upload.format.View;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.exchange.Upload;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges one file: its name, what it is, what it says it is, and what else it may be.
final class FileJudge {
  /// Types by which a sender says nothing.
  private static final Set<String> SILENT =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/binary");

  /// Types of what runs though no bytes tell it.
  private static final Set<String> SCRIPTS =
      Set.of(
          "text/javascript",
          "application/javascript",
          "application/x-javascript",
          "application/ecmascript",
          "text/ecmascript",
          "text/vbscript",
          "text/css",
          "text/xsl",
          "application/xslt+xml",
          "application/hta",
          "application/x-shockwave-flash");

  private final UploadGuard.Config config;

  FileJudge(UploadGuard.Config config) {
    this.config = config;
  }

  /// Why a file is refused, in words for its sender.
  record Fault(Why why, String sentence) {}

  /// What is wrong with a file, or null.
  @Nullable Fault fault(Upload upload) {
    View v = new View(upload.bytes());
    Format format = format(v);
    Fault fault = named(upload, format);
    fault = fault == null ? declared(upload, format) : fault;
    fault = fault == null ? taken(upload, format) : fault;
    fault = fault == null ? active(upload, format, v) : fault;
    fault = fault == null ? whole(format, v) : fault;
    return fault == null ? archive(format, v) : fault;
  }

  private static Format format(View v) {
    Format format = Magic.of(v);
    if (format == Format.ZIP) {
      return ZipKind.of(v);
    }
    return format == Format.OTHER ? Texts.of(v) : format;
  }

  private @Nullable Fault named(Upload upload, Format format) {
    String name = upload.fileName();
    if (name == null) {
      return null;
    }
    String wrong = FileName.fault(name);
    if (wrong != null) {
      return new Fault(Why.FILE_NAME, "the file's name: " + wrong);
    }
    List<String> extensions = FileName.extensions(name);
    for (int i = 0; i < extensions.size(); i++) {
      boolean last = i == extensions.size() - 1;
      String extension = extensions.get(i);
      boolean own = last && format.kind() == Format.Kind.ACTIVE && permitted(upload, format);
      if (FileName.runs(extension) && !(own && Format.ofExtension(extension).contains(format))) {
        return new Fault(Why.FILE_NAME, "the file's name has the extension of what could run");
      }
    }
    Set<Format> known = extensions.isEmpty() ? Set.of() : Format.ofExtension(extensions.getLast());
    return known.isEmpty() || known.contains(format)
        ? null
        : new Fault(Why.MISMATCH, "the file is not what its extension says");
  }

  private static @Nullable Fault declared(Upload upload, Format format) {
    if (format == Format.WIDE_TEXT) {
      return new Fault(Why.MISMATCH, "the file is text in a charset other than UTF-8");
    }
    String type = upload.type();
    if (SILENT.contains(type)) {
      return null;
    }
    Set<Format> known = Format.ofType(type);
    boolean fits =
        known.isEmpty()
            ? !type.startsWith("text/") || format.kind() == Format.Kind.TEXT || isPage(format)
            : known.contains(format);
    return fits ? null : new Fault(Why.MISMATCH, "the file is not what its type says");
  }

  private static boolean isPage(Format format) {
    return format == Format.HTML || format == Format.SVG || format == Format.PHP;
  }

  private @Nullable Fault taken(Upload upload, Format format) {
    if (config.types().isEmpty()) {
      return null;
    }
    for (String type : format.types()) {
      if (listed(type)) {
        return null;
      }
    }
    boolean unknown = format.types().isEmpty() && !upload.type().isEmpty();
    return unknown && listed(upload.type())
        ? null
        : new Fault(Why.NOT_TAKEN, "files of that type are not taken");
  }

  private boolean listed(String type) {
    for (String range : config.types()) {
      if (range.equals(type)
          || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Fault active(Upload upload, Format format, View v) {
    boolean runs = format.kind() == Format.Kind.ACTIVE;
    if (runs && !permitted(upload, format)
        || SCRIPTS.contains(upload.type())
            && !upload.promised()
            && !config.types().contains(upload.type())) {
      return new Fault(Why.ACTIVE, "the file could run where it is opened");
    }
    Markup markup = new Markup(v, v.stands(0, "\u00EF\u00BB\u00BF") ? 3 : 0);
    if (format == Format.SVG && !markup.harmless() || format == Format.XML && !markup.isData()) {
      return new Fault(Why.ACTIVE, "something in the file would run, or load something else");
    }
    return null;
  }

  /// Whether the contract, or the operator, names the very type of a file that could run.
  private boolean permitted(Upload upload, Format format) {
    if (upload.promised() && format.types().contains(upload.type())) {
      return true;
    }
    for (String type : format.types()) {
      if (config.types().contains(type)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Fault whole(Format format, View v) {
    int end = Pictures.end(v, format);
    if (end == Pictures.BROKEN) {
      return new Fault(Why.MISMATCH, "the file is damaged");
    }
    // cameras append previews and films to a JPEG; what is code among them is found below
    if (end != v.size() && format != Format.JPEG) {
      return new Fault(Why.POLYGLOT, "something stands behind the end of the file");
    }
    return Polyglots.is(v, format)
        ? new Fault(Why.POLYGLOT, "the file can be read as something else, too")
        : null;
  }

  private @Nullable Fault archive(Format format, View v) {
    boolean plain = format.kind() == Format.Kind.ARCHIVE;
    boolean sealed = format.kind() == Format.Kind.SEALED;
    if ((plain || sealed) && config.archives() == UploadGuard.Archives.REFUSE) {
      return new Fault(Why.NOT_TAKEN, "archives are not taken");
    }
    if (sealed) {
      return config.archives() == UploadGuard.Archives.PASS
          ? null
          : new Fault(Why.NOT_TAKEN, "archives that cannot be looked into are not taken");
    }
    boolean zipped =
        format.kind() == Format.Kind.PACKAGE || format == Format.JAR || format == Format.APK;
    if (!zipped && (!plain || config.archives() == UploadGuard.Archives.PASS)) {
      return null;
    }
    Expansion bytes = Expansion.of(config.mostBytes(), config.mostRatio(), v.size());
    return switch (new Archives(new Room(config.mostEntries(), config.mostDepth(), bytes))
        .judge(v, format)) {
      case NONE -> null;
      case BROKEN -> new Fault(Why.ARCHIVE_BROKEN, "the archive has no one reading");
      case UNSAFE -> new Fault(Why.ARCHIVE_UNSAFE, "an entry of the archive is not safe to unpack");
      case TOO_MUCH -> new Fault(Why.ARCHIVE_TOO_MUCH, "the archive unpacks to too much");
    };
  }
}
