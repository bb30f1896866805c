package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserSessionErrorsTest {
  private static final String SOUND =
      """
      gatewarden: 1
      listen:
        public: {port: 8080}
      issuers:
        corp: {url: https://id.example.com, audience: https://api.example.com, algorithms: [RS256]}
      sessions:
        web: {issuer: corp, client: {id: web, secret: env:WEB}, at: /auth, scopes: [openid], idle: 30m, absolute: 12h}
      apis:
        shop:
          contract: contracts/shop.yaml
          at: {host: app.example.com}
          upstream: {to: [http://10.0.1.5:9000]}
          security: {session: web}
          tenancy: single
      """;

  @Test
  void takes_a_sound_section_and_counts_its_issuer_as_used() {
    assertThat(Texts.problems(SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "issuer: corp~issuer: crop~`crop` is no issuer of this file; did you mean `corp`?",
        "secret: env:WEB~secret: hunter2~a secret stands here in the clear",
        ", secret: env:WEB~~a client proves itself by a `secret` or by a `key`",
        "secret: env:WEB~secret: env:WEB, kid: k~`kid` has no effect without `key`",
        "at: /auth~at: auth~`at` is `auth`; it is a plain path",
        "at: /auth~at: /a/../b~`at` is `/a/../b`; it is a plain path",
        "at: /auth~at: /auth, after-logout: //evil.example~it is a plain path",
        "scopes: [openid]~scopes: [profile]~without the scope `openid` nobody is told",
        "scopes: [openid]~scopes: [openid, 'a b']~`a b` is no scope",
        "at: /auth~at: /auth, parameters: {state: fixed}~`state` is the gate's own to say",
        "absolute: 12h~absolute: 10m~`absolute` is shorter than `idle`",
        "absolute: 12h~absolute: 31d~`absolute` is more than 30d",
        "at: /auth~at: /auth, cookie: sid~`cookie` is `sid`; it begins with `__Host-`",
        "{port: 8080}~{port: 8080, bind: 0.0.0.0, tls: none, because: a balancer}~browser sessions"
            + " need TLS, and nothing in front of the gate is trusted to say so",
        "algorithms: [RS256]}~algorithms: [RS256], once: true}~tokens of `corp` are good for one"
            + " call",
        "tenancy: single~tenancy: token~issuer `corp` does not say where its tokens name the"
            + " tenant",
      })
  void says_what_is_wrong(String line, String instead, String problem) {
    assertThat(SOUND).contains(line);
    List<String> told = Texts.problems(SOUND.replace(line, instead == null ? "" : instead));
    assertThat(told).anySatisfy(each -> assertThat(each).contains(problem));
  }
}
