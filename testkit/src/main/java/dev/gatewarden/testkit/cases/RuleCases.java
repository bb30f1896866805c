package dev.gatewarden.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Spot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The cases that stand beside a rule of the audit, `X.cases.yaml`: contracts, and what the rule
/// finds in each.
///
/// A contract that does not say which OpenAPI it is written in is one of 3.1. Each finding tells
/// its message, the pointers of its places under `at`, the operations under `in`, its severity
/// where it is not the rule's own; what is not told is not looked at.
public final class RuleCases {
  /// The day on which contracts of cases are judged.
  public static final LocalDate TODAY = LocalDate.parse("2026-06-01");

  private static final String HEAD = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\n";
  private final List<Words> cases;

  private RuleCases(List<Words> cases) {
    this.cases = cases;
  }

  /// The cases beside a rule.
  public static RuleCases beside(Class<?> rule) {
    String name = rule.getSimpleName() + ".cases.yaml";
    try (InputStream in = rule.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no `" + name + "` beside `" + rule.getName() + "`");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The cases in a text.
  public static RuleCases of(String text) {
    Words file = Words.parse(text).only(Set.of("cases"));
    List<Words> cases = file.objects("cases");
    cases.forEach(each -> each.only(Set.of("it", "contract", "finds", "fixed")));
    return new RuleCases(cases);
  }

  /// Contracts in which the rule finds something.
  public List<String> bad() {
    return cases.stream().filter(each -> !good(each)).map(RuleCases::contract).toList();
  }

  /// Contracts in which it finds nothing.
  public List<String> good() {
    return cases.stream().filter(RuleCases::good).map(RuleCases::contract).toList();
  }

  private static boolean good(Words each) {
    return each.list("finds").isEmpty();
  }

  /// One test for each case.
  public Stream<DynamicTest> tests(AuditRule rule) {
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.text("it", ""), () -> run(each, rule)));
  }

  private static void run(Words said, AuditRule rule) {
    List<Finding> found = found(rule, audited(contract(said)));
    List<Words> expected = said.objects("finds");
    assertThat(found.stream().map(Finding::message))
        .containsExactlyElementsOf(expected.stream().map(each -> each.text("says", "")).toList());
    for (int i = 0; i < expected.size(); i++) {
      same(found.get(i), expected.get(i).only(Set.of("says", "at", "in", "severity")));
    }
  }

  private static void same(Finding finding, Words expected) {
    if (expected.has("at")) {
      assertThat(finding.spots().stream().map(RuleCases::pointer))
          .containsExactlyElementsOf(expected.texts("at"));
    }
    if (expected.has("in")) {
      assertThat(finding.operations()).containsExactlyElementsOf(expected.texts("in"));
    }
    if (expected.has("severity")) {
      assertThat(finding.severity().word()).isEqualTo(expected.text("severity"));
    }
  }

  private static String pointer(Spot spot) {
    Place place = spot.place();
    return place == null ? "" : place.pointer();
  }

  /// What a rule finds.
  public static List<Finding> found(AuditRule rule, Audited contract) {
    Report report = new Report(rule.rule());
    rule.judge(contract, report);
    return report.findings();
  }

  private static String contract(Words said) {
    String text = said.text("contract", "");
    boolean whole =
        Stream.of("openapi:", "swagger:")
            .anyMatch(word -> text.startsWith(word) || text.contains("\n" + word));
    return whole ? text : text + HEAD;
  }

  /// A contract's text as rules see it.
  public static Audited audited(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Place.Origin origin = new Place.Origin(URI.create("file:///case/shop.yaml"), "shop.yaml");
    ContractReader reader =
        new ContractReader(
            address -> {
              if (address.equals(origin.address())) {
                return bytes;
              }
              throw new IOException("there is no such file");
            },
            Bounds.DEFAULT);
    ContractReader.Draft draft = reader.draft(new ContractFiles("shop", origin), _ -> true);
    return new Audited(draft.contract(), new ArrayList<>(draft.problems()), TODAY);
  }
}
