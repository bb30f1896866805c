package dev.gatewarden.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The cases that stand beside a guard, `X.cases.yaml`: examples in its documentation, and its
/// tests.
///
/// What the file says at its top holds for every case that does not say otherwise. Under `bounds`
/// it lists settings that are accepted and settings that
/// are refused.
public final class Cases {
  private static final Set<String> TOP =
      Set.of(
          "config",
          "operation",
          "types",
          "caller",
          "request",
          "response",
          "done",
          "tokens",
          "senders",
          "sessions",
          "certificates",
          "proofs",
          "bound",
          "keys",
          "points",
          "zones",
          "issued",
          "cases",
          "bounds");
  private final String name;
  private final Words file;

  private Cases(String name, Words file) {
    this.name = name;
    this.file = file;
  }

  /// Judges the call of a case.
  @FunctionalInterface
  public interface Judge {
    Verdict judge(Scene scene);
  }

  /// The cases beside a class.
  public static Cases beside(Class<?> control) {
    String name = control.getSimpleName() + ".cases.yaml";
    try (InputStream in = control.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no `" + name + "` beside `" + control.getName() + "`");
      }
      return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The cases in a text.
  public static Cases of(String name, String text) {
    return new Cases(name, Words.parse(text).only(TOP));
  }

  /// One test for each case, and one for each bound.
  public Stream<DynamicTest> tests(Record defaults, Judge judge) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Words each : cases()) {
      tests.add(DynamicTest.dynamicTest(each.text("it", name), () -> run(each, judge)));
    }
    for (Words bound : file.objects("bounds")) {
      bound.only(Set.of("accepts", "refuses", "because"));
      tests.add(DynamicTest.dynamicTest(bound.said().toString(), () -> bound(bound, defaults)));
    }
    return tests.stream();
  }

  /// Every case in full.
  public List<Words> cases() {
    Words common = new Words(without(file));
    return file.objects("cases").stream().map(each -> nested(each, common)).toList();
  }

  /// The bounds as the file says them.
  public List<Words> bounds() {
    return file.objects("bounds");
  }

  private static Map<String, Object> without(Words file) {
    Map<String, Object> common = new LinkedHashMap<>(file.said());
    common.remove("cases");
    common.remove("bounds");
    return common;
  }

  /// What a case says of an object stands beside what the file says of it, word by word.
  private static Words nested(Words own, Words common) {
    Map<String, Object> all = new LinkedHashMap<>(common.said());
    own.said()
        .forEach(
            (word, value) -> {
              boolean both = value instanceof Map && common.get(word) instanceof Map;
              all.put(word, both ? nested(own.object(word), common.object(word)).said() : value);
            });
    return new Words(all);
  }

  private static void run(Words said, Judge judge) {
    Scene scene = new Scene(said);
    Verdict judged = judge.judge(scene);
    arrange(scene, judged.claims());
    Verdict verdict = taken(scene, judged);
    Response response = scene.call().exchange().response();
    Bytes body = response == null ? scene.call().body().bytes() : response.body().bytes();
    assertThat(Told.of(verdict)).isEqualTo(said.text("verdict"));
    assertThat(Told.edits(verdict, body)).isEqualTo(said.texts("edits"));
    if (said.has("challenge")) {
      assertThat(Told.challenge(verdict)).isEqualTo(said.text("challenge"));
    }
    if (said.has("details")) {
      assertThat(Told.details(verdict)).isEqualTo(said.texts("details"));
    }
  }

  /// What is counted by how many different ones there are is taken by another one each time.
  private static Claim another(Claim claim, int number) {
    return claim.kind() == Claim.Kind.DISTINCT
        ? Claim.distinct(
            claim.key(),
            claim.member() + "#" + number,
            claim.limit(),
            claim.window(),
            claim.refused())
        : claim;
  }

  /// What others did with the same claims before, as the case says.
  private static void arrange(Scene scene, List<Claim> claims) {
    for (Claim claim : claims) {
      String key = Told.shortKey(claim);
      settle(scene, claim, scene.said().texts("delivered").contains(key), Settlement.DELIVERED);
      settle(scene, claim, scene.said().texts("released").contains(key), Settlement.CLEARED);
      if (scene.said().texts("in-flight").contains(key)) {
        take(scene, List.of(claim));
      }
      int before = scene.said().object("taken").number(key, 0);
      for (int i = 0; i < before; i++) {
        settle(scene, another(claim, i), true, Settlement.DECLINED);
      }
    }
  }

  private static void settle(Scene scene, Claim claim, boolean wanted, Settlement settlement) {
    if (wanted
        && take(scene, List.of(claim)) instanceof Taken.Granted(Claims.Receipt receipt, var _)) {
      scene.claims().settle(receipt, settlement);
    }
  }

  private static Taken take(Scene scene, List<Claim> claims) {
    return scene.claims().take(claims, scene.clock().instant().plus(Duration.ofSeconds(30)));
  }

  /// What becomes of a verdict when its claims are taken, as the pipeline does it.
  private static Verdict taken(Scene scene, Verdict verdict) {
    if (verdict.claims().isEmpty()
        || !(take(scene, verdict.claims()) instanceof Taken.Refused refused)) {
      return verdict;
    }
    Claim claim = refused.claim();
    return switch (refused.cause()) {
      case SPENT, FULL, OUT_OF_REACH -> Verdict.deny(claim.refused());
      case IN_FLIGHT -> {
        Reason reason = claim.inFlight();
        yield Verdict.deny(reason == null ? claim.refused() : reason);
      }
      case DELIVERED -> {
        Reply reply = claim.ifDelivered();
        yield reply == null
            ? Verdict.deny(claim.refused())
            : new Verdict.Answer(claim.refused(), reply);
      }
    };
  }

  private static void bound(Words bound, Record defaults) {
    if (bound.has("accepts")) {
      assertThat(Configs.bind(defaults, bound.object("accepts"))).isNotNull();
    }
    if (bound.has("refuses")) {
      assertThatThrownBy(() -> Configs.bind(defaults, bound.object("refuses")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("`" + bound.object("refuses").said().keySet().iterator().next());
    }
  }
}
