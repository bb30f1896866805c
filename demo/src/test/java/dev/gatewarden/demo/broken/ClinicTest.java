package dev.gatewarden.demo.broken;

import static dev.gatewarden.demo.broken.clinic.ClinicFault.ALG_NONE;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.ANSWER_OFF_CONTRACT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.BODY_UNBOUNDED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.CACHED_FOR_EVERYBODY;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.CREATE_FOR_OTHERS;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.EXPIRED_TOKEN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LIST_IGNORES_OWNER;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGIN_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGOUT_FORGOTTEN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.MEMBERS_TELL_TOO_MUCH;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.PROFILE_SETS_NESTED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.PROFILE_SETS_ROLE;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_OF_OTHER_TENANT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_READ;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_WRITE_SAID_ABSENT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.ROLE_CHANGE_FOR_ALL;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.SIGNATURE_CUT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.SIGNATURE_IGNORED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.TENANT_NOT_COMPARED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.WEAK_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.clinic.ClinicApi;
import dev.gatewarden.demo.broken.clinic.ClinicFault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

class ClinicTest extends FaultTable<ClinicFault> {

  private static final String OF_ALICE = "3b1f7a52-9c0e-4d6b-8a41-0f6e2d9c7a11";
  private static final String OF_BOB = "a94c0d1e-52f7-4b8e-9d63-1c7b5e2f8a22";
  private static final String OF_CAROL = "c7d2e3f4-6a1b-4c5d-8e9f-2a3b4c5d6e33";
  private static final String RECORD =
      """
      {"title":"Cough","text":"%s","patientId":"alice"}\
      """;

  ClinicTest() {
    super(Specimen.CLINIC, ClinicFault.class);
    row(
        TENANT_NOT_COMPARED,
        "200 leaks",
        "404",
        v -> carol(v).get("/t/north/notices").leaking("north"));
    row(
        RECORD_OF_OTHER_TENANT,
        "200 leaks",
        "404",
        v -> as(v, "ada", "north").get("/t/north/records/" + OF_CAROL).leaking("carol"));
    row(
        RECORD_READ,
        "200 leaks",
        "404",
        v -> bob(v).get("/t/north/records/" + OF_ALICE).leaking("penicillin"));
    row(
        RECORD_WRITE_SAID_ABSENT,
        "404 true",
        "404 false",
        v ->
            bob(v).send("PUT", "/t/north/records/" + OF_ALICE, RECORD.formatted("worse")).status()
                + " "
                + alice(v).get("/t/north/records/" + OF_ALICE).says("worse"));
    row(
        LIST_IGNORES_OWNER,
        "200 leaks",
        "200",
        v -> bob(v).get("/t/north/records").leaking("penicillin"));
    row(
        CREATE_FOR_OTHERS,
        "201 alice",
        "201 bob",
        v -> {
          Visitor.Seen made = bob(v).post("/t/north/records", RECORD.formatted("of bob's"));
          return made.status() + " " + made.json().path("data").path("patientId").asString();
        });
    row(PROFILE_SETS_ROLE, "true", "false", v -> profile(v, "{\"role\":\"admin\"}", "\"admin\""));
    row(
        PROFILE_SETS_NESTED,
        "true",
        "false",
        v -> profile(v, "{\"settings\":{\"insurance\":\"private\"}}", "\"private\""));
    row(
        MEMBERS_TELL_TOO_MUCH,
        "200 leaks",
        "200",
        v -> bob(v).get("/t/north/members").leaking("nationalId"));
    row(
        ROLE_CHANGE_FOR_ALL,
        "200",
        "403",
        v -> "" + bob(v).send("PUT", "/t/north/members/bob/role", "{\"role\":\"admin\"}").status());
    row(WEAK_SECRET, "200", "401", v -> with(v, forged(v, "HS256", "secret")));
    row(ALG_NONE, "200", "401", v -> with(v, forged(v, "none", "")));
    row(SIGNATURE_IGNORED, "200", "401", v -> with(v, forged(v, "HS256", "anything")));
    row(SIGNATURE_CUT, "200 200", "401 401", v -> with(v, cut(v, 0)) + " " + with(v, cut(v, 10)));
    row(
        EXPIRED_TOKEN,
        "200",
        "401",
        v -> with(v, v.signed("{\"exp\":%d}".formatted(Instant.now().getEpochSecond() - 3600))));
    row(
        LOGOUT_FORGOTTEN,
        "204 200",
        "204 401",
        v -> {
          Visitor bob = bob(v);
          return bob.post("/auth/logout", null).status() + " " + bob.get("/t/north/me").status();
        });
    row(LOGIN_UNLIMITED, "401", "429", ClinicTest::guessing);
    row(
        LOGIN_TELLS_WHO_IS_KNOWN,
        "401 404",
        "401 401",
        v ->
            login(v, "alice@north.example", "wrong").status()
                + " "
                + login(v, "nobody@north.example", "wrong").status());
    row(
        BODY_UNBOUNDED,
        "201",
        "413",
        v -> "" + bob(v).post("/t/north/records", RECORD.formatted("a".repeat(200_000))).status());
    row(
        CACHED_FOR_EVERYBODY,
        "alice",
        "bob",
        v -> {
          alice(v).get("/t/north/me");
          return bob(v).get("/t/north/me").json().path("data").path("id").asString();
        });
    row(
        ANSWER_OFF_CONTRACT,
        "false",
        "true",
        v ->
            ""
                + bob(v)
                    .get("/t/north/records/" + OF_BOB)
                    .json()
                    .path("data")
                    .path("createdAt")
                    .isString());
  }

