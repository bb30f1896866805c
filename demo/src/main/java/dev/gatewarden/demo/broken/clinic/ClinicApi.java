package dev.gatewarden.demo.broken.clinic;

import static dev.gatewarden.demo.broken.clinic.ClinicFault.ANSWER_OFF_CONTRACT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.BODY_UNBOUNDED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.CACHED_FOR_EVERYBODY;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.CREATE_FOR_OTHERS;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LIST_IGNORES_OWNER;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGIN_TELLS_WHO_IS_KNOWN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.MEMBERS_TELL_TOO_MUCH;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.PROFILE_SETS_NESTED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.PROFILE_SETS_ROLE;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_OF_OTHER_TENANT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_READ;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.RECORD_WRITE_SAID_ABSENT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.ROLE_CHANGE_FOR_ALL;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.TENANT_NOT_COMPARED;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Attempts;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Issuing;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The clinic.
public final class ClinicApi extends BrokenApi<ClinicFault> implements Issuing {

  private static final String JSON = "application/json";
  private static final int LONGEST_TEXT = 4000;

  private final Map<String, ObjectNode> members = new LinkedHashMap<>();
  private final Map<String, ObjectNode> records = new LinkedHashMap<>();
  private final Map<String, Answer> cache = new HashMap<>();
  private final ClinicTokens tokens;
  private final Attempts logins;
  private final Routes routes = new Routes();

  public ClinicApi(Set<ClinicFault> faults, Clock clock) {
    super(ClinicFault.class, faults, clock);
    this.tokens = new ClinicTokens(this::on, clock);
    this.logins = new Attempts(clock, 5, Duration.ofMinutes(1));
    routes
        .on("POST", "/auth/login", this::login)
        .on("POST", "/auth/logout", this::logout)
        .on("GET", "/t/{tenant}/notices", this::notices)
        .on("GET", "/t/{tenant}/members", this::members)
        .on("PUT", "/t/{tenant}/members/{memberId}/role", this::changeRole)
        .on("GET", "/t/{tenant}/me", this::me)
        .on("PATCH", "/t/{tenant}/me", this::changeMe)
        .on("GET", "/t/{tenant}/records", this::records)
        .on("POST", "/t/{tenant}/records", this::create)
        .on("GET", "/t/{tenant}/records/{recordId}", this::read)
        .on("PUT", "/t/{tenant}/records/{recordId}", this::change)
        .on("DELETE", "/t/{tenant}/records/{recordId}", this::remove);
  }

  @Override
  public void reachedAt(URI uri) {
    // Its tokens name it by a word.
  }

