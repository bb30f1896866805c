package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One line of the sound file is replaced; the table says what the reader answers.
final class ConfigurationErrorsTest {

  record Row(String it, String line, String instead, List<String> problems) {
    @Override
    public String toString() {
      return it;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void says_what_is_wrong_where_and_what_to_do(Row row) {
    assertThat(Texts.SHOP).contains(row.line());
    assertThat(Texts.problems(Texts.SHOP.replace(row.line(), row.instead())))
        .containsExactlyElementsOf(row.problems());
  }

  static List<Row> rows() {
    return List.of(
        row("a sound file", "gatewarden: 1", "gatewarden: 1"),
        row(
            "another grammar",
            "gatewarden: 1",
            "gatewarden: 2",
            "gatewarden.yaml:1:13: `gatewarden: 2` is no version of this grammar; write"
                + " `gatewarden: 1`"),
        row(
            "a misspelt key",
            "          tenancy: token".substring(6),
            "    tenency: token",
            "gatewarden.yaml:10:5: `apis.shop`: `tenancy` is missing; write `tenancy:` and one of"
                + " `token`, `host`, `path`, `header`, `certificate`, `single`",
            "gatewarden.yaml:14:5: `tenency` is no key of `shop`; did you mean `tenancy`?"),
        row(
            "a key nobody knows",
            "  public: {port: 8080}",
            "  public: {port: 8080, zebra: 1}",
            "gatewarden.yaml:3:24: `zebra` is no key of `public`; its keys are `port`, `bind`,"
                + " `tls`, `because`, `unknown-host`"),
        row(
            "a port that is a text",
            "port: 8080",
            "port: http",
            "gatewarden.yaml:3:18: `port` is the text `http`; write a whole number"),
        row(
            "a service that is the gate itself",
            "to: [http://10.0.1.5:9000",
            "to: [http://127.0.0.1:8081",
            "gatewarden.yaml:12:21: `http://127.0.0.1:8081` is the gate's own admin port; write"
                + " where the service runs"),
        row(
            "a port that is none",
            "port: 8080",
            "port: 65536",
            "gatewarden.yaml:3:18: `port` is 65536; it is between 0 and 65535"),
        row(
            "callers without TLS",
            "{port: 8080}",
            "{port: 8080, bind: 0.0.0.0}",
            "gatewarden.yaml:3:30: callers would reach `0.0.0.0` without TLS; give `tls` a"
                + " `certificate` and a `key`, or say `tls: none` with `because` where something in"
                + " front encrypts"),
        row(
            "callers without TLS, for a reason",
            "{port: 8080}",
            "{port: 8080, bind: 0.0.0.0, tls: none, because: the mesh encrypts}"),
        row(
            "an admin port for everybody",
            "  public: {port: 8080}",
            "  public: {port: 8080}\n  admin: {bind: 0.0.0.0}",
            "gatewarden.yaml:4:17: the admin port leaves loopback without an identity; give `admin`"
                + " a `token: env:NAME`, or leave `bind` out"),
        row(
            "an admin port without TLS",
            "  public: {port: 8080}",
            "  public: {port: 8080}\n  admin: {bind: 0.0.0.0, token: env:OPERATORS}",
            "gatewarden.yaml:4:17: tokens of operators would cross the network without TLS; leave"
                + " `bind` out and let something that encrypts stand in front, or say `because`"),
        row(
            "an admin port without TLS, for a reason",
            "  public: {port: 8080}",
            "  public: {port: 8080}\n"
                + "  admin: {bind: 0.0.0.0, token: env:OPERATORS, because: the mesh encrypts}"),
        row(
            "a decision point that an API asks",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: opa\ndecision-points: {opa: {kind: authzen, url:"
                + " 'http://127.0.0.1:8181/v1/data/shop'}}\nzones: {usual: Europe/Berlin}"),
        row(
            "policies as a list of files",
            "gatewarden: 1",
            "gatewarden: 1\npolicies: [policies/*.cedar]"),
        row(
            "policies in their long form",
            "gatewarden: 1",
            "gatewarden: 1\npolicies: {files: a.cedar, claims: {department: /d, level: {at: /l, is:"
                + " number}}, groups: /groups, compare: [next/*.cedar]}"),
        row(
            "policies that nobody decides by",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: []\npolicies: [policies/*.cedar]",
            "gatewarden.yaml:16:11: `policies` have no effect: no API decides by them; name `cedar`"
                + " in an API's `decide-by`, or remove them"),
        row(
            "an API that decides by policies that there are not",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: cedar",
            "gatewarden.yaml:15:16: `cedar` decides nothing here; write `policies:"
                + " [policies/*.cedar]`"),
        row(
            "policies that let pass when they fail",
            "gatewarden: 1",
            "gatewarden: 1\npolicies: {files: [a.cedar], when-gone: open}",
            "gatewarden.yaml:2:41: nobody would be refused while `cedar` is gone; write `when-gone:"
                + " closed`, or bear with it for a time: `exceptions: [{decision-point: cedar,"
                + " allows: open-when-gone, because: …, owner: …, until: …}]`"),
        row(
            "a claim that is no pointer",
            "gatewarden: 1",
            "gatewarden: 1\npolicies: {files: [a.cedar], claims: {department: department}}",
            "gatewarden.yaml:2:51: `department`: `department` is no JSON pointer; write"
                + " `/department`"),
        row(
            "a decision point of a name that is taken",
            "    tenancy: token",
            "    tenancy: token\n"
                + "    decide-by: cedar\n"
                + "decision-points: {cedar: {kind: authzen, url: 'http://127.0.0.1:8181/'}}",
            "gatewarden.yaml:16:19: `cedar` is the name of the `policies` of this file; give the"
                + " decision point another name"),
        row(
            "a decision point that nobody asks",
            "gatewarden: 1",
            "gatewarden: 1\ndecision-points: {opa: {kind: authzen, url: 'http://127.0.0.1:8181/'}}",
            "gatewarden.yaml:2:19: decision point `opa` has no effect: no API decides by it; name"
                + " it in an API's `decide-by`, or remove it"),
        row(
            "a decision point that there is not",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: [opa]",
            "gatewarden.yaml:15:17: `opa` decides nothing here; define it below `decision-points`"),
        row(
            "a decision point that lets pass when it is gone",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: opa\ndecision-points: {opa: {kind: authzen, url:"
                + " 'http://127.0.0.1:8181/', when-gone: open}}",
            "gatewarden.yaml:16:82: nobody would be refused while `opa` is gone; write `when-gone:"
                + " closed`, or bear with it for a time: `exceptions: [{decision-point: opa,"
                + " allows: open-when-gone, because: …, owner: …, until: …}]`"),
        row(
            "a decision point that lets pass when it is gone, by an exception",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: opa\ndecision-points: {opa: {kind: authzen, url:"
                + " 'http://127.0.0.1:8181/', when-gone: open}}\nexceptions: [{decision-point: opa,"
                + " allows: open-when-gone, because: old, owner: team, until: 2027-01-15}]"),
        row(
            "an exception for a decision point that refuses anyway",
            "    tenancy: token",
            "    tenancy: token\n    decide-by: opa\ndecision-points: {opa: {kind: authzen, url:"
                + " 'http://127.0.0.1:8181/'}}\nexceptions: [{decision-point: opa,"
                + " allows: open-when-gone, because: old, owner: team, until: 2027-01-15}]",
            "gatewarden.yaml:17:31: `opa` refuses when it is gone, so the exception has no effect;"
                + " remove the entry, or write `when-gone: open`"),
        row(
            "time zones that nobody asks for",
            "gatewarden: 1",
            "gatewarden: 1\nzones: {usual: Europe/Berlin}",
            "gatewarden.yaml:2:8: `zones` has no effect: nobody who decides is told the time; write"
                + " `policies`, or ask a point of `opa` or `authzen`, or remove it"),
        row(
            "a time zone that there is not",
            "gatewarden: 1",
            "gatewarden: 1\nzones: {usual: Mars/Olympus}",
            "gatewarden.yaml:2:16: `usual`: `Mars/Olympus` is no time zone; write `Europe/Berlin`"
                + " or `UTC`"),
        row(
            "a Redis on this machine",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis://127.0.0.1:6379/1"),
        row(
            "a Redis in full",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {redis: rediss://r.example.com, password: env:R, when-gone:"
                + " local-share, nodes: 3}"),
        row(
            "a Redis over TLS with certificates of its own",
            "gatewarden: 1",
            "gatewarden: 1\n"
                + "state: {redis: rediss://r.example.com, tls: {trust: ca.pem, certificate:"
                + " gate.pem, key: file:gate.key}}"),
        row(
            "sentinels",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis-sentinel://10.0.0.1:26379,[fd00::1],127.0.0.1/1#main"),
        row(
            "sentinels without a primary",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis-sentinel://127.0.0.1:26379",
            "gatewarden.yaml:2:8: `state`: name the sentinels, and the primary as they do:"
                + " `redis-sentinel://one:26379,two:26379#main`"),
        row(
            "one sentinel across an open network",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {redis: 'redis-sentinel://127.0.0.1,s.example.com#main'}",
            "gatewarden.yaml:2:16: sessions and ids would cross an open network without TLS; write"
                + " `rediss://`; plain `redis://` only to loopback and private addresses"),
        row(
            "a password among sentinels",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis-sentinel://:hunter2@127.0.0.1#main",
            "gatewarden.yaml:2:8: `state`: a secret stands here in the clear; write `{redis: …,"
                + " password: env:NAME}`"),
        row(
            "two servers that are no sentinels",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {redis: 'redis://127.0.0.1,127.0.0.2'}",
            "gatewarden.yaml:2:16: `redis`: write it as `redis://host:6379` or"
                + " `rediss://host:6380/1`"),
        row(
            "certificates for a plain connection",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {redis: redis://127.0.0.1, tls: {trust: ca.pem}}",
            "gatewarden.yaml:2:40: `tls` has no effect on a plain connection; write `rediss://`"),
        row(
            "a certificate without its key",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {redis: rediss://127.0.0.1, tls: {certificate: gate.pem}}",
            "gatewarden.yaml:2:41: `certificate` and `key` go together; name both"),
        row(
            "a password in an address",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis://:hunter2@127.0.0.1:6379",
            "gatewarden.yaml:2:8: `state`: a secret stands here in the clear; write `{redis: …,"
                + " password: env:NAME}`"),
        row(
            "a Redis across an open network",
            "gatewarden: 1",
            "gatewarden: 1\nstate: redis://r.example.com",
            "gatewarden.yaml:2:8: sessions and ids would cross an open network without TLS; write"
                + " `rediss://`; plain `redis://` only to loopback and private addresses"),
        row(
            "state somewhere else",
            "gatewarden: 1",
            "gatewarden: 1\nstate: memcached",
            "gatewarden.yaml:2:8: `state`: write `memory`, or an address such as"
                + " `redis://host:6379`"),
        row(
            "no place for the state",
            "gatewarden: 1",
            "gatewarden: 1\nstate: {when-gone: closed}",
            "gatewarden.yaml:2:8: `state` names no `redis`; write `redis: redis://host:6379`, or"
                + " `memory`"),
        row(
            "an issuer without audience",
            "audience: https://api.example.com, ",
            "",
            "gatewarden.yaml:5:9: an issuer without `audience` would let any of its tokens in; name"
                + " the audience that tokens for this API carry, or bear with it for a time:"
                + " `exceptions: [{issuer: corp, allows: no-audience, because: …, owner: …, until:"
                + " …}]`"),
        row(
            "an issuer without algorithms",
            "algorithms: [RS256, ES256]",
            "algorithms: []",
            "gatewarden.yaml:5:86: an issuer without algorithms would let its tokens choose them;"
                + " name those it signs with, such as `[RS256]`"),
        row(
            "an algorithm that proves nothing",
            "[RS256, ES256]",
            "[none]",
            "gatewarden.yaml:5:87: `algorithms` is `none`; write one of `RS256`, `RS384`, `RS512`,"
                + " `PS256`, `PS384`, `PS512`, `ES256`, `ES384`, `ES512`, `EdDSA`,"
                + " `HS256`, `HS384`, `HS512`"),
        row(
            "an issuer over plain http",
            "url: https://id.example.com",
            "url: http://id.example.com",
            "gatewarden.yaml:5:15: `http://id.example.com`: tokens of an issuer over plain http"
                + " prove nothing; use https; plain http only on loopback"),
        row(
            "a secret in the clear",
            "env:BANK_NEW",
            "whsec_C2FVsBQIhrscChlQIMV",
            "gatewarden.yaml:7:47: `secrets`: a secret stands here in the clear; refer to it:"
                + " `env:NAME` or `file:path`"),
        row(
            "a window that helps who replays",
            "file:secrets/bank-old]",
            "file:secrets/bank-old], window: 601s",
            "gatewarden.yaml:7:93: `window` is more than 10m; a wider one only helps who replays"),
        row(
            "a window as wide as it may be",
            "file:secrets/bank-old]",
            "file:secrets/bank-old], window: 10m"),
        row(
            "a duration without a unit",
            "file:secrets/bank-old]",
            "file:secrets/bank-old], window: 5",
            "gatewarden.yaml:7:93: `window` is `5` and must be a duration; write a whole number and"
                + " a unit, `500ms`, `5s`, `10m`, `24h` or `30d`"),
        row(
            "a prover that is not there",
            "bearerAuth: corp",
            "bearerAuth: crop",
            "gatewarden.yaml:5:3: issuer `corp` has no effect: no API names it; map a scheme to it"
                + " under an API's `security`, or remove it",
            "gatewarden.yaml:13:28: nobody of the name `crop` proves anything; did you mean"
                + " `corp`?"),
        row(
            "plain http across the internet",
            "http://10.0.1.5:9000",
            "http://203.0.113.7:9000",
            "gatewarden.yaml:12:21: `http://203.0.113.7:9000` is plain http and lies on no loopback"
                + " or private address; use https, or say `tls: none` with `because`"),
        row(
            "plain http across the internet, for a reason",
            "{to: [http://10.0.1.5:9000]}",
            "{to: [http://203.0.113.7:9000], tls: none, because: an IPsec tunnel}"),
        row(
            "an excuse for nothing",
            "{to: [http://10.0.1.5:9000]}",
            "{to: [http://10.0.1.5:9000], tls: none, because: an IPsec tunnel}",
            "gatewarden.yaml:12:49: `tls: none` has no effect: no address is plain http beyond the"
                + " private networks; leave it out"),
        row(
            "an excuse without a reason",
            "{to: [http://10.0.1.5:9000]}",
            "{to: [http://203.0.113.7:9000], tls: none}",
            "gatewarden.yaml:12:52: `tls: none` needs `because`; say why plain http may leave the"
                + " private networks"),
        row(
            "a tenant nobody names",
            ", tenant: /org",
            "",
            "gatewarden.yaml:14:14: `tenancy: token`, but issuer `corp` does not say where its"
                + " tokens name the tenant; give the issuer `tenant: /claim`, or say `tenancy:"
                + " single`"),
        row(
            "a guard nobody knows",
            "    tenancy: token",
            "    tenancy: token\n    guards: {principal-limits: {rate: 3}}",
            "gatewarden.yaml:15:14: `principal-limits` is no guard that can be tuned; did you mean"
                + " `principal-limit`?"),
        row(
            "a guard switched off in passing",
            "    tenancy: token",
            "    tenancy: token\n    guards: {principal-limit: {mode: observe}}",
            "gatewarden.yaml:15:32: a guard's mode is not set here: what the contract states is"
                + " enforced; say it under `exceptions`, with `because`, `owner` and `until`"),
        row(
            "a guard's own bound",
            "    tenancy: token",
            "    tenancy: token\n    guards: {principal-limit: {rate: 0}}",
            "gatewarden.yaml:15:31: `principal-limit`: `rate` is at least 1"),
        row(
            "an exception without owner and end",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {guard: object-owner, operation: shop.getOrder, mode: observe, because: x}",
            "gatewarden.yaml:16:3: `exceptions[0]`: `owner` is missing",
            "gatewarden.yaml:16:3: `exceptions[0]`: `until` is missing"),
        row(
            "an exception that says nothing",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {guard: object-ownr, operation: shopp.x, mode: block, because: x, owner: y,"
                + " until: 2027-01-01}",
            "gatewarden.yaml:16:11: `object-ownr` is no guard; did you mean `object-owner`?",
            "gatewarden.yaml:16:35: `shopp.x` belongs to no API of this file; did you mean `shop`?",
            "gatewarden.yaml:16:50: an exception to `enforce` has no effect; write `observe` or"
                + " `off`, or remove the entry"),
        row(
            "a shared secret that nobody excuses",
            "algorithms: [RS256, ES256]",
            "algorithms: [HS256], secret: env:LEGACY",
            "gatewarden.yaml:5:103: whoever can check a token of `corp` can make one: both sides"
                + " hold the secret; use public keys, or bear with it for a time: `exceptions:"
                + " [{issuer: corp, allows: shared-secret, because: …, owner: …, until: …}]`"),
        row(
            "a shared algorithm without its secret",
            "[RS256, ES256]",
            "[HS256]",
            "gatewarden.yaml:5:86: `HS256` needs the secret that both sides hold; use public keys,"
                + " such as `[RS256]`; where that cannot be yet, write `secret: env:NAME`"),
        row(
            "an exception that the issuer does not need",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {issuer: corp, allows: shared-secret, because: x, owner: y, until:"
                + " 2027-01-01}",
            "gatewarden.yaml:16:26: `corp` has no `secret`, so the exception has no effect; remove"
                + " the entry"),
        row(
            "an exception for nobody",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {issuer: crop, allows: no-audience, because: x, owner: y, until: 2027-01-01}",
            "gatewarden.yaml:16:12: `crop` is no issuer; did you mean `corp`?"),
        row(
            "an exception for a guard and an issuer",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {issuer: corp, allows: no-audience, guard: object-owner, because: x, owner: y,"
                + " until: 2027-01-01}",
            "gatewarden.yaml:16:3: an exception speaks of a guard or of an issuer, not of both;"
                + " write `guard`, `operation` and `mode`, or `issuer` and `allows`; make two"
                + " entries of it"),
        row(
            "an exception that allows nothing",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {issuer: corp, because: x, owner: y, until: 2027-01-01}",
            "gatewarden.yaml:16:3: `exceptions[0]`: `allows` is missing; write `shared-secret` or"
                + " `no-audience`"),
        row(
            "an exception for no guard",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {operation: shop.*, because: x, owner: y, until: 2027-01-01}",
            "gatewarden.yaml:16:3: `exceptions[0]`: `guard` is missing; name the guard that is"
                + " excused, or the `issuer`",
            "gatewarden.yaml:16:3: `exceptions[0]`: `mode` is missing; write `mode:` and one of"
                + " `off`, `observe`"),
        row(
            "tokens without audience, for a reason",
            "    tenancy: token",
            "    tenancy: token\n"
                + "exceptions:\n"
                + "- {issuer: corp, allows: no-audience, because: x, owner: y, until: 2027-01-01}"),
        row(
            "a key twice",
            "gatewarden: 1",
            "gatewarden: 1\ngatewarden: 1",
            "gatewarden.yaml:2:1: `gatewarden` is written twice; it stands already in line 1,"
                + " column 1"));
  }

  @Test
  void finds_all_problems_in_one_go() {
    assertThat(
            Texts.problems(
                """
                gatewarden: 3
                listen: {public: {port: -1}}
                apis:
                  shop: {contract: a.yaml, at: {path: v1}, upstream: {to: [ftp://10.0.0.1], deadline: 0s}, tenancy: many}
                  other: {at: {}, upstream: {to: [https://x.example]}, tenancy: single}
                state: redis
                """))
        .hasSize(8);
  }

  @Test
  void refuses_a_file_that_is_no_object() {
    assertThat(Texts.problems("- a"))
        .containsExactly(
            "gatewarden.yaml:1:1: the file is a list and must be an object; begin it with"
                + " `gatewarden: 1`");
  }

  private static Row row(String it, String line, String instead, String... problems) {
    return new Row(it, line, instead, List.of(problems));
  }
}
