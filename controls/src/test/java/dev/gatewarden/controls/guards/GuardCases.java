package dev.gatewarden.controls.guards;

import dev.gatewarden.controls.guards.webhook.WebhookSignatureGuard;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.FirstAnswers;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.BrowserSessions;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.IssuedTokens;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.core.policy.Zones;
import dev.gatewarden.testkit.cases.Cases;
import dev.gatewarden.testkit.cases.Configs;
import dev.gatewarden.testkit.cases.Scene;
import dev.gatewarden.testkit.cases.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/// Seats guards for the cases beside them.
public final class GuardCases {
  private GuardCases() {}

  /// One test for each case and each bound of a guard.
  public static Stream<DynamicTest> of(GuardEntry<?> entry) {
    return Cases.beside(entry.guard()).tests(entry.defaults(), scene -> judge(entry, scene));
  }

  /// What the guard says, `Absent` where it takes no seat at all.
  private static Verdict judge(GuardEntry<?> entry, Scene scene) {
    Optional<Guard> guard = seat(entry, scene);
    if (guard.isEmpty()) {
      return Verdict.absent();
    }
    Verdict verdict = guard.get().judge(call(entry, scene));
    String before = scene.said().text("answered", "");
    return before.isEmpty() ? verdict : repeated(entry, scene, verdict, before);
  }

  /// What the guard says once the same request, or another one under its key, was answered.
  ///
  /// @param before `same`, `other`, or `lost` where the answer to the same is not known
  private static Verdict repeated(GuardEntry<?> entry, Scene scene, Verdict first, String before) {
    Edit.KeepAnswer keep = (Edit.KeepAnswer) ((Verdict.Pass) first).edits().getFirst();
    byte[] asked = before.equals("other") ? new byte[32] : keep.asked();
    FirstAnswers.Kept kept =
        new FirstAnswers.Kept(asked, before.equals("lost") ? null : Reply.empty(200));
    Record config = Configs.bind(entry.defaults(), scene.said().object("config"));
    Setting setting =
        new Setting(
            scene.contract(),
            scene.operation(),
            ports(scene)
                .remembering(
                    new FirstAnswers() {
                      @Override
                      public Kept find(String key) {
                        return kept;
                      }

                      @Override
                      public void keep(String key, Kept answer, java.time.Duration lasting) {}
                    }));
    return entry.seat(setting, config).orElseThrow().judge(call(entry, scene));
  }

  /// The call of a case; an event that somebody signed is the sender's once its signature has been
  /// proved.
  private static Call call(GuardEntry<?> entry, Scene scene) {
    if (!scene.said().object("request").has("signed-by")) {
      return scene.call();
    }
    Call signed = Signing.call(scene, Principal.NOBODY);
    if (entry.stage() == Stage.IDENTIFY) {
      return signed;
    }
    GuardEntry<?> signature = WebhookSignatureGuard.ENTRY;
    Setting setting = new Setting(scene.contract(), scene.operation(), ports(scene));
    Verdict verdict =
        signature
            .seat(setting.proving(scheme(scene)), signature.defaults())
            .orElseThrow()
            .judge(signed);
    return Signing.call(scene, ((Verdict.Proved) verdict).proof().alone());
  }

  /// The guard of a case, with the case's settings.
  public static Optional<Guard> seat(GuardEntry<?> entry, Scene scene) {
    Record config = Configs.bind(entry.defaults(), scene.said().object("config"));
    Setting setting = new Setting(scene.contract(), scene.operation(), ports(scene));
    if (entry.stage() == Stage.IDENTIFY) {
      return entry.seat(setting.proving(scheme(scene)), config);
    }
    return entry.seat(setting, config);
  }

  /// The first scheme that the operation names.
  private static SecurityScheme scheme(Scene scene) {
    Security.Need need = scene.operation().security().alternatives().getFirst().needs().getFirst();
    return scene.contract().schemes().get(need.scheme());
  }

  private static Ports ports(Scene scene) {
    Map<String, Prover> provers = new HashMap<>();
    Words tokens = scene.said().object("tokens");
    for (String scheme : scene.contract().schemes().keySet()) {
      if (scene.said().has("tokens")) {
        provers.put(
            scheme,
            new Prover.Tokens(
                new Written(tokens, scene.said().has("once")), WrittenProofs.possession(scene)));
      }
      if (scene.said().has("keys")) {
        provers.put(scheme, new Prover.Keys(text -> key(scene.said().object("keys"), text)));
      }
      if (scene.said().has("certificates")) {
        Words named = scene.said().object("certificates");
        provers.put(
            scheme, new Prover.Certificates(chain -> proved(named, chain.getFirst().toString())));
      }
      if (scene.said().has("issued")) {
        provers.put(
            scheme, new Prover.Issued(token -> issued(scene.said().object("issued"), token)));
      }
      if (scene.said().has("sessions") && !scheme.equals("corp")) {
        provers.put(scheme, new Prover.Browser(new Sessions(scene.said().object("sessions"))));
      }
      if (scene.said().object("senders").has(scheme)) {
        Sender sender = Signing.sender(scheme, scene.said().object("senders").object(scheme));
        provers.put(scheme, new Prover.Events(sender));
      }
    }
    Ports ports =
        new Ports(scene.clock(), provers, scene.lookups(), scene.relations(), scene.blocks())
            .deciding(scene.points(), zones(scene))
            .knowing(regulars(scene))
            .following(new WrittenSteps(scene));
    // Where different objects are counted, they have to look different.
    return scene.said().object("config").has("within")
        ? ports.naming((_, value) -> Integer.toHexString(value.hashCode()))
        : ports;
  }

