package dev.gatewarden.controls.guards.upload;

import static dev.gatewarden.controls.guards.upload.Made.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.upload.UploadGuard.Archives;
import dev.gatewarden.controls.guards.upload.UploadGuard.Why;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Upload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file is, and what it only says it is.
class FileJudgeTest {
  private static final UploadGuard.Config DEFAULTS = UploadGuard.ENTRY.defaults();

  private static @Nullable Why why(
      UploadGuard.Config config, @Nullable String name, String type, byte[] bytes) {
    Upload upload = new Upload("/f", name, type, false, Bytes.of(bytes));
    FileJudge.Fault fault = new FileJudge(config).fault(upload);
    return fault == null ? null : fault.why();
  }

  private static @Nullable Why why(@Nullable String name, String type, byte[] bytes) {
    return why(DEFAULTS, name, type, bytes);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("png", "image/png", Made.png(new byte[0])),
        file("gif", "image/gif", Made.gif()),
        file("jpg", "image/jpeg", Made.jpeg("a camera")),
        file("webp", "image/webp", Made.webp()),
        file("bmp", "image/bmp", Made.bmp()),
        file("ico", "image/x-icon", Made.ico()),
        file("tiff", "image/tiff", join("II*\0", new byte[12])),
        file("heic", "image/heic", join(0, 0, 0, 24, "ftypheic", new byte[12])),
        file("pdf", "application/pdf", Made.pdf()),
        file("zip", "application/zip", Made.zip("a.txt", "hello", "b/", "")),
        file(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Made.docx()),
        file("odt", "application/vnd.oasis.opendocument.text", Made.odt()),
        file("gz", "application/gzip", Made.gzip(join("hello"))),
        file("tar", "application/x-tar", Made.tar("a/b.txt", '0', "hello")),
        file("tgz", "application/gzip", Made.gzip(Made.tar("a/b.txt", '0', "hello"))),
        file("mp3", "audio/mpeg", join("ID3", new byte[20])),
        file("mp4", "video/mp4", join(0, 0, 0, 24, "ftypisom", new byte[12])),
        file("ogg", "audio/ogg", join("OggS", new byte[20])),
        file("wav", "audio/wav", join("RIFF", Made.little(4), "WAVE")),
        file("avi", "video/x-msvideo", join("RIFF", Made.little(4), "AVI ")),
        file("json", "application/json", join("{\"a\":1}")),
        file("csv", "text/csv", join("a,b\n1,2\n")),
        file("xml", "application/xml", join("<?xml version=\"1.0\"?><a><b/></a>")));
  }

  private static Arguments file(String extension, String type, byte[] bytes) {
    return Arguments.argumentSet(extension, extension, type, bytes);
  }

  @ParameterizedTest
  @MethodSource("files")
  void takes_a_file_for_what_it_is(String extension, String type, byte[] bytes) {
    assertThat(why("a." + extension, type, bytes)).isNull();
    assertThat(why("a", "", bytes)).isNull();
    assertThat(why(null, "application/octet-stream", bytes)).isNull();
    assertThat(why("A." + extension.toUpperCase(java.util.Locale.ROOT), type, bytes)).isNull();
  }

  @ParameterizedTest
  @MethodSource("files")
  void takes_no_file_for_another(String extension, String type, byte[] bytes) {
    String other = extension.equals("png") ? "gif" : "png";
    assertThat(why("a." + other, "", bytes)).isEqualTo(Why.MISMATCH);
    assertThat(why(null, "image/" + other, bytes)).isEqualTo(Why.MISMATCH);
    assertThat(why("a." + extension, "image/" + other, bytes)).isEqualTo(Why.MISMATCH);
  }

  static Stream<Arguments> active() {
    return Stream.of(
        program("elf", join("\u007FELF\2\1\1", new byte[9])),
        program("pe", join("MZ\u0090\0\3\0", new byte[54], Made.little(64), "PE\0\0")),
        program("mach-o", join("\u00CF\u00FA\u00ED\u00FE", new byte[8])),
        program("fat mach-o", join("\u00CA\u00FE\u00BA\u00BE\0\0\0\2", new byte[8])),
        program("class", join("\u00CA\u00FE\u00BA\u00BE\0\0\0A", new byte[8])),
        program("wasm", join("\0asm\1\0\0\0")),
        program("shell", join("#!/bin/sh\nid\n")),
        program("php", join("\n<?php system(1);")),
        program("short php", join("<?= `id` ?>")),
        program("jsp", join("<%@ page import=\"x\" %>")),
        program("html", join("  <HTML><body>")),
        program("html after a comment", join("<!-- x -->\n<script>1</script>")),
        program("html with a mark", join("\u00EF\u00BB\u00BF<!DOCTYPE html>")),
        program("xhtml", join("<?xml version=\"1.0\"?><html xmlns=\"x\"/>")),
        program(
            "xhtml in xml",
            join("<?xml version=\"1.0\"?><a xmlns=\"http://www.w3.org/1999/xhtml\"/>")),
        program("styled xml", join("<?xml version=\"1.0\"?><?xml-stylesheet href=\"x\"?><r/>")),
        program(
            "xml with entities",
            join("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"b\">]><r/>")),
        program("svg", join("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
        program("jar", Made.zip("META-INF/MANIFEST.MF", "", "a/B.class", "x")),
        program("apk", Made.zip("AndroidManifest.xml", "", "classes.dex", "x")));
  }

  private static Arguments program(String title, byte[] bytes) {
    return Arguments.argumentSet(title, (Object) bytes);
  }

  @ParameterizedTest
  @MethodSource("active")
  void refuses_what_would_run(byte[] bytes) {
    assertThat(why(null, "application/octet-stream", bytes)).isEqualTo(Why.ACTIVE);
    assertThat(why("a.png", "image/png", bytes)).isEqualTo(Why.MISMATCH);
    assertThat(why(null, "image/x-unheard-of", bytes)).isEqualTo(Why.ACTIVE);
  }

  static Stream<Arguments> polyglots() {
    byte[] zip = Made.zip("a.php", "<?php");
    byte[] jar = Made.zip("META-INF/MANIFEST.MF", "");
    byte[] script = join("<script>alert(1)</script>");
    byte[] gif = Made.gif();
    byte[] gifOfScript = Made.gif();
    System.arraycopy(join("/*"), 0, gifOfScript, 6, 2);
    byte[] bmpOfScript = Made.bmp();
    System.arraycopy(join("/*"), 0, bmpOfScript, 2, 2);
    byte[] php = Made.png(join("Comment\0<?php system($_GET[0]);"));
    byte[] tags = Made.png(join("Comment\0<?= `$_GET[0]` ?>"));
    return Stream.of(
        two("png and zip", join(Made.png(new byte[0]), zip)),
        two("png and a line", join(Made.png(new byte[0]), "\n")),
        two("gif and jar", join(gif, jar)),
        two("gif and page", join(gif, script)),
        two("gif and script", gifOfScript),
        two("bmp and script", bmpOfScript),
        two("jpeg and zip", join(Made.jpeg("x"), zip)),
        two("jpeg and php", Made.jpeg("<?php system(1);")),
        two("jpeg and page", Made.jpeg("<ScRiPt>alert(1)</sCrIpT>")),
        two("jpeg and pdf", Made.jpeg("%PDF-1.4")),
        two(
            "jpeg and script",
            join("\u00FF\u00D8\u00FF\u00E0/*", Made.jpeg("x"), new byte[12_100])),
        two("jpeg and rar", join(Made.jpeg("x"), "Rar!\u001A\u0007\0")),
        two("jpeg and 7z", join(Made.jpeg("x"), "7z\u00BC\u00AF'\u001C")),
        two("jpeg and phar", join(Made.jpeg("__HALT_COMPILER();"))),
        two("png and php", php),
        two("png and short php", tags),
        two("webp and more", join(Made.webp(), "x")),
        two("pdf and zip", join(Made.pdf(), zip)),
        two("pdf and page", join(Made.pdf(), script)),
        two("unknown and pdf", join(0, 1, 2, "%PDF-1.4", 0)),
        two("unknown and zip", join(0, 1, 2, zip)),
        two("sound and zip", join("ID3", new byte[20], zip)));
  }

  private static Arguments two(String title, byte[] bytes) {
    return Arguments.argumentSet(title, (Object) bytes);
  }

  @ParameterizedTest
  @MethodSource("polyglots")
  void refuses_what_is_two_things_at_once(byte[] bytes) {
    assertThat(why(null, "", bytes)).isIn(Why.POLYGLOT, Why.MISMATCH);
  }

  @Test
  void takes_a_picture_as_cameras_write_it() {
    assertThat(why("a.jpg", "image/jpeg", join(Made.jpeg("x"), Made.jpeg("preview")))).isNull();
    String notes = "http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta/>";
    assertThat(why("a.jpg", "image/jpeg", Made.jpeg(notes))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../a.txt",
        "a/b.txt",
        "a\\b.txt",
        "/etc/passwd",
        "C:a.txt",
        "a.txt:x",
        "a.txt.",
        "a.txt ",
        " a.txt",
        ".htaccess",
        ".txt",
        "a\0.txt",
        "a\n.txt",
        "a\u202Etxt.png",
        "a\u200B.txt",
        "a%2e%2e%2fb.txt",
        "a%00.txt",
        "con",
        "NUL.txt",
        "com1.txt",
        "LPT9",
        "aux .txt",
        "a..txt",
        "a.php.txt",
        "a.PHP",
        "a.phtml",
        "a.php5.txt",
        "a.jsp;.txt.jsp",
        "a.html",
        "a.svg",
        "a.txt.exe",
        "a.asp.txt",
        "e\u0301.txt",
        "a\uFF0Ftxt",
        "a\uFF0Ephp",
        "a<b>.txt",
        "a|b.txt",
        "a*.txt",
        "a?.txt",
        "a\".txt",
        "a\uE000.txt",
        "a.php .txt"
      })
  void refuses_names_that_do_not_mean_the_same_everywhere(String name) {
    assertThat(why(name, "text/plain", join("hello"))).isEqualTo(Why.FILE_NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.txt",
        "a b.txt",
        "Größe.txt",
        "r\u00E9sum\u00E9.txt",
        "日本語.txt",
        "a-1_(2).txt",
        "a",
        "backup.2026.01.txt",
        "console.txt",
        "100% sure.txt",
        "a+b,c.txt",
        "x.unheard"
      })
  void takes_names_as_people_give_them(String name) {
    assertThat(why(name, "text/plain", join("hello"))).isNull();
  }

  @Test
  void bounds_the_length_of_a_name() {
    assertThat(why("a".repeat(251) + ".txt", "", join("x"))).isNull();
    assertThat(why("a".repeat(252) + ".txt", "", join("x"))).isEqualTo(Why.FILE_NAME);
  }

  private static UploadGuard.Config taking(String type) {
    return new UploadGuard.Config(List.of(type), Archives.INSPECT, 1000, 100, 32L << 20, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg><script/></svg>",
        "<svg><SCRIPT/></svg>",
        "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script/></svg>",
        "<svg onload='x'/>",
        "<svg\nonload\n=\n'x'/>",
        "<svg><a href='javascript:x'/></svg>",
        "<svg><a xlink:href='&#106;avascript:x'/></svg>",
        "<svg><image href='https://elsewhere.example/x.png'/></svg>",
        "<svg><use href='data:image/svg+xml;base64,AAAA'/></svg>",
        "<svg><foreignObject/></svg>",
        "<svg><set attributeName='onmouseover' to='x'/></svg>",
        "<svg><animate attributeName='xlink:href' values='x'/></svg>",
        "<svg><style>@import 'x'</style></svg>",
        "<svg><style><![CDATA[@import 'x']]></style></svg>",
        "<svg><path style='fill:url(https://elsewhere.example/x)'/></svg>",
        "<svg><!--><script/>--></svg>",
        "<svg><![CDATA[<script>]]></svg>",
        "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>",
        "<?xml-stylesheet href='x'?><svg/>",
        "<svg onload=x/>",
        "<svg><path d='M0'onload='x'/></svg>"
      })
  void refuses_drawings_in_which_something_is_active(String svg) {
    assertThat(why(taking("image/svg+xml"), "a.svg", "image/svg+xml", join(svg)))
        .isIn(Why.ACTIVE, Why.MISMATCH);
  }

  @Test
  void takes_a_plain_drawing_where_drawings_are_taken() {
    String svg =
        "<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'>"
            + "<style>path{fill:#fff}</style><defs><linearGradient id='g'/></defs>"
            + "<path d='M0 0' fill='url(#g)'/><use href='#g'/></svg>";

    assertThat(why(taking("image/svg+xml"), "a.svg", "image/svg+xml", join(svg))).isNull();
    assertThat(why("a.svg", "image/svg+xml", join(svg))).isEqualTo(Why.FILE_NAME);
    assertThat(why(null, "image/svg+xml", join(svg))).isEqualTo(Why.ACTIVE);
  }

  @Property(tries = 3000)
  void judges_any_bytes(@ForAll("pieces") byte[] bytes) {
    Why why = why("a.png", "image/png", bytes);
    assertThat(why == null || why.status() >= 400).isTrue();
  }

  @Provide
  Arbitrary<byte[]> pieces() {
    return Arbitraries.of(
            Made.png(new byte[0]),
            Made.gif(),
            Made.jpeg("x"),
            Made.webp(),
            Made.zip("a", "b"),
            Made.gzip(join("x")),
            Made.tar("a", '0', "b"),
            Made.docx(),
            join("<svg "),
            join("<!--"),
            join("PK\5\6"),
            join("\u00FF\u00D8\u00FF"),
            join("RIFF"),
            join("%PDF-"),
            new byte[30],
            join("\u00FF".repeat(30)),
            join("ftyp"),
            join("<?xml "),
            join("=\"'>"))
        .list()
        .ofMaxSize(5)
        .flatMap(
            all ->
                Arbitraries.integers().between(0, 200).map(cut -> cut(join(all.toArray()), cut)));
  }

  private static byte[] cut(byte[] bytes, int by) {
    return java.util.Arrays.copyOf(bytes, Math.max(0, bytes.length - by));
  }

  @Test
  void looks_at_text_only_as_text() {
    assertThat(why("a.txt", "text/plain", "ünïcödé".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(why("a.txt", "text/plain", join("caf\u00E9"))).isEqualTo(Why.MISMATCH);
    assertThat(why("a.txt", "text/plain", join("a\0b\0"))).isEqualTo(Why.MISMATCH);
    assertThat(why(null, "", join("+ADw-script+AD4-"))).isNull();
  }
}
