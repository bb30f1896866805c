package dev.gatewarden.demo.broken.ledger;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API4_RESOURCE_CONSUMPTION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API7_SSRF;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;
import static dev.gatewarden.core.decision.Threat.API9_INVENTORY;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;

/// What the ledger can do wrong.
public enum LedgerFault implements Flaw {
  LOOKUP_BY_BODY(
      "the body names an invoice, and nobody asks whose it is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "POST /v2/invoices/lookup",
      "bob posts `{\"invoice_id\":\"inv_000101\"}` and reads alice's invoice",
      "404, as for an invoice that is not there"),
  BATCH_CHECKS_FIRST(
      "of several ids only the first is checked",
      API1_OBJECT_AUTHORIZATION,
      639,
      "POST /v2/invoices/batch",
      "bob posts `{\"invoice_ids\":[\"inv_000103\",\"inv_000101\"]}`: the first is his, and he"
          + " reads alice's too",
      "404 for the whole batch"),
  ACCOUNT_FILTER(
      "a filter names an account, and nobody asks whose it is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /v2/invoices",
      "bob gets `/v2/invoices?account_id=acct_1001` and reads alice's invoices",
      "404, as for an account that is not there"),
  ACCOUNT_GIVEN_TWICE(
      "a parameter given twice is checked once and used the other time",
      API8_MISCONFIGURATION,
      235,
      "GET /v2/invoices",
      "bob gets `/v2/invoices?account_id=acct_1002&account_id=acct_1001`: the first is his, and he"
          + " reads alice's invoices",
      "400: it may be given once"),
  KEY_IN_QUERY(
      "the key may stand in the address",
      API2_AUTHENTICATION,
      598,
      "every operation with a key",
      "`/v2/invoices?api_key=…` gives 200, and the key stands in every log",
      "401: only the header counts"),
  EXPORT_UNLIMITED(
      "a dear operation may be called without end",
      API4_RESOURCE_CONSUMPTION,
      799,
      "POST /v2/exports",
      "twelve exports in a row give twelve times 202",
      "429 with `Retry-After` from the sixth within a minute on"),
  PAGE_UNBOUNDED(
      "a page may be as long as the caller likes",
      API4_RESOURCE_CONSUMPTION,
      770,
      "GET /v2/invoices",
      "`/v2/invoices?page_size=1000000` gives 200 and says that this is the size of the page",
      "400 beyond 100"),
  CALLBACK_FETCHED(
      "the service fetches any address it is given",
      API7_SSRF,
      918,
      "POST /v2/callback_tests",
      "bob posts the address of a port on loopback as `callback_url`; the port is called, and he"
          + " gets what it answered. In this demonstration only loopback is ever called",
      "400 for whatever is not https at the one partner; nothing is fetched"),
  EVENT_UNSIGNED(
      "events are taken without a signature",
      API2_AUTHENTICATION,
      347,
      "POST /v2/bank_events",
      "an event without `webhook-signature` gives 204, and the invoice counts as paid",
      "401"),
  EVENT_REPLAYED(
      "an event is taken as often as it comes, however old",
      API2_AUTHENTICATION,
      294,
      "POST /v2/bank_events",
      "the same signed event sent twice gives 204 twice, and the amount counts twice",
      "409 the second time, 400 when it is older than five minutes"),
  UPLOAD_BY_NAME(
      "a file is what its name says",
      API8_MISCONFIGURATION,
      434,
      "POST /v2/attachments",
      "a script called `receipt.png` is taken with 201",
      "415: the bytes are no PNG"),
  UPLOAD_INTO_OTHER_FOLDER(
      "the name of a file leads out of its folder",
      API8_MISCONFIGURATION,
      22,
      "POST /v2/attachments",
      "bob uploads a file called `../acct_1001/receipt.png`, and alice's receipt is his file",
      "400: a name has no separators"),
  OLD_VERSION_ALIVE(
      "the version before this one still answers",
      API9_INVENTORY,
      1059,
      "GET /v1/invoices/{invoice_id}",
      "bob gets `/v1/invoices/inv_000101` and reads alice's invoice, which version 2 refuses",
      "404: there is no version 1 any more"),
  OLD_VERSION_VOIDS(
      "an operation that was taken out of the contract still works",
      API5_FUNCTION_AUTHORIZATION,
      1059,
      "POST /v1/invoices/{invoice_id}/void",
      "bob posts to `/v1/invoices/inv_000103/void` and owes nothing any more",
      "404"),
  METHOD_OVERRIDE(
      "a header turns one method into another behind the check",
      API5_FUNCTION_AUTHORIZATION,
      650,
      "POST /v2/invoices/{invoice_id}",
      "bob posts to `/v2/invoices/inv_000103` with `X-HTTP-Method-Override: DELETE`; the invoice is"
          + " gone, which only administrators may do",
      "405: the header means nothing"),
  TRACE_IN_ERROR(
      "errors tell what the code looks like",
      API8_MISCONFIGURATION,
      209,
      "every operation with a body",
      "`{` as a body gives an error with a stack trace",
      "400 with a sentence"),
  TYPE_IGNORED(
      "bodies of any type are taken for JSON",
      API8_MISCONFIGURATION,
      436,
      "every operation with a body",
      "a payment sent as `text/plain` gives 201",
      "415"),
  DEBUG_PAGE(
      "a page for developers was left open",
      API8_MISCONFIGURATION,
      489,
      "GET /debug/requests",
      "`/debug/requests` gives 200 without a key, with the keys of others",
      "404"),
  MANAGEMENT_PAGE(
      "a page for operators was left open",
      API8_MISCONFIGURATION,
      497,
      "GET /actuator/env",
      "`/actuator/env` gives 200 without a key, with what the service runs with",
      "404"),
  DOCS_OPEN(
      "the documents and their console are open in production",
      API9_INVENTORY,
      1059,
      "GET /openapi.json and GET /docs",
      "`/openapi.json` and `/docs` give 200 without a key",
      "404"),
  FILES_LISTED(
      "a folder lists its files",
      API8_MISCONFIGURATION,
      548,
      "GET /files/",
      "`/files/` gives 200 without a key, with an index of backups",
      "404");

  private final Story story;

  LedgerFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }
}