  /// `regulars: [alice@198.51.100.0/24, 198.51.100.7]`: who logged in from which network, and from
  /// where anybody did.
  private static Regulars regulars(Scene scene) {
    List<String> known = scene.said().texts("regulars");
    return new Regulars() {
      @Override
      public String digest(String name) {
        return name;
      }

      @Override
      public boolean knows(String account, List<String> places) {
        return known.stream()
            .anyMatch(
                each -> {
                  int at = each.lastIndexOf('@');
                  return at > 0
                      && account.endsWith("=" + each.substring(0, at))
                      && places.stream().anyMatch(place -> place.endsWith(each.substring(at + 1)));
                });
      }

      @Override
      public boolean knows(String source) {
        return known.contains(source.substring("source|".length()));
      }

      @Override
      public void welcome(
          String account, List<String> places, String source, java.time.Duration lasting) {}

      @Override
      public void begin(String pending, Begun login, java.time.Duration lasting) {}

      @Override
      public @Nullable Begun begun(String pending) {
        return pending.equals("t-alice")
            ? new Begun("login|0:5=alice", List.of("account|alice"))
            : null;
      }
    };
  }

  /// `zones: {acme: America/New_York}`: where tenants read their clocks, all others in UTC.
  private static Zones zones(Scene scene) {
    Map<String, ZoneId> zones = new HashMap<>();
    scene
        .said()
        .object("zones")
        .said()
        .forEach((tenant, zone) -> zones.put(tenant, ZoneId.of(String.valueOf(zone))));
    return new Zones(ZoneOffset.UTC, zones);
  }

  /// `certificates: {good: partner, old: EXPIRED}`: whose certificate it is, or what is wrong with
  /// it.
  private static CertificateVerifier.Verification proved(Words certificates, String name) {
    String answer = certificates.text(name, "UNTRUSTED");
    for (CertificateVerifier.Fault fault : CertificateVerifier.Fault.values()) {
      if (fault.name().equals(answer)) {
        return new CertificateVerifier.Verification.Refused(fault);
      }
    }
    return new CertificateVerifier.Verification.Verified(
        Proof.of("partners", Facet.CLIENT, answer, Lease.UNBOUNDED));
  }

  /// The tokens as a case writes them; `once: true` where each may be used once.
  private record Written(Words tokens, boolean once) implements TokenVerifier {
    @Override
    public Verification verify(String token, Ip source) {
      return verification(tokens, token);
    }
  }

  /// `tokens: {good: alice, old: EXPIRED}`: whose token it is, or what is wrong with it.
  private static Verification verification(Words tokens, String token) {
    String answer = tokens.text(token, "MALFORMED");
    for (Fault fault : Fault.values()) {
      if (fault.name().equals(answer)) {
        return new Verification.Refused(fault);
      }
    }
    return new Verification.Verified(
        new Proof(
            "corp",
            Map.of(Facet.SUBJECT, answer),
            null,
            Set.of(),
            Set.of(),
            Map.of("jti", token),
            List.of(),
            Lease.UNBOUNDED));
  }

  /// `issued: {seen: alice, old: EXPIRED}`: whose token it is, or what is wrong with it.
  private static IssuedTokens.Verification issued(Words issued, String token) {
    String answer = issued.text(token, "UNKNOWN");
    for (IssuedTokens.Fault fault : IssuedTokens.Fault.values()) {
      if (fault.name().equals(answer)) {
        return new IssuedTokens.Verification.Refused(fault);
      }
    }
    return new IssuedTokens.Verification.Verified(
        Proof.of("own", Facet.SUBJECT, answer, Lease.UNBOUNDED));
  }

  /// `keys: {good: {name: acme, operations: [shop.*]}, old: EXPIRED}`: what it opens, or what is
  /// wrong with it.
  private static ApiKeys.Verification key(Words keys, String text) {
    for (ApiKeys.Fault fault : ApiKeys.Fault.values()) {
      if (fault.name().equals(keys.get(text) instanceof String said ? said : "")) {
        return new ApiKeys.Verification.Refused(fault);
      }
    }
    if (!keys.has(text)) {
      return new ApiKeys.Verification.Refused(ApiKeys.Fault.MALFORMED);
    }
    Words said = keys.object(text);
    String name = said.text("name", "acme");
    ApiKey key =
        new ApiKey(
            "000000000001",
            "partners",
            "live",
            name,
            "team",
            said.texts("operations"),
            Set.of(),
            Set.of(),
            null,
            Instant.EPOCH,
            Instant.MAX,
            ApiKey.State.ACTIVE,
            null,
            null);
    return new ApiKeys.Verification.Verified(
        key, Proof.of("partners", Facet.CLIENT, name, Lease.UNBOUNDED));
  }

  /// `sessions: {COOKIE: alice, COOKIE: NOT_RENEWED}`: whose session it is, or why it is over.
  private record Sessions(Words said) implements BrowserSessions {
    @Override
    public String cookie() {
      return "__Host-web";
    }

    @Override
    public String login() {
      return "/auth/login";
    }

    @Override
    public Standing find(String value, Ip source) {
      String answer = said.text(value, "UNKNOWN");
      for (Cause cause : Cause.values()) {
        if (cause.name().equals(answer)) {
          return new Standing.Over(cause);
        }
      }
      return new Standing.Live(Proof.of("corp", Facet.SUBJECT, answer, Lease.UNBOUNDED));
    }

    @Override
    public @Nullable String token(String value) {
      return null;
    }
  }
}
