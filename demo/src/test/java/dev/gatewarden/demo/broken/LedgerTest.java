package dev.gatewarden.demo.broken;

import static dev.gatewarden.demo.broken.ledger.LedgerFault.ACCOUNT_FILTER;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.ACCOUNT_GIVEN_TWICE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.BATCH_CHECKS_FIRST;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.CALLBACK_FETCHED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.DEBUG_PAGE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.DOCS_OPEN;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EVENT_REPLAYED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EVENT_UNSIGNED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EXPORT_UNLIMITED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.FILES_LISTED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.KEY_IN_QUERY;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.LOOKUP_BY_BODY;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.MANAGEMENT_PAGE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.METHOD_OVERRIDE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.OLD_VERSION_ALIVE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.OLD_VERSION_VOIDS;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.PAGE_UNBOUNDED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.TRACE_IN_ERROR;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.TYPE_IGNORED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.UPLOAD_BY_NAME;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.UPLOAD_INTO_OTHER_FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.ledger.LedgerApi;
import dev.gatewarden.demo.broken.ledger.LedgerFault;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

class LedgerTest extends FaultTable<LedgerFault> {

  private static final String PAYMENT =
      """
      {"invoice_id":"inv_000103","amount_cents":100}\
      """;
  private static final String EVENT =
      """
      {"type":"payment.settled","invoice_id":"inv_000103","amount_cents":100}\
      """;

  LedgerTest() {
    super(Specimen.LEDGER, LedgerFault.class);
    row(
        LOOKUP_BY_BODY,
        "200 leaks",
        "404",
        v ->
            bob(v)
                .post("/v2/invoices/lookup", "{\"invoice_id\":\"inv_000101\"}")
                .leaking("harbour"));
    row(
        BATCH_CHECKS_FIRST,
        "200 leaks",
        "404",
        v ->
            bob(v)
                .post("/v2/invoices/batch", "{\"invoice_ids\":[\"inv_000103\",\"inv_000101\"]}")
                .leaking("harbour"));
    row(
        ACCOUNT_FILTER,
        "200 leaks",
        "404",
        v -> bob(v).get("/v2/invoices?account_id=acct_1001").leaking("harbour"));
    row(
        ACCOUNT_GIVEN_TWICE,
        "200 leaks",
        "400",
        v ->
            bob(v)
                .get("/v2/invoices?account_id=acct_1002&account_id=acct_1001")
                .leaking("harbour"));
    row(
        KEY_IN_QUERY,
        "200",
        "401",
        v -> "" + v.get("/v2/invoices?api_key=lk_bob_5d2e8b417c").status());
    row(
        EXPORT_UNLIMITED,
        "202",
        "429",
        v -> {
          int status = 0;
          for (int i = 0; i < 12; i++) {
            status = bob(v).post("/v2/exports", null).status();
          }
          return "" + status;
        });
    row(
        PAGE_UNBOUNDED,
        "200 leaks",
        "400",
        v -> bob(v).get("/v2/invoices?page_size=1000000").leaking("\"page_size\":1000000"));
    row(CALLBACK_FETCHED, "202 leaks", "400", LedgerTest::fetched);
    row(
        EVENT_UNSIGNED,
        "204 100",
        "401 0",
        v -> v.post("/v2/bank_events", EVENT).status() + paid(v));
    row(
        EVENT_REPLAYED,
        "204 204 200",
        "204 409 100",
        v -> {
          Visitor bank = bank(v, Instant.now().getEpochSecond());
          return bank.post("/v2/bank_events", EVENT).status()
              + " "
              + bank.post("/v2/bank_events", EVENT).status()
              + paid(v);
        });
    row(UPLOAD_BY_NAME, "201", "415", v -> "" + upload(bob(v), "receipt.png", "<script>").status());
    row(
        UPLOAD_INTO_OTHER_FOLDER,
        "201 leaks",
        "400",
        v -> {
          int status = upload(bob(v), "../acct_1001/paper.pdf", "%PDF-of bob").status();
          return status
              + (as(v, "alice").get("/v2/attachments/paper.pdf").says("bob") ? " leaks" : "");
        });
    row(
        OLD_VERSION_ALIVE,
        "200 leaks",
        "404",
        v -> bob(v).get("/v1/invoices/inv_000101").leaking("harbour"));
    row(
        OLD_VERSION_VOIDS,
        "200 leaks",
        "404",
        v -> bob(v).post("/v1/invoices/inv_000103/void", null).leaking("void"));
    row(
        METHOD_OVERRIDE,
        "204 404",
        "405 200",
        v ->
            bob(v)
                    .with("X-HTTP-Method-Override", "DELETE")
                    .post("/v2/invoices/inv_000103", null)
                    .status()
                + " "
                + bob(v).get("/v2/invoices/inv_000103").status());
    row(
        TRACE_IN_ERROR,
        "400 leaks",
        "400",
        v -> bob(v).post("/v2/payments", "{").leaking("dev.gatewarden"));
    row(
        TYPE_IGNORED,
        "201",
        "415",
        v -> "" + bob(v).with("Content-Type", "text/plain").post("/v2/payments", PAYMENT).status());
    row(DEBUG_PAGE, "200 leaks", "404", v -> v.get("/debug/requests").leaking("lk_alice"));
    row(MANAGEMENT_PAGE, "200 leaks", "404", v -> v.get("/actuator/env").leaking("password"));
    row(
        DOCS_OPEN,
        "200 200",
        "404 404",
        v -> v.get("/openapi.json").status() + " " + v.get("/docs").status());
    row(FILES_LISTED, "200 leaks", "404", v -> v.get("/files/").leaking("Index of"));
  }

