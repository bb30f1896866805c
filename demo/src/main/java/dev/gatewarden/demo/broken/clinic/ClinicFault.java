package dev.gatewarden.demo.broken.clinic;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API3_PROPERTY_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API4_RESOURCE_CONSUMPTION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;
import java.util.List;

/// What the clinic can do wrong.
public enum ClinicFault implements Flaw {
  TENANT_NOT_COMPARED(
      "the tenant of the path is not held against the token's",
      API1_OBJECT_AUTHORIZATION,
      639,
      "everything below /t/{tenant}",
      "carol, of south, gets `/t/north/notices` and reads what is for north",
      "404 for a tenant that is not the caller's"),
  RECORD_OF_OTHER_TENANT(
      "a record is found below any tenant",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /t/{tenant}/records/{recordId}",
      "ada, who administers north, gets a record of carol's, of south, below `/t/north/records`",
      "404: there is no such record below that tenant"),
  RECORD_READ(
      "records of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /t/{tenant}/records/{recordId}",
      "bob gets the id of alice's record below `/t/north/records` and reads it",
      "404, as for a record that is not there"),
  RECORD_WRITE_SAID_ABSENT(
      "records of others are changed under a 404",
      API1_OBJECT_AUTHORIZATION,
      696,
      "PUT /t/{tenant}/records/{recordId}",
      "bob puts a new text to alice's record and gets 404; alice reads the new text",
      "404, and nothing changes"),
  LIST_IGNORES_OWNER(
      "the list holds what belongs to others",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /t/{tenant}/records",
      "bob gets `/t/north/records` and finds records whose `patientId` is alice",
      "the list holds the caller's own"),
  CREATE_FOR_OTHERS(
      "the body says whose a new record is",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "POST /t/{tenant}/records",
      "bob posts a record with `\"patientId\":\"alice\"`; alice finds it among hers",
      "the caller is the patient, whatever the body says"),
  PROFILE_SETS_ROLE(
      "a change of one's profile takes a role",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "PATCH /t/{tenant}/me",
      "bob sends `{\"role\":\"admin\"}`; his profile says `admin` from then on",
      "the role stays what it was"),
  PROFILE_SETS_NESTED(
      "a change takes a field hidden one level down",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "PATCH /t/{tenant}/me",
      "bob sends `{\"settings\":{\"insurance\":\"private\"}}`; his profile says so from then on",
      "the insurance stays what it was"),
  MEMBERS_TELL_TOO_MUCH(
      "a list of names holds national ids and password hashes",
      API3_PROPERTY_AUTHORIZATION,
      213,
      "GET /t/{tenant}/members",
      "bob gets `/t/north/members`; each entry has `nationalId` and `passwordHash`",
      "entries have an id and a name"),
  ROLE_CHANGE_FOR_ALL(
      "an administrator's action is open to everybody",
      API5_FUNCTION_AUTHORIZATION,
      862,
      "PUT /t/{tenant}/members/{memberId}/role",
      "bob puts `{\"role\":\"admin\"}` to `/t/north/members/bob/role` and gets 200",
      "403 for whoever is no administrator"),
  WEAK_SECRET(
      "tokens are signed with a secret from every word list",
      API2_AUTHENTICATION,
      1391,
      "every operation with a token",
      "a token that anybody signs by HMAC with `secret` is accepted",
      "401: the secret is 32 random bytes"),
  ALG_NONE(
      "tokens that say they are not signed are accepted",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token with `\"alg\":\"none\"` and an empty signature is accepted",
      "401: only HS256"),
  SIGNATURE_IGNORED(
      "nobody looks at the signature",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "bob's token with another `sub` and its old signature is accepted",
      "401"),
  SIGNATURE_CUT(
      "only as much of the signature is compared as there is",
      API2_AUTHENTICATION,
      187,
      "every operation with a token",
      "a token whose signature is left empty, or cut, is accepted",
      "401"),
  EXPIRED_TOKEN(
      "tokens never end",
      API2_AUTHENTICATION,
      613,
      "every operation with a token",
      "a token whose `exp` has passed an hour ago is accepted",
      "401"),
  LOGOUT_FORGOTTEN(
      "a token lives on after the logout",
      API2_AUTHENTICATION,
      613,
      "POST /auth/logout",
      "bob logs out, and his token is still accepted",
      "401 with that token"),
  LOGIN_UNLIMITED(
      "passwords may be guessed without end",
      API2_AUTHENTICATION,
      307,
      "POST /auth/login",
      "ten wrong passwords for alice in a row give ten times 401",
      "429 with `Retry-After` from the sixth on"),
  LOGIN_TELLS_WHO_IS_KNOWN(
      "a failed login tells which addresses are known",
      API2_AUTHENTICATION,
      204,
      "POST /auth/login",
      "a wrong password gives 401 for alice, and 404 for somebody who is not there",
      "401 with the same body for both"),
  BODY_UNBOUNDED(
      "bodies of any size are taken and kept",
      API4_RESOURCE_CONSUMPTION,
      770,
      "POST /t/{tenant}/records",
      "a record with a text of 200 kB is answered with 201",
      "413 beyond 64 KiB, 400 beyond 4000 characters"),
  CACHED_FOR_EVERYBODY(
      "a cache in the service forgets who asked",
      API8_MISCONFIGURATION,
      524,
      "GET /t/{tenant}/me",
      "alice gets `/t/north/me`, then bob does, and sees alice's profile",
      "each sees their own"),
  ANSWER_OFF_CONTRACT(
      "answers are not what the contract says",
      API8_MISCONFIGURATION,
      1059,
      "GET /t/{tenant}/records/{recordId}",
      "a record's `createdAt` is a number and its `state` none of the promised ones",
      "answers keep to the contract");

  private final Story story;

  ClinicFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }

  @Override
  public List<? extends Flaw> alsoShows() {
    return this == SIGNATURE_IGNORED ? List.of(WEAK_SECRET, ALG_NONE, SIGNATURE_CUT) : List.of();
  }
}
