package dev.gatewarden.platform.probing.regression;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.probing.Attempt;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request by what stays the same when ids and credentials are others.
///
/// @param as who sends it, by name
/// @param operation its name in the contract, or what the probe calls a page of its own
/// @param request the method, the path as the contract writes it, and the names of what stands in
///     the query and at the top of a JSON body: `PATCH /parcels/{parcelId}?draft {note, weight}`
/// @param with what stood in the path, and what named an object elsewhere: the object by whose it
///     is, else the value
public record Shot(String as, String operation, String request, Map<String, String> with) {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 32, 10_000);
  private static final Place.Origin BODY =
      new Place.Origin(URI.create("file:///body.json"), "body.json");

  public Shot {
    with = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(with));
  }

  /// @param root what the contract's paths were written behind
  /// @param known the objects that were met
  public static Shot of(Contract contract, String root, List<KnownObject> known, Attempt attempt) {
    return of(contract, root, known, attempt, new ArrayList<>());
  }

  /// @param named is given the objects that the request is about
  public static Shot of(
      Contract contract,
      String root,
      List<KnownObject> known,
      Attempt attempt,
      List<KnownObject> named) {
    String below = attempt.url().startsWith(root) ? attempt.url().substring(root.length()) : "";
    String target = below.isEmpty() ? attempt.url() : below;
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    Operation operation = contract.operation(attempt.operation());
    Map<String, String> with = new LinkedHashMap<>();
    String shown = path;
    if (operation != null) {
      Map<String, String> values = values(operation.path(), path);
      if (values != null) {
        shown = operation.path().text();
        values.forEach((name, value) -> with.put(name, said(operation, name, value, known, named)));
      }
    }
    if (operation != null) {
      for (ObjectBinding binding : operation.objects().list()) {
        String value =
            elsewhere(binding.id(), query < 0 ? "" : target.substring(query + 1), attempt);
        KnownObject object = value == null ? null : known(binding.type().name(), value, known);
        if (object != null && binding.id() != null) {
          with.put(binding.id().text(), said(object));
          named.add(object);
        }
      }
    }
    StringBuilder text = new StringBuilder(attempt.method()).append(' ').append(shown);
    char before = '?';
    for (String name : names(query < 0 ? "" : target.substring(query + 1))) {
      text.append(before).append(name);
      before = '&';
    }
    Set<String> members = members(attempt.body());
    if (!members.isEmpty()) {
      text.append(" {").append(String.join(", ", members)).append('}');
    }
    return new Shot(attempt.identity(), attempt.operation(), text.toString(), with);
  }

  /// Whether it is the same request, whatever ids it was about.
  public boolean isLike(Shot other) {
    return as.equals(other.as)
        && operation.equals(other.operation)
        && request.equals(other.request);
  }

  private static @Nullable Map<String, String> values(PathTemplate template, String path) {
    StringBuilder pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (PathTemplate.Segment segment : template.segments()) {
      pattern.append('/');
      for (PathTemplate.Part part : segment.parts()) {
        switch (part) {
          case PathTemplate.Literal(String literal) ->
              pattern.append(Pattern.quote(Draft.encoded(literal)));
          case PathTemplate.Variable(String name) -> {
            names.add(name);
            pattern.append("([^/]*)");
          }
        }
      }
    }
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), decoded(matcher.group(i + 1)));
    }
    return values;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException odd) {
      return value;
    }
  }

  private static String said(
      Operation operation,
      String variable,
      String value,
      List<KnownObject> known,
      List<KnownObject> named) {
    for (ObjectBinding binding : operation.objects().list()) {
      Map<String, Selector> places = new LinkedHashMap<>(binding.within());
      if (binding.id() != null) {
        places.put(binding.type().name(), binding.id());
      }
      for (Map.Entry<String, Selector> each : places.entrySet()) {
        if (each.getValue().equals(new Selector.PathParameter(variable))) {
          KnownObject object = known(each.getKey(), value, known);
          if (object != null) {
            named.add(object);
            return said(object);
          }
        }
      }
    }
    return value;
  }

  /// How an object is called.
  public static String said(KnownObject object) {
    return "the " + object.type().name() + " of " + object.owner();
  }

  private static @Nullable KnownObject known(String type, String id, List<KnownObject> known) {
    for (KnownObject each : known) {
      if (each.type().name().equals(type) && each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /// The id that stands in a query or in a JSON body; null where it stands in neither.
  private static @Nullable String elsewhere(
      @Nullable Selector selector, String query, Attempt attempt) {
    if (selector instanceof Selector.QueryParameter(String name)) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
          return decoded(pair.substring(equals + 1));
        }
      }
    }
    if (selector instanceof Selector.Body(PointerPattern at) && !at.many()) {
      Pointer pointer = Pointer.parse(at.toString());
      return pointer == null ? null : Json.scalar(Json.at(body(attempt.body()), pointer.tokens()));
    }
    return null;
  }

  private static Set<String> names(String query) {
    Set<String> names = new TreeSet<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        names.add(decoded(equals < 0 ? pair : pair.substring(0, equals)));
      }
    }
    return names;
  }

  private static Set<String> members(byte[] body) {
    return body(body) instanceof Node.Obj object
        ? new TreeSet<>(object.members().keySet())
        : Set.of();
  }

  private static @Nullable Node body(byte[] body) {
    if (body.length == 0 || body[0] != '{') {
      return null;
    }
    try {
      return new DocumentReader(BOUNDS).read(BODY, body);
    } catch (ProblemsException broken) {
      return null;
    }
  }
}
