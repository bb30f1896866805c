package dev.gatewarden.demo.broken.forum;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API3_PROPERTY_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API6_BUSINESS_FLOWS;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;
import java.util.List;

/// What the forum can do wrong.
public enum ForumFault implements Flaw {
  MESSAGE_READ(
      "messages of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /message",
      "bob gets `/message?id=1`, which is alice's, and reads it",
      "404, as for a message that is not there"),
  MESSAGE_DELETE(
      "messages of others can be thrown away",
      API1_OBJECT_AUTHORIZATION,
      639,
      "POST /message/delete",
      "bob posts `id=1` and gets 204; alice's message is gone",
      "404, and the message stays"),
  MESSAGE_FROM_OTHERS(
      "the form says who writes",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "POST /messages",
      "bob posts a message to carol with `from=alice`; carol gets it from alice",
      "it is from the caller, whatever the form says"),
  PROFILE_SETS_ROLE(
      "a change of one's profile takes a role",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "POST /profile",
      "bob posts `role=moderator`; his profile says so from then on",
      "the role stays what it was"),
  BAN_FOR_ALL(
      "a moderator's action is open to everybody",
      API5_FUNCTION_AUTHORIZATION,
      862,
      "POST /moderation/bans",
      "bob posts `user=carol` and gets 201; carol may write no more",
      "403 for whoever is no moderator"),
  BAN_BY_GET(
      "another method gets past the check of the role",
      API5_FUNCTION_AUTHORIZATION,
      650,
      "GET /moderation/bans",
      "bob gets `/moderation/bans?user=carol`; carol may write no more",
      "403, and getting changes nothing"),
  BOARD_GIVEN_TWICE(
      "a parameter given twice is checked once and used the other time",
      API8_MISCONFIGURATION,
      235,
      "GET /threads",
      "bob gets `/threads?board=general&board=staff` and reads what moderators write",
      "400: it may be given once"),
  CSRF_UNCHECKED(
      "forms of other websites are taken",
      API8_MISCONFIGURATION,
      352,
      "every POST with a session",
      "a thread posted with bob's cookie and without `csrf_token` gives 201",
      "403"),
  CSRF_OF_ANYBODY(
      "the token of another session opens a form",
      API8_MISCONFIGURATION,
      352,
      "every POST with a session",
      "a thread posted with bob's cookie and alice's `csrf_token` gives 201",
      "403"),
  OPEN_REDIRECT(
      "the forum leads wherever it is told",
      API8_MISCONFIGURATION,
      601,
      "GET /go",
      "`/go?to=https://evil.example/` gives 303 to that address",
      "400 for whatever is no path of the forum"),
  LOGIN_LEADS_AWAY(
      "the login leads wherever it is told",
      API2_AUTHENTICATION,
      601,
      "POST /login",
      "a login with `next=//evil.example` gives 303 to that address",
      "400 for whatever is no path of the forum"),
  LOGIN_UNLIMITED(
      "passwords may be guessed without end",
      API2_AUTHENTICATION,
      307,
      "POST /login",
      "ten wrong passwords for alice in a row give ten times 401",
      "429 with `Retry-After` from the sixth on"),
  LOGIN_TELLS_WHO_IS_KNOWN(
      "a failed login tells which names are known",
      API2_AUTHENTICATION,
      204,
      "POST /login",
      "the answer to a wrong password says `wrong password` for alice, and `no such user` for"
          + " somebody who is not there",
      "the same words for both"),
  DEFAULT_MODERATOR(
      "the account the software came with is still there",
      API2_AUTHENTICATION,
      1392,
      "POST /login",
      "`admin` with the password `admin` is let in",
      "401"),
  RESET_CODE_TOLD(
      "the answer holds the code that should go by mail",
      API2_AUTHENTICATION,
      640,
      "POST /reset",
      "bob asks for a new password for alice, reads the code in the answer, sets a password, and is"
          + " alice",
      "the answer says nothing; the code goes by mail"),
  RESET_TELLS_WHO_IS_KNOWN(
      "a forgotten password tells which addresses are known",
      API2_AUTHENTICATION,
      204,
      "POST /reset",
      "asking for alice gives 202, for somebody who is not there 404",
      "202 for both"),
  RESET_UNLIMITED(
      "mails may be sent without end",
      API6_BUSINESS_FLOWS,
      799,
      "POST /reset",
      "asking six times in a row for alice gives six times 202",
      "429 with `Retry-After` from the fourth on"),
  SESSION_AFTER_LOGOUT(
      "a session lives on after the logout",
      API2_AUTHENTICATION,
      613,
      "POST /logout",
      "bob logs out, and his cookie is still accepted",
      "401 with that cookie"),
  SESSION_FIXED(
      "a login keeps the session that was brought along",
      API2_AUTHENTICATION,
      384,
      "POST /login",
      "bob logs in with the cookie `sid=chosen-by-eve`; whoever sends that cookie is bob",
      "a login makes a session of its own"),
  SESSION_COUNTED(
      "sessions are counted up",
      API2_AUTHENTICATION,
      330,
      "POST /login",
      "two logins in a row give cookies that differ by one",
      "128 random bits"),
  SESSION_IN_ADDRESS(
      "the session may stand in the address",
      API2_AUTHENTICATION,
      598,
      "every operation with a session",
      "`/session?sid=…` gives 200 without a cookie",
      "401: only the cookie counts"),
  COOKIE_BARE(
      "scripts and other websites reach the cookie",
      API8_MISCONFIGURATION,
      1004,
      "POST /login",
      "`Set-Cookie` has neither `HttpOnly` nor `Secure` nor `SameSite`",
      "it has all three");

  private final Story story;

  ForumFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }

  @Override
  public List<? extends Flaw> alsoShows() {
    return this == CSRF_UNCHECKED ? List.of(CSRF_OF_ANYBODY) : List.of();
  }
}
