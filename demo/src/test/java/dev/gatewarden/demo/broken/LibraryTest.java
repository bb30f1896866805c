package dev.gatewarden.demo.broken;

import static dev.gatewarden.demo.broken.library.LibraryFault.ANSWER_OFF_CONTRACT;
import static dev.gatewarden.demo.broken.library.LibraryFault.ANY_ORIGIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.BOOK_ADD_FOR_ALL;
import static dev.gatewarden.demo.broken.library.LibraryFault.DEFAULT_LIBRARIAN;
import static dev.gatewarden.demo.broken.library.LibraryFault.HEADERS_MISSING;
import static dev.gatewarden.demo.broken.library.LibraryFault.INCLUDE_TELLS_LOANS;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOANS_OF_EVERYBODY;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_DELETE_SAID_ABSENT;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_FOR_OTHERS;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_READ;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_READ;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_SETS_FINES;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_SETS_ROLE;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_TELLS_PIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.NULL_ORIGIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.ODD_BODY_FAILS;
import static dev.gatewarden.demo.broken.library.LibraryFault.PAGE_UNBOUNDED;
import static dev.gatewarden.demo.broken.library.LibraryFault.PASSWORDS_UNLIMITED;
import static dev.gatewarden.demo.broken.library.LibraryFault.SHARED_BY_CACHES;
import static dev.gatewarden.demo.broken.library.LibraryFault.TYPE_IGNORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.library.LibraryApi;
import dev.gatewarden.demo.broken.library.LibraryFault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;

class LibraryTest extends FaultTable<LibraryFault> {

  private static final String LOAN =
      """
      {"data":{"type":"loans","attributes":{"note":"%s"},"relationships":{
        "book":{"data":{"type":"books","id":"b2"}}%s}}}\
      """;
  private static final String FOR_ALICE =
      """
      ,"member":{"data":{"type":"members","id":"alice"}}\
      """;
  private static final String MEMBER =
      """
      {"data":{"type":"members","id":"bob","attributes":{%s}}}\
      """;
  private static final String BOOK =
      """
      {"data":{"type":"books","attributes":{"title":"Rivers"}}}\
      """;

  LibraryTest() {
    super(Specimen.LIBRARY, LibraryFault.class);
    row(LOAN_READ, "200 leaks", "404", v -> bob(v).get("/loans/501").leaking("my sister"));
    row(
        LOAN_DELETE_SAID_ABSENT,
        "404 404",
        "404 200",
        v ->
            bob(v).send("DELETE", "/loans/501", null).status()
                + " "
                + as(v, "alice").get("/loans/501").status());
    row(
        LOAN_FOR_OTHERS,
        "201 true",
        "403 false",
        v ->
            bob(v).post("/loans", LOAN.formatted("by bob", FOR_ALICE)).status()
                + " "
                + as(v, "alice").get("/loans").says("by bob"));
    row(LOANS_OF_EVERYBODY, "200 leaks", "200", v -> bob(v).get("/loans").leaking("my sister"));
    row(
        INCLUDE_TELLS_LOANS,
        "200 leaks",
        "200",
        v -> bob(v).get("/books/b1?include=loans").leaking("my sister"));
    row(MEMBER_READ, "200 leaks", "404", v -> bob(v).get("/members/carol").leaking("carol@"));
    row(MEMBER_TELLS_PIN, "200 leaks", "200", v -> bob(v).get("/members/bob").leaking("pin"));
    row(
        MEMBER_SETS_ROLE,
        "200 librarian",
        "400 reader",
        v -> changed(v, "\"role\":\"librarian\"", "role"));
    row(MEMBER_SETS_FINES, "200 0", "400 250", v -> changed(v, "\"fines\":0", "fines"));
    row(BOOK_ADD_FOR_ALL, "201", "403", v -> "" + bob(v).post("/books", BOOK).status());
    row(DEFAULT_LIBRARIAN, "200", "401", v -> "" + as(v, "admin", "admin").get("/books").status());
    row(
        PASSWORDS_UNLIMITED,
        "401",
        "429",
        v -> {
          int status = 0;
          for (int i = 0; i < 15; i++) {
            status = as(v, "alice", "wrong" + i).get("/loans").status();
          }
          return "" + status;
        });
    row(
        PAGE_UNBOUNDED,
        "200",
        "400",
        v -> "" + bob(v).get("/books?page%5Bsize%5D=1000000").status());
    row(ANY_ORIGIN, "https://evil.example true", " ", v -> shared(v, "https://evil.example"));
    row(NULL_ORIGIN, "null true", " ", v -> shared(v, "null"));
    row(
        HEADERS_MISSING,
        "  ",
        "nosniff max-age=31536000; includeSubDomains default-src 'none'; frame-ancestors 'none'",
        v -> {
          Visitor.Seen seen = bob(v).get("/books");
          return seen.header("x-content-type-options")
              + " "
              + seen.header("strict-transport-security")
              + " "
              + seen.header("content-security-policy");
        });
    row(
        SHARED_BY_CACHES,
        "public, max-age=300 ",
        "private, no-store Authorization, Origin",
        v -> {
          Visitor.Seen seen = bob(v).get("/loans");
          return seen.header("cache-control") + " " + seen.header("vary");
        });
    row(
        TYPE_IGNORED,
        "201",
        "415",
        v ->
            ""
                + bob(v)
                    .with("Content-Type", "text/plain")
                    .post("/loans", LOAN.formatted("", ""))
                    .status());
    row(
        ODD_BODY_FAILS,
        "500",
        "400",
        v ->
            ""
                + bob(v)
                    .post("/loans", "{\"data\":{\"type\":\"loans\",\"attributes\":[]}}")
                    .status());
    row(ANSWER_OFF_CONTRACT, "200", "200 leaks", v -> bob(v).get("/books/b1").leaking("title"));
  }

