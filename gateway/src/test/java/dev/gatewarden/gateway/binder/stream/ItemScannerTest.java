package dev.gatewarden.gateway.binder.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ItemScannerTest {
  private static final String[] PIECES = {
    "\n", "\r", "\r\n", "data: ", "{", "}", "\"", "\\", "\u001e", "[1,2]", "a", ":", " ", "id: 1"
  };

  private static List<String> items(Framing framing, byte[] stream, int step) {
    ItemScanner scanner = new ItemScanner(framing);
    List<String> items = new ArrayList<>();
    int from = 0;
    for (int to = 0; to < stream.length || from < stream.length; ) {
      to = Math.min(stream.length, to + step);
      int end = scanner.end(stream, from, to, to == stream.length);
      while (end >= 0) {
        items.add(new String(stream, from, end - from, UTF_8));
        from = end;
        end = from < to ? scanner.end(stream, from, to, to == stream.length) : -1;
      }
    }
    return items;
  }

  @Test
  void parts_events_at_blank_lines_however_lines_end() {
    byte[] stream = "a: 1\nb\n\nc\r\n\r\nd\r\re".getBytes(UTF_8);
    assertThat(items(Framing.EVENTS, stream, 3))
        .containsExactly("a: 1\nb\n\n", "c\r\n\r\n", "d\r\r", "e");
  }

  @Test
  void parts_texts_at_separators_and_behind_whole_values() {
    byte[] stream = "\u001e{\"a\":\n\"\\\"}\"\n}\n\u001e1\u001e\"x\n\u001e2\n".getBytes(UTF_8);
    assertThat(items(Framing.SEQUENCE, stream, 1))
        .containsExactly("\u001e{\"a\":\n\"\\\"}\"\n}\n", "\u001e1", "\u001e\"x\n", "\u001e2\n");
  }

  @Property(tries = 1000)
  void finds_the_same_items_in_whatever_pieces_a_stream_comes(
      @ForAll @Size(max = 40) byte[] choice, @ForAll Framing framing) {
    StringBuilder text = new StringBuilder();
    for (byte each : choice) {
      text.append(PIECES[Math.floorMod(each, PIECES.length)]);
    }
    byte[] stream = text.toString().getBytes(UTF_8);
    List<String> whole = items(framing, stream, Math.max(1, stream.length));
    assertThat(String.join("", whole)).isEqualTo(text.toString());
    for (int step : new int[] {1, 2, 5}) {
      assertThat(items(framing, stream, step)).isEqualTo(whole);
    }
  }

  /// What leaves is read by others as nothing but what was judged.
  @Property(tries = 1000)
  void what_leaves_of_an_event_says_no_more_than_its_document(
      @ForAll @Size(max = 40) byte[] choice) {
    StringBuilder text = new StringBuilder();
    for (byte each : choice) {
      text.append(PIECES[Math.floorMod(each, PIECES.length)]);
    }
    byte[] raw = Arrays.copyOf(text.toString().getBytes(UTF_8), text.length() * 2 + 32);
    Bytes item = new Bytes(raw, 0, text.toString().getBytes(UTF_8).length);
    if (ItemReader.read(Framing.EVENTS, item) instanceof Item.Document document) {
      Bytes leaves = document.with(document.json());
      assertThat(items(Framing.EVENTS, leaves.copy(), 64)).hasSize(1);
      assertThat(ItemReader.read(Framing.EVENTS, leaves))
          .isInstanceOfSatisfying(
              Item.Document.class,
              again -> assertThat(again.json().utf8()).isEqualTo(document.json().utf8()));
    }
  }
}
