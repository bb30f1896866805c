package dev.gatewarden.demo.broken.ledger;

import static dev.gatewarden.demo.broken.ledger.LedgerFault.DEBUG_PAGE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.DOCS_OPEN;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.FILES_LISTED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.MANAGEMENT_PAGE;

import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.http.Answer;
import java.util.function.Predicate;

/// Pages that should have been closed before anybody could find them.
final class LeftOpen {

  private LeftOpen() {}

  static void add(Routes routes, Predicate<LedgerFault> on) {
    if (on.test(DEBUG_PAGE)) {
      page(
          routes,
          "/debug/requests",
          "application/json",
          """
          {"requests":[{"path":"/v2/invoices","headers":{"x-api-key":"lk_alice_5d2e8b417c"}}]}\
          """);
    }
    if (on.test(MANAGEMENT_PAGE)) {
      page(
          routes,
          "/actuator/env",
          "application/json",
          """
          {"activeProfiles":["production"],"properties":{"ledger.database.password":"not-so-secret"}}\
          """);
    }
    if (on.test(DOCS_OPEN)) {
      page(
          routes,
          "/openapi.json",
          "application/json",
          """
          {"openapi":"3.0.3","info":{"title":"Ledger","version":"2"},"paths":{"/v2/invoices":{},"/v1/invoices/{invoice_id}/void":{}}}\
          """);
      page(
          routes,
          "/docs",
          "text/html",
          "<!doctype html><title>Swagger UI</title><div id=\"swagger-ui\"></div>");
    }
    if (on.test(FILES_LISTED)) {
      page(
          routes,
          "/files/",
          "text/html",
          "<!doctype html><title>Index of /files/</title><h1>Index of /files/</h1>"
              + "<a href=\"backup-2026-01.sql\">backup-2026-01.sql</a>");
    }
  }

  private static void page(Routes routes, String path, String type, String text) {
    routes.on("GET", path, _ -> Answer.of(200, type, text));
  }
}
