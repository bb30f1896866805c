package dev.gatewarden.demo.broken.passport;

import static dev.gatewarden.demo.broken.passport.PassportFault.IMPLICIT_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.passport.PassportFault.NOTE_READ;
import static dev.gatewarden.demo.broken.passport.PassportFault.PASSWORD_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.SCOPE_IGNORED;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Issuing;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.http.Answer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The authorization server, and people's notes beside it.
public final class PassportApi extends BrokenApi<PassportFault> implements Issuing {

  private final Map<String, ObjectNode> notes = new TreeMap<>();
  private final Mint mint;
  private final LoginDesk logins;
  private final GrantDesk grants;
  private final AccessCheck access;
  private final Routes routes = new Routes();
  private int lastNote;

  public PassportApi(Set<PassportFault> faults, Clock clock) {
    super(PassportFault.class, faults, clock);
    this.mint = new Mint(clock);
    this.logins = new LoginDesk(on(LOGIN_UNLIMITED), clock);
    this.grants = new GrantDesk(this::on, mint, logins, clock);
    this.access = new AccessCheck(this::on, mint, clock);
    routes
        .on("POST", "/login", logins::login)
        .on("GET", "/authorize", grants::authorize)
        .on("POST", "/token", grants::token)
        .on("POST", "/revoke", grants::revoke)
        .on("GET", "/jwks", _ -> json(200, PassportKeys.set()))
        .on("GET", "/.well-known/oauth-authorization-server", _ -> json(200, metadata()))
        .on("GET", "/me", this::me)
        .on("GET", "/notes", this::notes)
        .on("POST", "/notes", this::write)
        .on("GET", "/notes/{noteId}", this::read)
        .on("DELETE", "/notes/{noteId}", this::remove);
  }

  @Override
  public void reachedAt(URI uri) {
    mint.reachedAt(uri);
  }

  @Override
  public String signed(ObjectNode wishes) {
    return mint.signed(wishes);
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected Answer error(int status, String title) {
    return json(status, Ask.json().put("error", title));
  }

  @Override
  protected void fill() {
    mint.clear();
    logins.clear();
    grants.clear();
    notes.clear();
    lastNote = 0;
    note("alice", "the safe opens with 1-2-3");
    note("bob", "buy milk");
    note("carol", "call the bank");
    note("dave", "water the plants");
  }

  private ObjectNode metadata() {
    ObjectNode json =
        Ask.json()
            .put("issuer", mint.issuer())
            .put("authorization_endpoint", mint.issuer() + "/authorize")
            .put("token_endpoint", mint.issuer() + "/token")
            .put("revocation_endpoint", mint.issuer() + "/revoke")
            .put("jwks_uri", mint.issuer() + "/jwks");
    texts(json, "response_types_supported", on(IMPLICIT_GRANT), "code", "token");
    ArrayNode grants = json.putArray("grant_types_supported");
    grants.add("authorization_code").add("refresh_token");
    if (on(PASSWORD_GRANT)) {
      grants.add("password");
    }
    json.putArray("code_challenge_methods_supported").add("S256");
    json.putArray("token_endpoint_auth_methods_supported").add("none");
    return json;
  }

  private static void texts(ObjectNode json, String name, boolean more, String one, String other) {
    ArrayNode list = json.putArray(name).add(one);
    if (more) {
      list.add(other);
    }
  }

  private Answer me(Ask ask) {
    ObjectNode claims = caller(ask);
    String user = Jwt.text(claims, "sub");
    return json(
        200, Ask.json().put("sub", user).put("tenant", Mint.tenant(user)).put("name", user));
  }

  private Answer notes(Ask ask) {
    String user = caller(ask, "notes:read");
    ObjectNode json = Ask.json();
    ArrayNode found = json.putArray("notes");
    notes.values().stream()
        .filter(note -> note.path("owner").asString().equals(user))
        .limit(100)
        .forEach(found::add);
    return json(200, json);
  }

  private Answer write(Ask ask) {
    String user = caller(ask, "notes:write");
    ObjectNode wish = ask.object("application/json");
    Fields.of(wish).needs("text").text("text", 1, 500).only();
    ObjectNode made = note(user, wish.path("text").asString());
    return json(201, made).with("location", "/notes/" + made.path("id").asString());
  }

  private Answer read(Ask ask) {
    return json(200, note(ask, caller(ask, "notes:read"), on(NOTE_READ)));
  }

  private Answer remove(Ask ask) {
    notes.remove(note(ask, caller(ask, "notes:write"), false).path("id").asString());
    return Answer.empty(204);
  }

  private ObjectNode note(Ask ask, String user, boolean open) {
    ObjectNode note = notes.get(ask.path("noteId"));
    if (note == null || !(open || note.path("owner").asString().equals(user))) {
      throw new Refused(404, "no such note");
    }
    return note;
  }

  private String caller(Ask ask, String scope) {
    ObjectNode claims = caller(ask);
    boolean granted = List.of(Jwt.text(claims, "scope").split(" ", -1)).contains(scope);
    if (!granted && !on(SCOPE_IGNORED)) {
      throw new Refused(
          403, "insufficient_scope", "www-authenticate", "Bearer error=\"insufficient_scope\"");
    }
    return Jwt.text(claims, "sub");
  }

  private ObjectNode caller(Ask ask) {
    ObjectNode claims = access.believed(ask.request().bearer());
    if (claims == null || Mint.tenant(Jwt.text(claims, "sub")).isEmpty()) {
      throw new Refused(401, "invalid_token", "www-authenticate", "Bearer error=\"invalid_token\"");
    }
    return claims;
  }

  private ObjectNode note(String owner, String text) {
    String id = "n" + ++lastNote;
    ObjectNode note =
        Ask.json()
            .put("id", id)
            .put("owner", owner)
            .put("tenant", Mint.tenant(owner))
            .put("text", text);
    notes.put(id, note);
    return note;
  }

  private static Answer json(int status, ObjectNode json) {
    return Answer.json(status, json.toString());
  }
}
