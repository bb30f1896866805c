package dev.gatewarden.gateway.binder.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RewritingTest {

  @Test
  void nothing_to_swap_is_the_very_body() {
    Bytes body = new Bytes("xx[1]xx".getBytes(StandardCharsets.UTF_8), 2, 5);
    Rewriting same = Rewriting.of(body, List.of());
    assertThat(same.after()).isSameAs(body);
    assertThat(same.forth(3)).isEqualTo(3);
    assertThat(same.back(3)).isEqualTo(3);
  }

  /// Each value of a list swapped for one of another length, in a body that begins anywhere.
  @Property
  void every_value_is_found_again_on_the_other_side(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 9_999) Integer> values,
      @ForAll @IntRange(min = 0, max = 7) int before,
      @ForAll @IntRange(min = 1, max = 3) int every) {
    StringBuilder text = new StringBuilder("x".repeat(before)).append('[');
    List<int[]> places = new ArrayList<>();
    List<Rewriting.Swap> swaps = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      int from = text.length();
      text.append(values.get(i));
      places.add(new int[] {from, text.length()});
      if (i % every == 0) {
        byte[] json =
            ("\"" + "y".repeat(values.get(i) % 9) + "\"").getBytes(StandardCharsets.UTF_8);
        swaps.add(new Rewriting.Swap(from, text.length(), json));
      }
    }
    text.append(']');
    byte[] bytes = text.append("zz").toString().getBytes(StandardCharsets.UTF_8);
    Bytes body = new Bytes(bytes, before, bytes.length - 2);

    Rewriting rewriting = Rewriting.of(body, swaps);

    Bytes after = rewriting.after();
    for (int i = 0; i < places.size(); i++) {
      int[] place = places.get(i);
      int from = rewriting.forth(place[0]);
      int to = rewriting.forth(place[1]);
      String stands = new Bytes(after.array(), from, to).utf8();
      assertThat(stands)
          .isEqualTo(
              i % every == 0
                  ? "\"" + "y".repeat(values.get(i) % 9) + "\""
                  : String.valueOf(values.get(i)));
      assertThat(rewriting.back(from)).isEqualTo(place[0]);
      assertThat(rewriting.back(to)).isEqualTo(place[1]);
    }
    assertThat(rewriting.forth(body.to())).isEqualTo(after.to());
    assertThat(rewriting.back(after.to())).isEqualTo(body.to());
    assertThat(rewriting.back(rewriting.forth(body.from()))).isEqualTo(body.from());
  }
}