  @Override
  BrokenApi<LibraryFault> api(Set<LibraryFault> faults, Clock clock) {
    return new LibraryApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v);
  }

  @Override
  void goodRequests(Visitor v) {
    assertThat(bob(v).get("/books?page%5Bsize%5D=2").json().path("data").size()).isEqualTo(2);
    assertThat(bob(v).get("/books/b3?include=loans").says("too late")).isTrue();
    assertThat(bob(v).get("/loans").says("too late")).isTrue();
    assertThat(bob(v).get("/loans/503").status()).isEqualTo(200);
    String made = bob(v).post("/loans", LOAN.formatted("new", "")).header("location");
    assertThat(
            bob(v)
                .send(
                    "PATCH",
                    made,
                    """
                    {"data":{"type":"loans","id":"%s","attributes":{"note":"newer"}}}\
                    """
                        .formatted(made.substring("/loans/".length())))
                .says("newer"))
        .isTrue();
    assertThat(bob(v).send("DELETE", made, null).status()).isEqualTo(204);
    assertThat(
            bob(v)
                .send("PATCH", "/members/bob", MEMBER.formatted("\"display-name\":\"B\""))
                .status())
        .isEqualTo(200);
    assertThat(as(v, "ada").post("/books", BOOK).status()).isEqualTo(201);
    Visitor.Seen preflight =
        v.with("Origin", "https://reading-room.example")
            .with("Access-Control-Request-Method", "PATCH")
            .send("OPTIONS", "/loans/503", null);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin"))
        .isEqualTo("https://reading-room.example");
  }

  private static String changed(Visitor v, String attribute, String name) {
    int status = bob(v).send("PATCH", "/members/bob", MEMBER.formatted(attribute)).status();
    return status
        + " "
        + bob(v).get("/members/bob").json().path("data").path("attributes").path(name).asString();
  }

  private static String shared(Visitor v, String origin) {
    Visitor.Seen seen = bob(v).with("Origin", origin).get("/loans");
    return seen.header("access-control-allow-origin")
        + " "
        + seen.header("access-control-allow-credentials");
  }

  private static Visitor bob(Visitor v) {
    return as(v, "bob");
  }

  private static Visitor as(Visitor v, String name) {
    return as(v, name, name + "-reads-much");
  }

  private static Visitor as(Visitor v, String name, String password) {
    String pair = name + ":" + password;
    return v.with(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .with("Content-Type", "application/vnd.api+json");
  }
}
