package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever is cut out of an array or an object, what is left is the array or object of the rest.
class GapCopyProperties {

  @Property
  void what_is_left_is_what_was_not_cut(
      @ForAll @Size(max = 8) List<@IntRange(max = 99) Integer> values,
      @ForAll Set<@IntRange(max = 7) Integer> cut,
      @ForAll("spaces") String space,
      @ForAll boolean object) {
    StringBuilder text = new StringBuilder(object ? "{" : "[");
    StringBuilder left = new StringBuilder(object ? "{" : "[");
    List<Edit> cuts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? space : space + "," + space);
      int from = text.length();
      String member = (object ? "\"k" + i + "\":" : "") + values.get(i);
      text.append(member);
      if (cut.contains(i)) {
        cuts.add(new Edit.CutBody(from, text.length()));
      } else {
        left.append(left.length() == 1 ? "" : ",").append(member);
      }
    }
    text.append(space).append(object ? '}' : ']');
    left.append(object ? '}' : ']');
    String result =
        GapCopy.of(Bytes.of(text.toString().getBytes(StandardCharsets.UTF_8)), cuts).utf8();
    assertThat(result.replaceAll("\\s", "")).isEqualTo(left.toString());
  }

  @Provide
  Arbitrary<String> spaces() {
    return Arbitraries.of("", " ", "\n  ");
  }
}