  @Override
  public String signed(ObjectNode wishes) {
    return tokens.signed(wishes);
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected int mostBody(Ask ask) {
    return on(BODY_UNBOUNDED) ? Integer.MAX_VALUE : super.mostBody(ask);
  }

  @Override
  protected Answer error(int status, String title) {
    ObjectNode json = Ask.json();
    json.putObject("error").put("code", status).put("message", title);
    return Answer.json(status, json.toString());
  }

  @Override
  protected void fill() {
    members.clear();
    records.clear();
    cache.clear();
    tokens.clear();
    logins.clear();
    for (Who who : Who.ALL) {
      String name = who.name();
      ObjectNode member =
          Ask.json()
              .put("id", name)
              .put("tenantId", who.tenant())
              .put("displayName", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
              .put("email", name + "@" + who.tenant() + ".example")
              .put("role", who.admin() ? "admin" : "patient");
      member.putObject("settings").put("language", "en").put("insurance", "public");
      members.put(name, member);
    }
    put("3b1f7a52-9c0e-4d6b-8a41-0f6e2d9c7a11", Who.ALICE, "Allergy", "cannot stand penicillin");
    put("a94c0d1e-52f7-4b8e-9d63-1c7b5e2f8a22", Who.BOB, "Knee", "fell off a ladder");
    put("c7d2e3f4-6a1b-4c5d-8e9f-2a3b4c5d6e33", Who.CAROL, "Back", "sits too much");
    put("d0e1f2a3-7b8c-4d9e-a0b1-3c4d5e6f7a44", Who.DAVE, "Eyes", "reads too much");
  }

  private Answer login(Ask ask) {
    ObjectNode wish = ask.object(JSON);
    Fields.of(wish).needs("email", "password").text("email", 1, 120).text("password", 1, 120);
    String email = wish.path("email").asString();
    if (!on(LOGIN_UNLIMITED)) {
      logins.check(email);
    }
    ObjectNode member =
        members.values().stream()
            .filter(each -> each.path("email").asString().equals(email))
            .findFirst()
            .orElse(null);
    if (member == null && on(LOGIN_TELLS_WHO_IS_KNOWN)) {
      throw new Refused(404, "there is no such account");
    }
    if (member == null || !wish.path("password").asString().equals(password(member))) {
      logins.count(email);
      throw new Refused(401, "address or password is wrong", "www-authenticate", "Bearer");
    }
    logins.forget(email);
    ObjectNode data =
        Ask.json().put("token", tokens.issue(who(member))).put("expiresIn", ClinicTokens.LIFETIME);
    return enveloped(200, data);
  }

  private Answer logout(Ask ask) {
    tokens.end(claims(ask));
    return Answer.empty(204);
  }

  private Answer notices(Ask ask) {
    member(ask);
    ArrayNode data = Ask.json().putArray("data");
    data.addObject().put("id", 1).put("text", "the desk of " + ask.path("tenant") + " is closed");
    return enveloped(200, data);
  }

  private Answer members(Ask ask) {
    member(ask);
    ArrayNode data = Ask.json().putArray("data");
    for (ObjectNode member : members.values()) {
      if (member.path("tenantId").asString().equals(ask.path("tenant"))) {
        ObjectNode entry = data.addObject();
        entry.set("id", member.path("id"));
        entry.set("displayName", member.path("displayName"));
        if (on(MEMBERS_TELL_TOO_MUCH)) {
          entry
              .put("nationalId", "19800101-" + member.path("id").asString().length())
              .put("passwordHash", Integer.toHexString(password(member).hashCode()));
        }
      }
    }
    return enveloped(200, data);
  }

  private Answer changeRole(Ask ask) {
    Who who = member(ask);
    if (!who.admin() && !on(ROLE_CHANGE_FOR_ALL)) {
      throw new Refused(403, "for administrators");
    }
    ObjectNode wish = ask.object(JSON);
    Fields.of(wish).needs("role").choice("role", List.of("patient", "admin")).only();
    ObjectNode member = members.get(ask.path("memberId"));
    if (member == null || !member.path("tenantId").asString().equals(ask.path("tenant"))) {
      throw new Refused(404, "no such member");
    }
    member.set("role", wish.path("role"));
    return enveloped(200, member);
  }

  private Answer me(Ask ask) {
    Who who = member(ask);
    return on(CACHED_FOR_EVERYBODY)
        ? cache.computeIfAbsent(ask.request().path(), _ -> enveloped(200, profile(who)))
        : enveloped(200, profile(who));
  }

  private Answer changeMe(Ask ask) {
    Who who = member(ask);
    ObjectNode wish = ask.object(JSON);
    Fields.of(wish).text("displayName", 1, 80).object("settings");
    Fields.of(wish.path("settings").isObject() ? (ObjectNode) wish.path("settings") : Ask.json())
        .choice("language", List.of("en", "no", "pt"));
    ObjectNode member = profile(who);
    copy(wish, member, "displayName");
    if (on(PROFILE_SETS_ROLE) && wish.path("role").isString()) {
      copy(wish, member, "role");
    }
    ObjectNode settings = (ObjectNode) member.path("settings");
    copy(wish.path("settings"), settings, "language");
    if (on(PROFILE_SETS_NESTED) && wish.path("settings").path("insurance").isString()) {
      copy(wish.path("settings"), settings, "insurance");
    }
    cache.clear();
    return enveloped(200, member);
  }

  private Answer records(Ask ask) {
    Who who = member(ask);
    ArrayNode data = Ask.json().putArray("data");
    records.values().stream()
        .filter(each -> each.path("tenantId").asString().equals(ask.path("tenant")))
        .filter(
            each -> on(LIST_IGNORES_OWNER) || each.path("patientId").asString().equals(who.name()))
        .limit(100)
        .forEach(data::add);
    return enveloped(200, data);
  }

  private Answer create(Ask ask) {
    Who who = member(ask);
    ObjectNode wish = ask.object(JSON);
    checked(wish);
    ObjectNode made =
        put(
            UUID.randomUUID().toString(),
            who,
            wish.path("title").asString(),
            wish.path("text").asString());
    made.put("tenantId", ask.path("tenant"));
    if (on(CREATE_FOR_OTHERS) && wish.path("patientId").isString()) {
      copy(wish, made, "patientId");
    }
    return enveloped(201, made)
        .with("location", ask.request().path() + "/" + made.path("id").asString());
  }

  private Answer read(Ask ask) {
    ObjectNode found = record(ask, member(ask), on(RECORD_READ));
    ObjectNode told = found.deepCopy();
    if (on(ANSWER_OFF_CONTRACT)) {
      told.put("createdAt", clock.instant().getEpochSecond()).put("state", "Pending review");
    }
    return enveloped(200, told);
  }

  private Answer change(Ask ask) {
    Who who = member(ask);
    ObjectNode wish = ask.object(JSON);
    ObjectNode found = record(ask, who, on(RECORD_WRITE_SAID_ABSENT));
    checked(wish);
    copy(wish, found, "title");
    copy(wish, found, "text");
    return enveloped(200, record(ask, who, false));
  }

  private Answer remove(Ask ask) {
    records.remove(record(ask, member(ask), false).path("id").asString());
    return Answer.empty(204);
  }

  private ObjectNode record(Ask ask, Who who, boolean open) {
    ObjectNode found = records.get(ask.path("recordId").toLowerCase(Locale.ROOT));
    boolean below =
        found != null
            && (on(RECORD_OF_OTHER_TENANT)
                || found.path("tenantId").asString().equals(ask.path("tenant")));
    if (found == null
        || !below
        || !(open || who.admin() || found.path("patientId").asString().equals(who.name()))) {
      throw new Refused(404, "no such record");
    }
    return found;
  }

  /// The caller, who belongs to the tenant of the path.
  private Who member(Ask ask) {
    Who who = who(profile(claims(ask)));
    if (!who.tenant().equals(ask.path("tenant")) && !on(TENANT_NOT_COMPARED)) {
      throw new Refused(404, "no such tenant");
    }
    return who;
  }

  private ObjectNode claims(Ask ask) {
    ObjectNode claims = tokens.believed(ask.request().bearer());
    if (claims == null || !members.containsKey(Jwt.text(claims, "sub"))) {
      throw new Refused(401, "who are you", "www-authenticate", "Bearer");
    }
    return claims;
  }

  private ObjectNode profile(ObjectNode claims) {
    return known(members.get(Jwt.text(claims, "sub")));
  }

  private ObjectNode profile(Who who) {
    return known(members.get(who.name()));
  }

  private static ObjectNode known(@Nullable ObjectNode member) {
    if (member == null) {
      throw new IllegalStateException("whoever is believed is a member");
    }
    return member;
  }

  private static Who who(ObjectNode member) {
    return new Who(
        member.path("id").asString(),
        member.path("tenantId").asString(),
        member.path("role").asString().equals("admin"));
  }

  private static String password(ObjectNode member) {
    return member.path("id").asString() + "-likes-tea";
  }

  private void checked(ObjectNode wish) {
    Fields.of(wish)
        .needs("title", "text")
        .text("title", 1, 100)
        .text("text", 1, on(BODY_UNBOUNDED) ? Integer.MAX_VALUE : LONGEST_TEXT);
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.has(name)) {
      to.set(name, from.path(name));
    }
  }

  private ObjectNode put(String id, Who whose, String title, String text) {
    ObjectNode made =
        Ask.json()
            .put("id", id)
            .put("tenantId", whose.tenant())
            .put("patientId", whose.name())
            .put("title", title)
            .put("text", text)
            .put("state", "open")
            .put("createdAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    records.put(id, made);
    return made;
  }

  private static Answer enveloped(int status, JsonNode data) {
    ObjectNode json = Ask.json();
    json.set("data", data);
    json.putObject("meta").put("version", "2.1");
    return Answer.json(status, json.toString());
  }
}
