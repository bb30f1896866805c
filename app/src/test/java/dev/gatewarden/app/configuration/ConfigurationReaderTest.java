package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigurationReaderTest {

  @Test
  void reads_a_sound_file_with_defaults() {
    Configuration read = Texts.read(Texts.SHOP).configuration();
    assertThat(read.listen().callers().address()).isEqualTo("127.0.0.1");
    assertThat(read.listen().admin().port()).isEqualTo(8081);
    assertThat(read.issuers().get("corp").audience()).containsExactly("https://api.example.com");
    assertThat(read.issuers().get("corp").algorithms())
        .containsExactly(Issuer.Algorithm.RS256, Issuer.Algorithm.ES256);
    assertThat(read.senders().get("bank").secrets())
        .containsExactly(
            new SecretReference(SecretReference.Kind.ENV, "BANK_NEW"),
            new SecretReference(SecretReference.Kind.FILE, "secrets/bank-old"));
    Api shop = read.apis().get("shop");
    assertThat(shop.upstream().deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(shop.upstream().identity()).isEqualTo(Api.Identity.SIGNED);
    assertThat(shop.guards()).isEqualTo(Tuning.NONE);
    assertThat(read.limits().body().bytes()).isEqualTo(1 << 20);
    assertThat(read.store().toString()).isEqualTo("sqlite:data/gatewarden.db");
  }

  @Test
  void lets_an_operation_say_only_what_differs_from_its_api() {
    Configuration read =
        Texts.read(
                Texts.SHOP
                    + "    guards: {principal-limit: {rate: 50, unknown-fields: redact}}\n"
                    + "    operations:\n"
                    + "      exportOrders: {guards: {principal-limit: {per: 1h}}}\n")
            .configuration();
    assertThat(read.tuned("principal-limit", "shop", "getOrder"))
        .isEqualTo(new Texts.Bucket(50, Duration.ofMinutes(1), Texts.Bucket.Unknown.REDACT));
    assertThat(read.tuned("principal-limit", "shop", "exportOrders"))
        .isEqualTo(new Texts.Bucket(50, Duration.ofHours(1), Texts.Bucket.Unknown.REDACT));
    assertThat(read.tuned("object-owner", "shop", "getOrder")).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("words")
  void takes_the_words_of_other_tools(String word, Mode mode) {
    Configuration read = Texts.read(Texts.SHOP + exception(word, "2026-12-01")).configuration();
    assertThat(mode(read, "getOrder")).isEqualTo(mode);
    assertThat(mode(read, "putOrder")).isEqualTo(Mode.ENFORCE);
  }

  static List<Arguments> words() {
    return List.of(
        Arguments.of("observe", Mode.OBSERVE),
        Arguments.of("LOG_ONLY", Mode.OBSERVE),
        Arguments.of("report", Mode.OBSERVE),
        Arguments.of("DetectionOnly", Mode.OBSERVE),
        Arguments.of("off", Mode.OFF),
        Arguments.of("DISABLE", Mode.OFF));
  }

  @Test
  void enforces_again_and_says_so_when_an_exception_has_run_out() {
    Reading lastDay = Texts.read(Texts.SHOP + exception("off", "2026-11-22"));
    assertThat(lastDay.warnings()).isEmpty();
    assertThat(mode(lastDay)).isEqualTo(Mode.OFF);

    Reading dayAfter = Texts.read(Texts.SHOP + exception("off", "2026-11-21"));
    assertThat(mode(dayAfter)).isEqualTo(Mode.ENFORCE);
    assertThat(dayAfter.warnings().stream().map(Object::toString))
        .containsExactly(
            "gatewarden.yaml:16:3: the exception for `object-owner` at `shop.getOrder` ended on"
                + " 2026-11-21: the guard is enforced again; ask `team-shop` whether it is still"
                + " needed, and remove the entry or renew it");
  }

  @Test
  void says_of_each_weak_issuer_until_when_its_tokens_are_accepted() {
    assertThat(weak("2027-01-15"))
        .containsExactly(
            "gatewarden.yaml:16:3: tokens of `corp` without `aud` are accepted until 2027-01-15"
                + " (`team-login` answers for it); mend the issuer until then");
    assertThat(weak("2026-11-25"))
        .containsExactly(
            "gatewarden.yaml:16:3: tokens of `corp` without `aud` are accepted until 2026-11-25"
                + " (`team-login` answers for it); that is in 3 days: mend the issuer, or renew the"
                + " entry");
    assertThat(weak("2026-11-21"))
        .containsExactly(
            "gatewarden.yaml:16:3: tokens of `corp` without `aud` are refused: their exception"
                + " ended on 2026-11-21 (`team-login` answers for it); remove the issuer, mend it,"
                + " or renew the entry");
  }

  private static List<String> weak(String until) {
    String exception =
        "exceptions:\n- {issuer: corp, allows: no-audience, because: old, owner: team-login,"
            + " until: "
            + until
            + "}\n";
    return Texts.read(Texts.SHOP + exception).warnings().stream().map(Object::toString).toList();
  }

  @Test
  void warns_of_digests_that_gates_of_one_redis_do_not_share() {
    String text =
        """
        gatewarden: 1
        listen: {public: {port: 8080}}
        api-keys: {partners: {environment: live}}
        ledgers: {own: {pepper: env:PEPPER}}
        apis:
          shop:
            contract: shop.yaml
            at: {path: /}
            upstream: {to: ['http://127.0.0.1:9000'], identity: none}
            security: {key: partners, token: own}
            tenancy: single
        """;
    assertThat(Texts.read(text).warnings()).isEmpty();
    assertThat(Texts.read(text + "state: redis://127.0.0.1:6379\n").warnings())
        .singleElement()
        .asString()
        .contains("`partners` has no `pepper`", "write `pepper: env:NAME`");
  }

  @Test
  void tells_where_each_value_comes_from() {
    List<Setting> settings = Texts.read(Texts.SHOP).settings();
    assertThat(settings)
        .contains(
            new Setting("listen.public.port", "8080", "gatewarden.yaml:3:18"),
            new Setting("listen.admin.port", "8081", "default"),
            new Setting("apis.shop.upstream.deadline", "5s", "default"),
            new Setting("senders.bank.secrets[0]", "env:BANK_NEW", "gatewarden.yaml:7:47"),
            new Setting("senders.bank.window", "5m", "default"));
  }

  private static Mode mode(Reading reading) {
    return mode(reading.configuration(), "getOrder");
  }

  private static String exception(String mode, String until) {
    return "exceptions:\n- {guard: object-owner, operation: shop.getOrder, mode: "
        + mode
        + ", because: legacy, owner: team-shop, until: "
        + until
        + "}\n";
  }

  private static Mode mode(Configuration configuration, String operation) {
    ExceptionEntry excuse = configuration.excuse("object-owner", "shop", operation, Texts.TODAY);
    return excuse == null ? Mode.ENFORCE : excuse.lowered();
  }
}
