package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Mount;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Routes;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What recorded traffic shows of a contract's objects.
public final class Traffic {
  private static final Bounds TOKEN = new Bounds(64 << 10, 16, 1_000);
  private final Map<Operation, String> places;
  private final List<Routes> routes = new ArrayList<>();
  private final List<Bindings.Seen> seen = new ArrayList<>();
  private int unmatched;

  public Traffic(Contract contract) {
    this.places = Bindings.places(contract);
    // behind its own base path, and without it: a recording may be from either side of a proxy
    contract.servers().stream()
        .map(server -> server.basePath())
        .distinct()
        .forEach(base -> routes.add(new Routes(List.of(new Mount(contract, "", base)))));
    routes.add(new Routes(List.of(new Mount(contract, "", ""))));
  }

  /// What was seen so far.
  public List<Bindings.Seen> seen() {
    return List.copyOf(seen);
  }

  /// How many answers belong to no operation of the contract.
  public int unmatched() {
    return unmatched;
  }

  /// Adds a recording (HTTP Archive 1.2).
  ///
  /// @param caller what is known of whoever called, by the words of the binding language; where it
  ///     is empty, what the bearer token of each request says, which nobody has to verify here
  /// @throws ProblemsException where it is no HTTP Archive
  public void add(Origin origin, byte[] text, Map<String, String> caller) {
    add(Har.read(origin, text), caller);
  }

  /// Adds a recording that was read before.
  ///
  /// @param caller as for the recording's text
  public void add(List<Har.Entry> entries, Map<String, String> caller) {
    for (Har.Entry entry : entries) {
      Node body = entry.body();
      if (body == null) {
        continue;
      }
      Operation operation = operation(entry);
      if (operation == null) {
        unmatched++;
        continue;
      }
      String place = places.get(operation);
      Map<String, String> who = caller.isEmpty() ? claims(entry.token()) : caller;
      if (place != null && !who.isEmpty() && entry.status() >= 200 && entry.status() < 300) {
        List<Map<String, String>> values = new ArrayList<>();
        objects(body, place).forEach(each -> values.add(Har.values(each)));
        if (!values.isEmpty()) {
          seen.add(new Bindings.Seen(operation, who, values));
        }
      }
    }
  }

  private @Nullable Operation operation(Har.Entry entry) {
    String path = entry.url().getRawPath();
    for (Routes each : routes) {
      if (path != null && each.route(entry.method(), "", path) instanceof Routing.Matched matched) {
        return matched.operation();
      }
    }
    return null;
  }

  private static List<Obj> objects(Node body, String place) {
    boolean list = place.endsWith("/*");
    Pointer steps = Pointer.parse(list ? place.substring(0, place.length() - 2) : place);
    Node here = body;
    for (String step : steps == null ? List.<String>of() : steps.tokens()) {
      if (!(here instanceof Obj object) || object.get(step) == null) {
        return List.of();
      }
      here = java.util.Objects.requireNonNull(object.get(step));
    }
    List<Obj> objects = new ArrayList<>();
    if (list && here instanceof Node.Arr(var _, List<Node> items)) {
      items.forEach(
          each -> {
            if (each instanceof Obj object) {
              objects.add(object);
            }
          });
    } else if (!list && here instanceof Obj object) {
      objects.add(object);
    }
    return objects;
  }

  /// What a token says of its subject, by the words of the binding language.
  private static Map<String, String> claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Map.of();
    }
    Map<String, String> claims = new LinkedHashMap<>();
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      Origin origin = new Origin(URI.create("token.json"), "a token");
      if (new DocumentReader(TOKEN).read(origin, payload) instanceof Obj object) {
        Har.values(object).forEach((pointer, value) -> claims.put(word(pointer), value));
      }
    } catch (ProblemsException | IllegalArgumentException none) {
      return Map.of();
    }
    claims.keySet().removeIf(String::isEmpty);
    return claims;
  }

  private static String word(String pointer) {
    return switch (pointer) {
      case "/sub" -> "principal.subject";
      case "/client_id", "/azp" -> "principal.client";
      case "/tenant" -> "principal.tenant";
      case "/iss", "/aud", "/exp", "/iat", "/nbf", "/jti", "/scope" -> "";
      default -> "principal.claim(" + pointer + ")";
    };
  }
}
