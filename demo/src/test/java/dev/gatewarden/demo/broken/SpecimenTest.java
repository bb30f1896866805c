package dev.gatewarden.demo.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpecimenTest {

  @ParameterizedTest
  @EnumSource
  void has_contracts_that_load_in_the_gates_own_reader(Specimen specimen) throws Exception {
    URI target = URI.create("http://127.0.0.1:1");
    assertThat(Promise.read(specimen, specimen.contract(target)).operations())
        .hasSizeGreaterThan(6);
    if (specimen.contractBefore(target).isPresent()) {
      assertThat(Promise.read(specimen, specimen.contractBefore(target).get()).operations())
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tells_everything_about_each_fault(Specimen specimen) {
    Set<String> titles = new HashSet<>();
    for (Flaw flaw : specimen.flaws()) {
      Story story = flaw.story();
      assertThat(titles.add(flaw.word())).isTrue();
      assertThat(story.cwe()).isPositive();
      assertThat(List.of(story.title(), story.where(), story.shown(), story.repaired()))
          .allMatch(text -> !text.isBlank() && !text.endsWith("."));
    }
  }

  @ParameterizedTest
  @EnumSource
  void says_where_a_running_one_is(Specimen specimen) throws Exception {
    try (BrokenServer server = BrokenServer.start(0, specimen.api("all", Clock.systemUTC()))) {
      assertThat(specimen.contract(server.uri())).contains(server.uri().toString());
      assertThat(specimen.identities(server)).contains("alice").doesNotContain("${");
    }
  }

  @Test
  void has_more_than_a_hundred_faults() {
    assertThat(List.of(Specimen.values()).stream().mapToInt(each -> each.flaws().size()).sum())
        .isGreaterThanOrEqualTo(100);
  }

  @Test
  void names_the_faults_there_are_when_one_is_asked_for_that_is_not() {
    assertThatThrownBy(() -> Specimen.PARCELS.api("bola", Clock.systemUTC()))
        .hasMessageContaining("`bola` is no fault of it: there are parcel-read, ");
    assertThatThrownBy(() -> Specimen.named("shop"))
        .hasMessageContaining("`shop` is no broken API: there are parcels, clinic");
  }

  /// `./gatewarden demo broken --list > demo/FAULTS.md` writes it anew.
  @Test
  void is_described_by_the_page_in_the_tree() throws Exception {
    Path page = Path.of(System.getProperty("gatewarden.root", "..")).resolve("demo/FAULTS.md");
    assertThat(Files.readString(page)).isEqualTo(FaultPage.text());
  }
}
