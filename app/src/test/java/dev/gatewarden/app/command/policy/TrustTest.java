package dev.gatewarden.app.command.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.ConfigurationSchema;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Setting;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.policy.model.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key of the configuration is told where it changes, or somebody said that it has nothing to
/// do with access.
final class TrustTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static final String SHOP =
      """
      gatewarden: 1
      listen: {public: {port: 8080}}
      issuers:
        corp: {url: https://id.example.com, audience: shop, algorithms: [ES256]}
      apis:
        shop:
          contract: shop.yaml
          at: {path: /}
          upstream: {to: ['http://127.0.0.1:9000']}
          security: {oauth: corp}
          tenancy: single
      """;

  @TempDir private Path folder;

  @Test
  void every_key_was_considered() {
    Set<String> there = new TreeSet<>();
    leaves(
        new ConfigurationSchema(TunableGuards.all(), Sources.ofThisProgram()).schema(), "", there);
    assertThat(new TreeSet<>(Bearing.considered().keySet())).isEqualTo(there);
  }

  private static void leaves(Map<?, ?> schema, String path, Set<String> to) {
    if (schema.get("anyOf") instanceof List<?> all) {
      all.forEach(each -> leaves((Map<?, ?>) each, path, to));
    } else if (path.equals("apis.*.operations")) {
      // what is tuned of the guards of one operation is what can be tuned of all
      Map<?, ?> one = (Map<?, ?>) schema.get("additionalProperties");
      ((Map<?, ?>) one.get("properties"))
          .forEach(
              (name, each) -> {
                if (!name.equals("guards")) {
                  leaves((Map<?, ?>) each, path + ".*." + name, to);
                }
              });
    } else if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, each) -> {
            String below = path.isEmpty() ? (String) name : path + "." + name;
            if (path.equals("apis.*.guards")) {
              to.add(below);
            } else {
              leaves((Map<?, ?>) each, below, to);
            }
          });
    } else if (schema.get("additionalProperties") instanceof Map<?, ?> each) {
      leaves(each, path + ".*", to);
    } else if (schema.get("items") instanceof Map<?, ?> items) {
      leaves(items, path + "[]", to);
    } else {
      to.add(path);
    }
  }

  static Stream<String> keys() {
    return Bearing.considered().keySet().stream()
        .flatMap(
            key ->
                key.startsWith("apis.*.guards.")
                    ? Stream.of(
                        key + ".some", key.replace("guards", "operations.get.It.guards") + ".some")
                    : Stream.of(key))
        .map(
            key ->
                key.startsWith("apis.*")
                    ? key.replaceFirst("\\*", "shop")
                    : key.startsWith("issuers.*") ? key.replaceFirst("\\*", "corp") : key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void what_has_to_do_with_access_is_told_where_it_changes(String key) {
    String path = key.replace("*", "a.b").replace("[]", "[0]");
    Bearing bearing = Bearing.of(path);
    List<Finding> found = between(with(path, "one"), with(path, "other"));
    if (bearing == Bearing.SILENT || bearing == Bearing.MODELLED) {
      assertThat(found).isEmpty();
      return;
    }
    if (path.startsWith("exceptions")) {
      return;
    }
    String list = path.indexOf('[') < 0 ? path : path.substring(0, path.indexOf('['));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().operation()).isEqualTo(list);
    assertThat(found.getFirst().sentence()).contains("other`, and was `").contains("one`");
    assertThat(between(with(path, "one"), read(SHOP))).hasSize(1);
    assertThat(between(read(SHOP), with(path, "one"))).hasSize(1);
    assertThat(between(with(path, "one"), with(path, "one"))).isEmpty();
  }

  @Test
  void a_name_that_reads_like_a_key_silences_nothing() {
    assertThat(Bearing.of("apis.shop.security.contract")).isEqualTo(Bearing.TOLD);
    assertThat(Bearing.of("apis.a.b.security.overlay")).isEqualTo(Bearing.TOLD);
    assertThat(Bearing.of("issuers.corp.introspection.client.secret")).isEqualTo(Bearing.SILENT);
  }

  @Test
  void a_key_that_nobody_considered_is_told() {
    assertThat(Bearing.of("issuers.corp.something-new")).isEqualTo(Bearing.TOLD);
    assertThat(Bearing.of("something.new")).isEqualTo(Bearing.TOLD);
  }

  @Test
  void the_order_of_a_list_is_nothing_and_its_items_are_compared_whole() {
    String one = SHOP.replace("audience: shop", "audience: [shop, desk]");
    String other = SHOP.replace("audience: shop", "audience: [desk, shop]");
    assertThat(between(read(one), read(other))).isEmpty();
    String links =
        SHOP
            + "policies: {files: [], links: [{template: a, id: x, principal: 'U::\"1\"'},"
            + " {template: b, id: y, principal: 'U::\"2\"'}]}\n";
    String swapped = links.replace("\"1\"", "\"3\"").replace("\"2\"", "\"1\"");
    assertThat(between(read(links), read(swapped.replace("\"3\"", "\"2\""))))
        .singleElement()
        .satisfies(each -> assertThat(each.operation()).isEqualTo("policies.links"));
  }

  @Test
  void a_section_that_is_new_or_gone_is_told_once() {
    String more =
        SHOP.replace(
                "apis:",
                "  other: {url: https://other.example.com, audience: shop, algorithms: [ES256]}\n"
                    + "apis:")
            .replace("{oauth: corp}", "{oauth: corp, desk: other}");
    assertThat(between(read(SHOP), read(more)))
        .extracting(Finding::operation, Finding::sentence)
        .containsExactly(
            tuple("issuers.other", "is new"),
            tuple("apis.shop.security.desk", "is `other`, and was not set"));
    assertThat(between(read(more), read(SHOP)))
        .extracting(Finding::operation, Finding::sentence)
        .containsExactly(
            tuple("issuers.other", "is gone"),
            tuple("apis.shop.security.desk", "is not set any more, and was `other`"));
  }

  @Test
  void what_a_file_says_counts_though_its_name_stays() throws IOException {
    String entities = SHOP + "policies: {files: [], entities: groups.json}\n";
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(folder.resolve("groups.json"), "[]");
    Files.writeString(other.resolve("groups.json"), "[ ]");
    assertThat(between(read(entities, folder), read(entities, other)))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.operation()).isEqualTo("policies.entities");
              assertThat(each.sentence()).contains("says something else");
            });
    Files.writeString(other.resolve("groups.json"), "[]");
    assertThat(between(read(entities, folder), read(entities, other))).isEmpty();
  }

  @Test
  void exceptions_are_told_whatever_they_excuse_and_for_how_long() {
    String one = SHOP + exception("guard: readable-fields, operation: shop.a, mode: observe");
    String longer = one.replace("2026-12-01", "2027-12-01");
    String expired = one.replace("2026-12-01", "2026-11-01");
    String reason = one.replace("because: a test", "because: another");
    assertThat(between(read(SHOP), read(one)))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.sentence())
                    .isEqualTo(
                        "is new, or goes further: `readable-fields` at `shop.a`, until"
                            + " 2026-12-01"));
    assertThat(between(read(one), read(longer))).hasSize(2);
    assertThat(between(read(one), read(reason))).isEmpty();
    assertThat(between(read(SHOP), read(expired))).isEmpty();
    assertThat(between(read(SHOP), read(SHOP + exception("issuer: corp, allows: no-audience"))))
        .hasSize(1);
  }

  private static String exception(String what) {
    return "exceptions: [{" + what + ", because: a test, owner: team, until: 2026-12-01}]\n";
  }

  private static List<Finding> between(Reading old, Reading now) {
    return Trust.between(old, now, TODAY);
  }

  private Reading with(String path, String value) {
    Reading read = read(SHOP);
    List<Setting> settings =
        new java.util.ArrayList<>(
            read.settings().stream()
                .filter(each -> !each.path().equals(path) && !each.path().startsWith(path + "["))
                .toList());
    boolean known = read.settings().size() != settings.size();
    settings.add(new Setting(path, value, Setting.DEFAULT));
    assertThat(known || settings.size() == read.settings().size() + 1).isTrue();
    return new Reading(
        read.configuration(), read.file(), read.folder(), read.source(), settings, List.of());
  }

  private Reading read(String text) {
    return read(text, folder);
  }

  private static Reading read(String text, Path in) {
    try {
      Path file = Files.writeString(in.resolve("gatewarden.yaml"), text);
      return new ConfigurationReader(TunableGuards.all()).read(file, TODAY);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
