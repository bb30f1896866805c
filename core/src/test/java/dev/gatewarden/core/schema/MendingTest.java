package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/// What has to go so that the rest is as promised: no more than that, and never something else.
class MendingTest {
  private static final Schema ORDER =
      Texts.schema(
          """
          {"type":"object","required":["id"],"properties":{
           "id":{"type":"string"},"note":{"type":["string","null"]},"total":{"type":"number"},
           "lines":{"minItems":1,"items":{"required":["sku"],"properties":{
             "sku":{"type":"string"},"count":{"type":"integer"}}}},
           "owner":{"required":["name"],"properties":{"name":{"type":["integer","null"]}}},
           "pay":{"oneOf":[{"required":["card"],"properties":{"card":{"type":"string"},"cvc":{"type":"integer"}}},
                           {"required":["iban"],"properties":{"iban":{"type":"string"}}}]}}}
          """);

  @Test
  void cuts_the_member_that_is_wrong() {
    assertThat(mended("{'id':'a','total':'x','note':'n'}")).isEqualTo("{'id':'a','note':'n'}");
    assertThat(mended("{'total':'x','note':1,'id':'a'}")).isEqualTo("{'id':'a'}");
  }

  @Test
  void cuts_the_item_whose_required_member_is_wrong() {
    assertThat(mended("{'id':'a','lines':[{'sku':'s'},{'sku':1},{'sku':'t','count':'x'}]}"))
        .isEqualTo("{'id':'a','lines':[{'sku':'s'},{'sku':'t'}]}");
  }

  @Test
  void climbs_where_cutting_breaks_another_promise() {
    assertThat(mended("{'id':'a','lines':[{'sku':1},{}]}")).isEqualTo("{'id':'a'}");
    assertThat(mended("{'id':'a','pay':{'card':1}}")).isEqualTo("{'id':'a'}");
  }

  @Test
  void leaves_null_where_that_is_promised_and_the_member_is_required() {
    assertThat(mended("{'id':'a','owner':{'name':'x'}}"))
        .isEqualTo("{'id':'a','owner':{'name':null}}");
  }

  @Test
  void cuts_within_the_alternative_that_came_closest() {
    assertThat(mended("{'id':'a','pay':{'card':'4','cvc':'x'}}"))
        .isEqualTo("{'id':'a','pay':{'card':'4'}}");
  }

  @Test
  void mends_nothing_where_the_whole_would_have_to_go() {
    assertThat(gaps("{'id':1}")).isEmpty();
    assertThat(gaps("[]")).isEmpty();
    assertThat(gaps("{'id':'a'}")).isEmpty();
    assertThat(gaps("{'id':'a','total':'x'} {")).isEmpty();
    assertThat(gaps("{'id':'a','total':'x','total':1}")).isEmpty();
  }

  @Test
  void mends_a_long_list_in_a_few_rounds() {
    StringBuilder json = new StringBuilder("{'id':'a','lines':[{'sku':'s'}");
    for (int i = 0; i < 900; i++) {
      json.append(",{'sku':").append(i).append("},{'sku':'s','count':1}");
    }
    String left = mended(json + "]}");
    assertThat(left).doesNotContain("{'sku':1").contains("'count':1");
    assertThat(Texts.valid(ORDER, left)).isTrue();
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void leaves_what_obeys_or_nothing(@ForAll long seed) {
    String json = value(new Random(seed), 3);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    List<Schema.Gap> gaps = ORDER.mend(bytes, 0, bytes.length, new Visit(1));
    String left = left(bytes, gaps);
    assertThat(gaps.isEmpty() || Texts.valid(ORDER, left)).as(json + " -> " + left).isTrue();
  }

  private static String value(Random random, int depth) {
    if (depth == 0) {
      return List.of("1", "\"a\"", "null", "1.5").get(random.nextInt(4));
    }
    StringBuilder json = new StringBuilder();
    if (random.nextInt(4) == 0) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        json.append(json.isEmpty() ? "" : ",").append(value(random, depth - 1));
      }
      return "[" + json + "]";
    }
    List<String> names =
        new ArrayList<>(
            List.of(
                "id", "note", "total", "lines", "sku", "count", "owner", "name", "card", "pay"));
    for (int i = random.nextInt(6); i >= 0; i--) {
      String name = names.remove(random.nextInt(names.size()));
      json.append(json.isEmpty() ? "" : ",").append("\"").append(name).append("\":");
      json.append(name.equals("id") ? "\"a\"" : value(random, depth - 1 - random.nextInt(depth)));
    }
    return "{" + json + "}";
  }

  private static List<Schema.Gap> gaps(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ORDER.mend(bytes, 0, bytes.length, new Visit(1));
  }

  private static String mended(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    List<Schema.Gap> gaps = ORDER.mend(bytes, 0, bytes.length, new Visit(1));
    assertThat(gaps).isNotEmpty();
    return left(bytes, gaps).replace('"', '\'');
  }

  private static String left(byte[] bytes, List<Schema.Gap> gaps) {
    List<GapCopy.Mask> masks = new ArrayList<>();
    for (Schema.Gap gap : gaps) {
      if (gap.blank()) {
        masks.add(new GapCopy.Mask(gap.from(), gap.to(), "null".getBytes(StandardCharsets.UTF_8)));
      }
    }
    long[] cuts =
        gaps.stream()
            .filter(gap -> !gap.blank())
            .mapToLong(gap -> GapCopy.gap(gap.name(), gap.to()))
            .toArray();
    return new String(GapCopy.edited(bytes, 0, bytes.length, cuts, masks), StandardCharsets.UTF_8);
  }
}
