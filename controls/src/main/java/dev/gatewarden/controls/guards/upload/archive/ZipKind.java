package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.controls.guards.upload.format.Format;
import dev.gatewarden.controls.guards.upload.format.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells apart what is a zip within: documents, programs, and plain archives.
public final class ZipKind {
  private ZipKind() {}

  /// What a zip is; `ZIP` also where its directory has no one reading.
  public static Format of(View v) {
    List<Zip.Entry> entries = Zip.entries(v);
    if (entries == null) {
      return Format.ZIP;
    }
    Set<String> names = new HashSet<>();
    boolean compiled = false;
    for (Zip.Entry entry : entries) {
      names.add(entry.name());
      compiled |= entry.name().endsWith(".class");
    }
    Format program = program(names, compiled);
    if (program != null) {
      return program;
    }
    if (names.contains("[Content_Types].xml")) {
      return office(names);
    }
    return entries.isEmpty() ? Format.ZIP : open(v, entries.getFirst());
  }

  private static @Nullable Format program(Set<String> names, boolean compiled) {
    if (names.contains("AndroidManifest.xml") || names.contains("classes.dex")) {
      return Format.APK;
    }
    return compiled || names.contains("META-INF/MANIFEST.MF") || names.contains("WEB-INF/web.xml")
        ? Format.JAR
        : null;
  }

  private static Format office(Set<String> names) {
    boolean word = names.contains("word/document.xml");
    boolean sheet = names.contains("xl/workbook.xml");
    boolean slides = names.contains("ppt/presentation.xml");
    if ((word ? 1 : 0) + (sheet ? 1 : 0) + (slides ? 1 : 0) != 1) {
      return Format.ZIP;
    }
    return word ? Format.DOCX : sheet ? Format.XLSX : Format.PPTX;
  }

  /// The type stands, unpacked, in the first entry (OpenDocument 1.3, part 2, section 3.3).
  private static Format open(View v, Zip.Entry first) {
    if (!first.name().equals("mimetype") || first.method() != 0 || first.packed() > 128) {
      return Format.ZIP;
    }
    String type =
        new String(
            v.stretch(first.data(), (int) first.packed()).copy(),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    Set<Format> known = Format.ofType(type.strip());
    for (Format format : known) {
      if (format.kind() == Format.Kind.PACKAGE) {
        return format;
      }
    }
    return Format.ZIP;
  }
}
