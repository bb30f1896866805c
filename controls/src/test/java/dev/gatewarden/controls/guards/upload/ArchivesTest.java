package dev.gatewarden.controls.guards.upload;

import static dev.gatewarden.controls.guards.upload.Made.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.upload.UploadGuard.Archives;
import dev.gatewarden.controls.guards.upload.UploadGuard.Why;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that would do harm where they are unpacked.
class ArchivesTest {
  private static @Nullable Why why(byte[] bytes) {
    return why(UploadGuard.ENTRY.defaults(), bytes);
  }

  private static @Nullable Why why(UploadGuard.Config config, byte[] bytes) {
    Upload upload = new Upload("", null, "", false, Bytes.of(bytes));
    FileJudge.Fault fault = new FileJudge(config).fault(upload);
    return fault == null ? null : fault.why();
  }

  private static UploadGuard.Config bound(int entries, int ratio, long bytes, int depth) {
    return new UploadGuard.Config(List.of(), Archives.INSPECT, entries, ratio, bytes, depth);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a",
        "a/../../b",
        "/etc/cron.d/x",
        "C:/x",
        "..\\a",
        "a\\..\\b",
        "a/.. /b",
        "a/.../b",
        "a\u0001b",
        ".."
      })
  void refuses_entries_that_leave_their_folder(String name) {
    assertThat(why(Made.zip(name, "x"))).isEqualTo(Why.ARCHIVE_UNSAFE);
    assertThat(why(Made.tar(name, '0', "x"))).isEqualTo(Why.ARCHIVE_UNSAFE);
  }

  @Test
  void refuses_links() {
    for (char kind : new char[] {'1', '2', '3', '6', 'S', 'g'}) {
      assertThat(why(Made.tar("a", kind, ""))).isEqualTo(Why.ARCHIVE_UNSAFE);
    }
    byte[] zip = Made.zip("a", "/etc/passwd");
    int directory = find(zip, "PK\1\2");
    zip[directory + 41] = (byte) 0xA1;
    assertThat(why(zip)).isEqualTo(Why.ARCHIVE_UNSAFE);
  }

  @Test
  void refuses_a_name_that_a_long_one_replaces() {
    byte[] longName = Made.tar("././@LongLink", 'L', "../../etc/passwd\0");
    byte[] entry = Made.tar("harmless", '0', "x");
    assertThat(why(join(Arrays.copyOf(longName, 1024), entry))).isEqualTo(Why.ARCHIVE_UNSAFE);
    byte[] extended = Made.tar("h", 'x', "22 path=../etc/passwd\n");
    assertThat(why(join(Arrays.copyOf(extended, 1024), entry))).isEqualTo(Why.ARCHIVE_UNSAFE);
    byte[] sized = Made.tar("h", 'x', "10 size=9\n");
    assertThat(why(join(Arrays.copyOf(sized, 1024), entry))).isEqualTo(Why.ARCHIVE_UNSAFE);
    byte[] good = Made.tar("h", 'x', "12 path=a/b\n");
    assertThat(why(join(Arrays.copyOf(good, 1024), entry))).isNull();
  }

  @Test
  void refuses_encrypted_entries_and_methods_that_cannot_be_undone() {
    for (int[] change : new int[][] {{6, 8, 9}, {8, 10, 99}, {8, 10, 12}}) {
      byte[] zip = Made.zip("a", "x");
      int directory = find(zip, "PK\1\2");
      zip[change[0]] = (byte) change[2];
      zip[directory + change[1]] = (byte) change[2];
      assertThat(why(zip)).isEqualTo(Why.ARCHIVE_UNSAFE);
    }
  }

  @Test
  void refuses_macros_in_a_document_that_says_it_has_none() {
    byte[] document =
        Made.zip("[Content_Types].xml", "", "word/document.xml", "", "word/vbaProject.bin", "x");
    assertThat(why(document)).isEqualTo(Why.ARCHIVE_UNSAFE);
  }

  @Test
  void counts_what_comes_out_and_not_what_is_said() {
    byte[] bomb = Made.zip("a", new byte[10 << 20]);
    assertThat(why(bomb)).isEqualTo(Why.ARCHIVE_TOO_MUCH);
    int directory = find(bomb, "PK\1\2");
    System.arraycopy(Made.little(10), 0, bomb, directory + 24, 4);
    assertThat(why(bomb)).isIn(Why.ARCHIVE_TOO_MUCH, Why.ARCHIVE_BROKEN);
    assertThat(why(Made.gzip(new byte[10 << 20]))).isEqualTo(Why.ARCHIVE_TOO_MUCH);
  }

  @Test
  void bounds_bytes_entries_and_depth() {
    byte[] twenty = Made.zip("a", new byte[20_000]);
    assertThat(why(bound(1, 1000, 20_000, 1), twenty)).isNull();
    assertThat(why(bound(1, 1000, 19_999, 1), twenty)).isEqualTo(Why.ARCHIVE_TOO_MUCH);
    byte[] two = Made.zip("a", "x", "b", "y");
    assertThat(why(bound(2, 100, 1000, 1), two)).isNull();
    assertThat(why(bound(1, 100, 1000, 1), two)).isEqualTo(Why.ARCHIVE_TOO_MUCH);
    byte[] within = Made.zip("a.zip", two);
    assertThat(why(bound(9, 100, 1000, 2), within)).isNull();
    assertThat(why(bound(9, 100, 1000, 1), within)).isEqualTo(Why.ARCHIVE_TOO_MUCH);
    assertThat(why(bound(2, 100, 1000, 2), within)).isEqualTo(Why.ARCHIVE_TOO_MUCH);
    assertThat(why(Made.zip("a.7z", "7z\u00BC\u00AF'\u001C"))).isEqualTo(Why.ARCHIVE_UNSAFE);
  }

  @Test
  void looks_into_the_archive_within() {
    assertThat(why(Made.zip("a.zip", Made.zip("../b", "x")))).isEqualTo(Why.ARCHIVE_UNSAFE);
    assertThat(why(Made.gzip(Made.tar("../b", '0', "x")))).isEqualTo(Why.ARCHIVE_UNSAFE);
    byte[] bomb = Made.zip("b", new byte[4 << 20]);
    assertThat(why(Made.zip("a.zip", bomb))).isEqualTo(Why.ARCHIVE_TOO_MUCH);
  }

  @Test
  void refuses_archives_that_readers_unpack_differently() {
    byte[] zip = Made.zip("a", "x");
    assertThat(why(join(zip, "x"))).isEqualTo(Why.ARCHIVE_BROKEN);
    assertThat(why(join(zip, zip))).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] renamed = Made.zip("a", "x");
    renamed[30] = 'b';
    assertThat(why(renamed)).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] twice = Made.zip("a", "x", "b", "y");
    int last = find(twice, "PK\1\2");
    int next = last + 46 + 1;
    System.arraycopy(Arrays.copyOfRange(twice, last, last + 47), 0, twice, next, 47);
    assertThat(why(twice)).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] member = Made.gzip(join("x"));
    assertThat(why(join(member, member))).isEqualTo(Why.ARCHIVE_BROKEN);
    assertThat(why(Arrays.copyOf(member, member.length - 1))).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] wrong = member.clone();
    wrong[wrong.length - 5]++;
    assertThat(why(wrong)).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] tar = Made.tar("a", '0', "x");
    assertThat(why(join(tar, "hidden"))).isEqualTo(Why.ARCHIVE_BROKEN);
    tar[0] = 'b';
    assertThat(why(tar)).isEqualTo(Why.ARCHIVE_BROKEN);
  }

  @Test
  void refuses_an_entry_with_a_second_name() throws IOException {
    for (int id : new int[] {0x7075, 0xCAFE}) {
      byte[] name = join("../../evil");
      ByteBuffer extra = ByteBuffer.allocate(4 + 5 + name.length).order(ByteOrder.LITTLE_ENDIAN);
      extra.putShort((short) id).putShort((short) (5 + name.length)).put((byte) 1);
      CRC32 sum = new CRC32();
      sum.update('a');
      extra.putInt((int) sum.getValue()).put(name);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        ZipEntry entry = new ZipEntry("a");
        entry.setExtra(extra.array());
        zip.putNextEntry(entry);
        zip.write(join("x"));
      }
      assertThat(why(bytes.toByteArray())).isEqualTo(id == 0x7075 ? Why.ARCHIVE_BROKEN : null);
    }
  }

  @Test
  void refuses_sizes_that_only_the_directory_knows() {
    byte[] deflated = Made.zip("a", "hello hello hello");
    assertThat(why(deflated)).isNull();
    byte[] other = deflated.clone();
    other[18] = 5;
    assertThat(why(other)).isEqualTo(Why.ARCHIVE_BROKEN);
    byte[] stored = stored("a", "hidden PK\3\4");
    assertThat(why(stored)).isNull();
    assertThat(why(behind(stored))).isEqualTo(Why.ARCHIVE_BROKEN);
  }

  private static byte[] stored(String name, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length());
      CRC32 sum = new CRC32();
      sum.update(join(content));
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(join(content));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /// The same with the sizes of its only entry behind its bytes.
  private static byte[] behind(byte[] zip) {
    byte[] head = zip.clone();
    int directory = find(zip, "PK\1\2");
    int end = find(zip, "PK\5\6");
    head[6] |= 8;
    head[directory + 8] |= 8;
    byte[] sizes = Arrays.copyOfRange(zip, directory + 16, directory + 28);
    System.arraycopy(Made.little(directory + 16), 0, head, end + 16, 4);
    return join(
        Arrays.copyOf(head, directory),
        "PK\7\b",
        sizes,
        Arrays.copyOfRange(head, directory, head.length));
  }

  /// Any one byte changed: judged all the same, and never taken for more than it is.
  @Property(tries = 2000)
  void judges_damaged_archives(
      @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(max = 255) int value) {
    byte[] zip = Made.zip("dir/a.txt", "hello hello hello", "b", "x");
    zip[place % zip.length] = (byte) value;
    Why why = why(zip);
    assertThat(why == null || why.status() >= 400).isTrue();
    byte[] tar = Made.tar("a", '0', "hello");
    tar[place % tar.length] = (byte) value;
    assertThat(why(tar))
        .satisfiesAnyOf(w -> assertThat(w).isNull(), w -> assertThat(w).isNotNull());
  }

  private static int find(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