  @Override
  BrokenApi<ClinicFault> api(Set<ClinicFault> faults, Clock clock) {
    return new ClinicApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v);
  }

  @Override
  void goodRequests(Visitor v) {
    Visitor bob = bob(v);
    assertThat(bob.get("/t/north/notices").status()).isEqualTo(200);
    assertThat(bob.get("/t/north/members").says("Alice")).isTrue();
    assertThat(bob.get("/t/north/me").status()).isEqualTo(200);
    assertThat(bob.send("PATCH", "/t/north/me", "{\"displayName\":\"Bobby\"}").says("Bobby"))
        .isTrue();
    assertThat(bob.get("/t/north/records").says(OF_BOB)).isTrue();
    assertThat(bob.get("/t/north/records/" + OF_BOB).status()).isEqualTo(200);
    String made =
        bob.post("/t/north/records", "{\"title\":\"a\",\"text\":\"b\"}").header("location");
    assertThat(bob.send("PUT", made, "{\"title\":\"a\",\"text\":\"c\"}").status()).isEqualTo(200);
    assertThat(bob.send("DELETE", made, null).status()).isEqualTo(204);
    assertThat(bob.get(made).status()).isEqualTo(404);
    assertThat(
            as(v, "ada", "north")
                .send("PUT", "/t/north/members/bob/role", "{\"role\":\"patient\"}")
                .status())
        .isEqualTo(200);
  }

  private static String guessing(Visitor v) {
    int status = 0;
    for (int i = 0; i < 10; i++) {
      status = login(v, "alice@north.example", "wrong" + i).status();
    }
    return Integer.toString(status);
  }

  private static String profile(Visitor v, String change, String word) {
    bob(v).send("PATCH", "/t/north/me", change);
    return "" + bob(v).get("/t/north/me").says(word);
  }

  private static String with(Visitor v, String token) {
    return "" + v.bearer(token).get("/t/north/me").status();
  }

  private static String forged(Visitor v, String algorithm, String secret) {
    String header = encoded("{\"alg\":\"" + algorithm + "\"}");
    String unsigned = header + "." + v.signed("{}").split("\\.", -1)[1];
    return unsigned
        + "."
        + (secret.isEmpty()
            ? ""
            : Jwt.encoded(
                Jwt.hmac(
                    secret.getBytes(StandardCharsets.US_ASCII),
                    unsigned.getBytes(StandardCharsets.US_ASCII))));
  }

  private static String cut(Visitor v, int left) {
    String token = v.signed("{}");
    int signature = token.lastIndexOf('.') + 1;
    return token.substring(0, signature + left);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Visitor.Seen login(Visitor v, String email, String password) {
    return v.post(
        "/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  private static Visitor as(Visitor v, String name, String tenant) {
    Visitor.Seen seen = login(v, name + "@" + tenant + ".example", name + "-likes-tea");
    return v.bearer(seen.json().path("data").path("token").asString());
  }

  private static Visitor alice(Visitor v) {
    return as(v, "alice", "north");
  }

  private static Visitor bob(Visitor v) {
    return as(v, "bob", "north");
  }

  private static Visitor carol(Visitor v) {
    return as(v, "carol", "south");
  }
}