  @Override
  BrokenApi<LedgerFault> api(Set<LedgerFault> faults, Clock clock) {
    return new LedgerApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v);
  }

  @Override
  void goodRequests(Visitor v) {
    assertThat(bob(v).get("/v2/invoices").says("ladder")).isTrue();
    assertThat(bob(v).get("/v2/invoices/inv_000103").status()).isEqualTo(200);
    assertThat(bob(v).post("/v2/invoices/lookup", "{\"invoice_id\":\"inv_000103\"}").status())
        .isEqualTo(200);
    assertThat(bob(v).post("/v2/invoices/batch", "{\"invoice_ids\":[\"inv_000103\"]}").status())
        .isEqualTo(200);
    assertThat(bob(v).post("/v2/payments", PAYMENT).status()).isEqualTo(201);
    assertThat(bob(v).post("/v2/exports", null).status()).isEqualTo(202);
    assertThat(
            bob(v)
                .post(
                    "/v2/callback_tests", "{\"callback_url\":\"https://hooks.partner.example/a\"}")
                .status())
        .isEqualTo(202);
    assertThat(bank(v, Instant.now().getEpochSecond()).post("/v2/bank_events", EVENT).status())
        .isEqualTo(204);
    assertThat(upload(bob(v), "paper.pdf", "%PDF-1.7").status()).isEqualTo(201);
    assertThat(bob(v).get("/v2/attachments/paper.pdf").says("%PDF-1.7")).isTrue();
    assertThat(as(v, "ada").send("DELETE", "/v2/invoices/inv_000103", null).status())
        .isEqualTo(204);
  }

  private static String fetched(Visitor v) {
    try (Loopback inner = Loopback.start(0, _ -> Answer.of(200, "text/plain", "inner secret"))) {
      String body = "{\"callback_url\":\"" + inner.uri() + "/\"}";
      return bob(v).post("/v2/callback_tests", body).leaking("inner secret");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String paid(Visitor v) {
    return " " + bob(v).get("/v2/invoices/inv_000103").json().path("paid_cents");
  }

  private static Visitor bank(Visitor v, long time) {
    byte[] secret = Base64.getDecoder().decode("bGVkZ2VyLWJhbmstZXZlbnRzLWRlbW8tc2VjcmV0");
    byte[] text = ("e1." + time + "." + EVENT).getBytes(StandardCharsets.UTF_8);
    return v.with("webhook-id", "e1")
        .with("webhook-timestamp", "" + time)
        .with(
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(Jwt.hmac(secret, text)));
  }

  private static Visitor.Seen upload(Visitor v, String name, String bytes) {
    return v.with("Content-Type", "multipart/form-data; boundary=b")
        .post(
            "/v2/attachments",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name
                + "\"\r\nContent-Type: image/png\r\n\r\n"
                + bytes
                + "\r\n--b--\r\n");
  }

  private static Visitor bob(Visitor v) {
    return as(v, "bob");
  }

  private static Visitor as(Visitor v, String name) {
    return v.with("X-API-Key", "lk_" + name + "_5d2e8b417c");
  }
}
