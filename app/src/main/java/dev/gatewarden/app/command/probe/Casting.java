package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.probe.IdentitiesFile.Player;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.core.probe.SignIn;
import dev.gatewarden.platform.probing.Cast;
import dev.gatewarden.platform.probing.Courier;
import dev.gatewarden.platform.probing.PublicKeys;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the identities of a run out of the file that names them: reads the secrets, logs in, and
/// reads out of tokens who they say that they are.
public final class Casting {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 32, 50_000);

  /// Carries nothing.
  private static final Courier NOBODY =
      new Courier() {
        @Override
        public Answer send(Errand errand) {
          throw new GatewardenBug("a rehearsal sends nothing");
        }

        @Override
        public void hide(String secret) {}
      };

  /// Stands for whoever vouches: the tester does.
  private static final String ISSUER = "tester";

  private final Contract contract;
  private final Secrets secrets;
  private final Target target;

  /// Whether nothing is to be sent.
  private final boolean rehearsal;

  /// Carries what is sent.
  private final Courier courier;

  private final Recorded recorded;

  /// The credential that stands in a collection or a recording.
  @FunctionalInterface
  public interface Recorded {
    List<Presented> in(Path file);
  }

  private Casting(
      Contract contract,
      Secrets secrets,
      Target target,
      Courier courier,
      Recorded recorded,
      boolean rehearsal) {
    this.courier = courier;
    this.recorded = recorded;
    this.rehearsal = rehearsal;
    this.contract = contract;
    this.secrets = secrets;
    this.target = target;
  }

  /// @param wire what is sent goes out by
  /// @param recorded what `from` names
  /// @throws ProblemsException with everything that is wrong with the file
  /// @throws IOException where a secret is missing or a login does not work, in words
  public static Cast read(
      Contract contract,
      Path folder,
      Path file,
      Map<String, String> environment,
      Target target,
      Wire wire,
      Recorded recorded)
      throws IOException {
    try {
      return read(contract, folder, file, environment, target, wire, recorded, false);
    } catch (Scene.Spent spent) {
      throw new IOException(wire.spent() + " before everybody was logged in", spent);
    }
  }

  /// Who there is, without a login: what only a login would tell of them is not known.
  public static List<Identity> rehearsed(
      Contract contract,
      Path folder,
      Path file,
      Map<String, String> environment,
      Target target,
      Recorded recorded)
      throws IOException {
    return read(contract, folder, file, environment, target, NOBODY, recorded, true).identities();
  }

  private static Cast read(
      Contract contract,
      Path folder,
      Path file,
      Map<String, String> environment,
      Target target,
      Courier courier,
      Recorded recorded,
      boolean rehearsal)
      throws IOException {
    Path found = folder.resolve(file).normalize();
    Node root =
        new DocumentReader(BOUNDS)
            .read(new Place.Origin(found.toUri(), file.toString()), Files.readAllBytes(found));
    if (!(root instanceof Node.Obj object)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  root.place(),
                  "identities are a map",
                  "write `identities: {alice: {token: env:ALICE_TOKEN}}`")));
    }
    IdentitiesFile read = ConfigurationReader.file(object, IdentitiesFile.class);
    Path home = found.getParent() == null ? folder : found.getParent();
    Recorded below = named -> recorded.in(home.resolve(named));
    Casting casting =
        new Casting(contract, new Secrets(home, environment), target, courier, below, rehearsal);
    List<Identity> identities = new ArrayList<>();
    for (Map.Entry<String, Player> each : read.identities().entrySet()) {
      identities.add(casting.identity(each.getKey(), each.getValue(), read.oauth()));
    }
    List<byte[]> keys =
        read.keys() == null
            ? List.of()
            : PublicKeys.asSecrets(Files.readAllBytes(read.keys().in(home)));
    List<String> secrets = new ArrayList<>();
    for (IdentitiesFile.Sender each : read.senders().values()) {
      secrets.add(casting.filled(each.secret()));
    }
    return new Cast(
        identities,
        keys,
        secrets,
        casting.mint(read.mint()),
        casting.again(read.identities()),
        casting.oauth(read.oauth()),
        rehearsal ? null : casting.signIn(read));
  }

  private @Nullable OAuth oauth(IdentitiesFile.@Nullable Flow flow) throws IOException {
    return flow == null || rehearsal || flow.clients().isEmpty() ? null : server().of(flow);
  }

  private @Nullable SignIn signIn(IdentitiesFile read) throws IOException {
    IdentitiesFile.Flow flow = read.oauth();
    return flow == null ? null : server().signIn(flow, people(read.identities(), flow));
  }

  /// How everybody begins a session at the authorization server who can.
  private Map<String, Identity.Login> people(Map<String, Player> players, IdentitiesFile.Flow flow)
      throws IOException {
    Map<String, Identity.Login> people = new LinkedHashMap<>();
    for (Map.Entry<String, Player> each : players.entrySet()) {
      Identity.Login login = login(each.getValue(), flow.login());
      if (login != null) {
        people.put(each.getKey(), login);
      }
    }
    return people;
  }

  private AuthorizationServer server() {
    return new AuthorizationServer(target, courier, this::filled);
  }

  private Cast.Mint mint(IdentitiesFile.@Nullable Mint mint) {
    return mint == null
        ? (_, _) -> null
        : (claims, by) -> new Login(target, by, this::filled).minted(mint, claims);
  }

  private Cast.Again again(Map<String, Player> players) {
    return (identity, by) -> {
      Player player = players.get(identity.name());
      if (player == null || player.login() == null) {
        return null;
      }
      try {
        return identity.presenting(
            identity.name(),
            new Login(target, by, this::filled).as(identity.name(), player.login()));
      } catch (IOException refused) {
        return null;
      }
    };
  }

  private Identity identity(String name, Player player, IdentitiesFile.@Nullable Flow flow)
      throws IOException {
    List<Presented> presents = new ArrayList<>();
    if (player.token() != null) {
      presents.add(new Presented(Where.HEADER, "Authorization", "Bearer ", filled(player.token())));
    }
    if (player.key() != null) {
      presents.add(keyed(name, filled(player.key())));
    }
    if (player.login() != null) {
      presents.addAll(
          rehearsal
              ? Login.standIn(player.login())
              : new Login(target, courier, this::filled).as(name, player.login()));
    }
    if (player.basic() != null) {
      String pair = player.basic().user() + ":" + filled(player.basic().password());
      String coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      presents.add(new Presented(Where.HEADER, "Authorization", "Basic ", coded));
    }
    if (player.from() != null) {
      presents.addAll(recorded.in(Path.of(player.from().written())));
    }
    add(presents, Where.HEADER, player.headers());
    add(presents, Where.COOKIE, player.cookies());
    add(presents, Where.QUERY, player.query());
    if (presents.isEmpty() && flow != null && flow.callback() != null) {
      presents.addAll(signedIn(name, player, flow));
    }
    if (presents.isEmpty()) {
      throw new IOException(
          "`" + name + "` presents nothing; give it a `token`, a `login` or one of the others");
    }
    Map<String, List<String>> owns = new LinkedHashMap<>();
    player
        .owns()
        .forEach(
            (type, ids) ->
                owns.put(type, ids.stream().map(IdentitiesFile.ObjectId::text).toList()));
    Node.Obj claims = claims(presents);
    boolean scoped =
        player.scopes() != null || claims.get("scope") != null || claims.get("scp") != null;
    return new Identity(
        name, principal(name, player, claims), presents, owns, login(player, flow), scoped);
  }

  /// What the API's own callback gives somebody.
  private List<Presented> signedIn(String name, Player player, IdentitiesFile.Flow flow)
      throws IOException {
    Identity.Login login = login(player, flow.login());
    if (login == null) {
      return List.of();
    }
    if (rehearsal) {
      return List.of(new Presented(Where.COOKIE, "login", "", "stand-in"));
    }
    return new BrowserLogin(courier).as(name, login, server().signIn(flow, Map.of(name, login)));
  }

  private Identity.@Nullable Login login(Player player, IdentitiesFile.@Nullable Flow flow)
      throws IOException {
    IdentitiesFile.Login recipe = player.login();
    if (recipe == null) {
      return flow == null ? null : login(player, flow.login());
    }
    Map<String, String> filled = new LinkedHashMap<>();
    boolean form = !recipe.form().isEmpty();
    for (Map.Entry<String, String> each : (form ? recipe.form() : recipe.json()).entrySet()) {
      filled.put(each.getKey(), filled(each.getValue()));
    }
    String path = recipe.path() == null ? "" : recipe.path();
    String url = recipe.url() == null ? target.root() + path : recipe.url();
    return new Identity.Login(path, url, filled, form);
  }

  private Identity.@Nullable Login login(Player player, IdentitiesFile.FlowLogin login)
      throws IOException {
    boolean form = !login.form().isEmpty();
    List<String> names = form ? login.form() : login.json();
    if (player.user() == null || player.password() == null || names.size() != 2) {
      return null;
    }
    Map<String, String> members = new LinkedHashMap<>();
    members.put(names.getFirst(), filled(player.user()));
    members.put(names.getLast(), filled(player.password()));
    String where = login.path() == null ? login.url() : login.path();
    if (where == null) {
      throw new IOException("the `login` of `oauth` is sent to a `path` or to a `url`");
    }
    OAuth.Endpoint at = server().endpoint(where);
    return new Identity.Login(at.path(), at.address(), members, form);
  }

  private void add(List<Presented> presents, Where where, Map<String, String> named)
      throws IOException {
    for (Map.Entry<String, String> each : named.entrySet()) {
      presents.add(new Presented(where, each.getKey(), "", filled(each.getValue())));
    }
  }

  /// Where the contract wants its one key.
  private Presented keyed(String name, String key) throws IOException {
    for (SecurityScheme scheme : contract.schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String parameter)) {
        Where where =
            switch (in) {
              case QUERY -> Where.QUERY;
              case COOKIE -> Where.COOKIE;
              case HEADER, PATH, QUERYSTRING -> Where.HEADER;
            };
        return new Presented(where, parameter, "", key);
      }
    }
    throw new IOException(
        "`"
            + name
            + "` has a `key`, and no scheme of the contract is an `apiKey`; name its place by"
            + " `headers`, `query` or `cookies`");
  }

  /// A value that may be a reference.
  private String filled(String value) throws IOException {
    return value.startsWith("env:") || value.startsWith("file:")
        ? text(SecretReference.parse(value))
        : value;
  }

  private String text(SecretReference reference) throws IOException {
    String text = new String(secrets.read(reference).revealed(), StandardCharsets.UTF_8);
    courier.hide(text);
    return text;
  }

  private static Principal principal(String name, Player player, Node.Obj claims) {
    String subject = said(player.subject(), claims, "sub");
    Set<String> scopes = new LinkedHashSet<>();
    Set<String> roles = new LinkedHashSet<>(player.roles());
    if (player.scopes() != null) {
      scopes.addAll(player.scopes());
    } else {
      String scope = said(null, claims, "scope");
      scopes.addAll(scope == null ? all(claims.get("scp")) : List.of(scope.split(" ", -1)));
    }
    if (roles.isEmpty()) {
      roles.addAll(all(claims.get("roles")));
      roles.addAll(all(claims.get("role")));
    }
    return new Principal(
        ISSUER,
        subject == null ? name : subject,
        said(player.tenant(), claims, "tenant"),
        said(player.client(), claims, "client_id"),
        scopes,
        roles,
        plain(claims),
        List.of());
  }

  private static @Nullable String said(@Nullable String beside, Node.Obj claims, String claim) {
    return beside == null ? Json.scalar(claims.get(claim)) : beside;
  }

  private static List<String> all(@Nullable Node node) {
    List<String> all = new ArrayList<>();
    if (node instanceof Node.Arr array) {
      array.items().forEach(each -> all.addAll(all(each)));
      return all;
    }
    String text = Json.scalar(node);
    if (text != null) {
      all.add(text);
    }
    return all;
  }

  private static Map<String, Object> plain(Node.Obj claims) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (Node.Member member : claims.entries()) {
      if (member.value() instanceof Node.Obj inner) {
        plain.put(member.name(), plain(inner));
        continue;
      }
      String text = Json.scalar(member.value());
      if (text != null) {
        plain.put(member.name(), text);
      }
    }
    return plain;
  }

  /// What the first token says, which nobody has to verify here.
  private static Node.Obj claims(List<Presented> presents) {
    for (Presented each : presents) {
      String[] parts = each.secret().split("\\.", -1);
      if (parts.length == 3) {
        try {
          Place.Origin origin = new Place.Origin(URI.create("token.json"), "a token");
          Node read =
              new DocumentReader(BOUNDS).read(origin, Base64.getUrlDecoder().decode(parts[1]));
          if (read instanceof Node.Obj claims) {
            return claims;
          }
        } catch (IllegalArgumentException | ProblemsException none) {
          // no token: another credential with two dots in it
        }
      }
    }
    return Json.EMPTY;
  }
}
