package dev.gatewarden.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.testkit.cases.Cases;
import dev.gatewarden.testkit.cases.Words;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
  static List<GuardEntry<?>> guards() {
    return Catalog.GUARDS;
  }

  @org.junit.jupiter.api.Test
  void lists_every_guard_once_and_in_order() {
    List<String> ids = Catalog.GUARDS.stream().map(GuardEntry::id).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @org.junit.jupiter.api.Test
  void lists_every_guard_there_is() throws IOException {
    try (var files = Files.walk(sources())) {
      List<String> written =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Guard.java"))
              .map(name -> name.replace(".java", ""))
              .sorted()
              .toList();

      assertThat(Catalog.GUARDS.stream().map(each -> each.guard().getSimpleName()).sorted())
          .containsExactlyElementsOf(written);
    }
  }

  @org.junit.jupiter.api.Test
  void lists_every_probe_there_is_once() throws IOException {
    try (var files = Files.walk(sources().resolve("probes"))) {
      List<String> written =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Probe.java"))
              .map(name -> name.replace(".java", ""))
              .sorted()
              .toList();

      assertThat(Catalog.PROBES.stream().map(each -> each.getClass().getSimpleName()).sorted())
          .containsExactlyElementsOf(written);
      assertThat(Catalog.PROBES.stream().map(each -> named(each).id())).doesNotHaveDuplicates();
    }
  }

  @org.junit.jupiter.api.Test
  void says_of_each_probe_what_it_is_about_and_what_to_do() {
    for (Probe probe : Catalog.PROBES) {
      Attack attack = named(probe);
      assertThat(attack.id()).matches("[a-z]+(-[a-z]+)*");
      assertThat(attack.title()).as(attack.id()).isNotBlank().doesNotEndWith(".");
      assertThat(attack.cwe()).as(attack.id()).isPositive();
      assertThat(attack.remedy()).as(attack.id()).isNotBlank().doesNotEndWith(".");
      for (String guard : attack.guards()) {
        assertThat(Catalog.guard(guard)).as(attack.id() + " " + guard).isNotNull();
      }
    }
  }

  @org.junit.jupiter.api.Test
  void begins_what_it_says_of_each_probe_with_a_sentence() throws IOException {
    for (Probe probe : Catalog.PROBES) {
      Class<?> type = probe.getClass();
      Path file =
          sources()
              .resolve("..")
              .resolve("..")
              .resolve("..")
              .resolve(type.getName().replace('.', '/') + ".java")
              .normalize();
      List<String> lines = Files.readAllLines(file);
      int first = lines.indexOf("@Attack(") - 1;
      while (first > 0 && lines.get(first - 1).startsWith("///")) {
        first--;
      }
      StringBuilder paragraph = new StringBuilder();
      for (int i = first; lines.get(i).startsWith("/// "); i++) {
        paragraph.append(lines.get(i).substring(3));
      }

      assertThat(paragraph.toString().strip()).as(named(probe).id()).matches("[A-Z].*[.]");
    }
  }

  private static Attack named(Probe probe) {
    return java.util.Objects.requireNonNull(probe.getClass().getAnnotation(Attack.class));
  }

  @ParameterizedTest
  @MethodSource("guards")
  void begins_its_documentation_with_a_sentence(GuardEntry<?> guard) throws IOException {
    List<String> lines = source(guard);
    int control = lines.indexOf("@Control(");
    int first = control - 1;
    while (first > 0 && lines.get(first - 1).startsWith("///")) {
      first--;
    }
    StringBuilder paragraph = new StringBuilder();
    for (int i = first; i < control && !lines.get(i).equals("///"); i++) {
      paragraph.append(lines.get(i).substring(3));
    }

    assertThat(paragraph.toString().strip()).matches("[A-Z].*[.]");
  }

  @ParameterizedTest
  @MethodSource("guards")
  void documents_every_setting(GuardEntry<?> guard) throws IOException {
    String source = String.join("\n", source(guard));
    for (RecordComponent component : guard.configType().getRecordComponents()) {
      assertThat(source).contains("/// @param " + component.getName() + " ");
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void names_its_reasons_after_itself(GuardEntry<?> guard) {
    for (Reason why : guard.why()) {
      assertThat(why.control()).isEqualTo(guard.id());
      assertThat(why.status())
          .isIn(
              200, 400, 401, 403, 404, 406, 409, 412, 413, 415, 421, 422, 425, 429, 502, 503, 504);
      assertThat(why.summary()).isNotEmpty().doesNotEndWith(".");
      assertThat(why.summary().charAt(0)).isLowerCase();
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void has_a_passing_case_and_a_failing_one(GuardEntry<?> guard) {
    List<String> verdicts = verdicts(guard);
    boolean refuses = guard.why().stream().anyMatch(why -> why.status() != 200);

    assertThat(verdicts).anyMatch(verdict -> starts(verdict, "pass", "proved"));
    if (refuses) {
      assertThat(verdicts).anyMatch(verdict -> starts(verdict, "deny", "broken", "challenge"));
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void has_a_case_for_every_reason(GuardEntry<?> guard) {
    List<String> verdicts = verdicts(guard);
    for (Reason why : guard.why()) {
      String answered = "answer " + why.status();
      assertThat(verdicts)
          .as(why.code())
          .anyMatch(
              verdict ->
                  Arrays.asList(verdict.split(" ")).contains(why.name())
                      || verdict.startsWith(answered));
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void has_a_case_on_each_side_of_each_bound(GuardEntry<?> guard) {
    List<Words> bounds = Cases.beside(guard.guard()).bounds();
    for (RecordComponent component : guard.configType().getRecordComponents()) {
      if (bounded(component.getGenericType())) {
        String name = dashed(component.getName());
        assertThat(bounds).as(name).anyMatch(each -> each.object("accepts").has(name));
        assertThat(bounds).as(name).anyMatch(each -> each.object("refuses").has(name));
      }
    }
  }

  private static List<String> verdicts(GuardEntry<?> guard) {
    List<String> verdicts = new ArrayList<>();
    Cases.beside(guard.guard()).cases().forEach(each -> verdicts.add(each.text("verdict", "")));
    return verdicts;
  }

  private static boolean starts(String verdict, String... words) {
    return Set.of(words).contains(verdict.split(" ")[0]);
  }

  private static boolean bounded(Type type) {
    if (type instanceof ParameterizedType generic) {
      return bounded(generic.getActualTypeArguments()[0]);
    }
    return Set.<Type>of(long.class, int.class, Long.class, Integer.class, Duration.class)
        .contains(type);
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static List<String> source(GuardEntry<?> guard) throws IOException {
    String file = guard.guard().getName().replace("dev.gatewarden.controls.", "").replace('.', '/');
    return Files.readAllLines(sources().resolve(file + ".java"));
  }

  private static Path sources() {
    return Path.of(System.getProperty("gatewarden.root", ".."))
        .resolve("controls/src/main/java/dev/gatewarden/controls");
  }
}
