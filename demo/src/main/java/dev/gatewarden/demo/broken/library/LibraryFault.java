package dev.gatewarden.demo.broken.library;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API3_PROPERTY_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API4_RESOURCE_CONSUMPTION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;

/// What the library can do wrong.
public enum LibraryFault implements Flaw {
  LOAN_READ(
      "loans of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /loans/{loanId}",
      "bob gets `/loans/501`, which is alice's, and reads her note",
      "404, as for a loan that is not there"),
  LOAN_DELETE_SAID_ABSENT(
      "loans of others are removed under a 404",
      API1_OBJECT_AUTHORIZATION,
      696,
      "DELETE /loans/{loanId}",
      "bob deletes `/loans/501` and gets 404; alice's loan is gone",
      "404, and the loan stays"),
  LOAN_FOR_OTHERS(
      "a relationship in the body says for whom a loan is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "POST /loans",
      "bob posts a loan whose `member` is alice; she finds it among hers",
      "403 for a member who is not the caller"),
  LOANS_OF_EVERYBODY(
      "the list holds what belongs to others",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /loans",
      "bob gets `/loans` and finds loans whose `member` is alice",
      "the list holds the caller's own"),
  INCLUDE_TELLS_LOANS(
      "what is included is not the caller's",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /books/{bookId}",
      "bob gets `/books/b1?include=loans` and reads alice's note",
      "only the caller's own loans are included"),
  MEMBER_READ(
      "members of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /members/{memberId}",
      "bob gets `/members/carol`, of another branch, and reads her address",
      "404, as for a member who is not there"),
  MEMBER_TELLS_PIN(
      "an answer holds a secret that nobody promised",
      API3_PROPERTY_AUTHORIZATION,
      213,
      "GET /members/{memberId}",
      "bob gets `/members/bob` and finds `pin` and `card-number`",
      "the promised attributes, and no others"),
  MEMBER_SETS_ROLE(
      "members make themselves librarians",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "PATCH /members/{memberId}",
      "bob sends the attribute `role` with `librarian`; his profile says so from then on",
      "400 for an attribute that nobody asked for"),
  MEMBER_SETS_FINES(
      "members set what may only be read",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "PATCH /members/{memberId}",
      "bob sends the attribute `fines` with 0; he owes nothing from then on",
      "400 for an attribute that nobody asked for"),
  BOOK_ADD_FOR_ALL(
      "a librarian's operation is open to everybody",
      API5_FUNCTION_AUTHORIZATION,
      862,
      "POST /books",
      "bob posts a book and gets 201",
      "403 for whoever is no librarian"),
  DEFAULT_LIBRARIAN(
      "the account the software came with is still there",
      API2_AUTHENTICATION,
      1392,
      "every operation",
      "`admin` with the password `admin` gets 200 from `/books`",
      "401"),
  PASSWORDS_UNLIMITED(
      "passwords may be guessed without end",
      API2_AUTHENTICATION,
      307,
      "every operation",
      "fifteen wrong passwords for alice in a row give fifteen times 401",
      "429 with `Retry-After` from the eleventh on"),
  PAGE_UNBOUNDED(
      "a page may be as long as the caller likes",
      API4_RESOURCE_CONSUMPTION,
      770,
      "GET /books",
      "`/books?page[size]=1000000` gives 200",
      "400 beyond 50"),
  ANY_ORIGIN(
      "every website may read answers with the caller's credentials",
      API8_MISCONFIGURATION,
      942,
      "every operation",
      "`Origin: https://evil.example` comes back in `Access-Control-Allow-Origin`, with"
          + " `Access-Control-Allow-Credentials: true`",
      "no such header for an origin that is not the reading room's"),
  NULL_ORIGIN(
      "pages without an origin may read answers with the caller's credentials",
      API8_MISCONFIGURATION,
      942,
      "every operation",
      "`Origin: null` comes back in `Access-Control-Allow-Origin`, with credentials",
      "no such header"),
  HEADERS_MISSING(
      "answers lack the headers that protect browsers",
      API8_MISCONFIGURATION,
      693,
      "every operation",
      "`/books` has no `X-Content-Type-Options`, `Strict-Transport-Security`,"
          + " `Content-Security-Policy`",
      "they are there"),
  SHARED_BY_CACHES(
      "caches may keep for everybody what is one person's",
      API8_MISCONFIGURATION,
      525,
      "every GET",
      "`/loans` says `Cache-Control: public, max-age=300`, and no `Vary`",
      "`private, no-store`"),
  TYPE_IGNORED(
      "bodies of any type are taken",
      API8_MISCONFIGURATION,
      436,
      "every operation with a body",
      "a loan sent as `text/plain` gives 201",
      "415"),
  ODD_BODY_FAILS(
      "a body of an odd form breaks the service",
      API8_MISCONFIGURATION,
      248,
      "every operation with a body",
      "`{\"data\":{\"type\":\"loans\",\"attributes\":[]}}` gives 500",
      "400"),
  ANSWER_OFF_CONTRACT(
      "answers are not what the contract says",
      API8_MISCONFIGURATION,
      1059,
      "GET /books/{bookId}",
      "a book's `attributes` have no `title`, which is promised",
      "answers keep to the contract");

  private final Story story;

  LibraryFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }
}
