package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.HeadIds;
import dev.gatewarden.gateway.binder.OtherFields;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The addresses in an answer's head that lead to the API itself, with the ids that callers see:
/// `Location`, `Content-Location`, and `Link` (RFC 8288).
///
/// What leads to this service and to no operation behind the gate is taken out, because an id might
/// stand in it. What leads elsewhere stays as it is, unless its path is that of an operation with
/// such ids: a service knows addresses of its own that the gate was never told.
final class ShownLinks {
  private static final String[] SINGLE = {"location", "content-location"};

  private final Service service;
  private final Finder finder;
  private final Exchange exchange;
  private final Tenant tenant;

  /// Finds the operation that a path leads to.
  interface Finder {
    Routing route(String method, Request request);

    /// The binders of the API that an operation is of.
    Binders binders(Operation operation);
  }

  /// @param exchange as the service got it
  ShownLinks(Service service, Finder finder, Exchange exchange) {
    this.service = service;
    this.finder = finder;
    this.exchange = exchange;
    this.tenant = OpaqueIds.tenant(exchange.principal().tenant());
  }

  /// The fields as the caller sees them; the very same where there is no address, null where an
  /// address holds an id that cannot be shown.
  @Nullable Headers of(Headers received) {
    Map<String, String> changed = new HashMap<>();
    for (String name : SINGLE) {
      if (received.count(name) > 0) {
        String only = received.count(name) == 1 ? received.first(name) : null;
        String other = only == null ? null : shown(only);
        if (other == null) {
          return null;
        }
        changed.put(name, other);
      }
    }
    if (received.count("link") > 0) {
      String links = links(received.all("link"));
      if (links == null) {
        return null;
      }
      changed.put("link", links);
    }
    return changed.isEmpty() ? received : new OtherFields(received, changed);
  }

  /// Each link that can be shown; what is written so that its address cannot be told is left out.
  private @Nullable String links(List<String> lines) {
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      for (int from = line.indexOf('<'); from >= 0; ) {
        int end = line.indexOf('>', from);
        if (end < 0) {
          break;
        }
        int next = next(line, end);
        String other = shown(line.substring(from + 1, end));
        if (other == null) {
          return null;
        }
        if (!other.isEmpty()) {
          String rest = line.substring(end + 1, next).strip();
          all.add('<' + other + '>' + (rest.endsWith(",") ? cut(rest) : rest));
        }
        from = line.indexOf('<', next);
      }
    }
    return String.join(", ", all);
  }

  private static String cut(String rest) {
    return rest.substring(0, rest.length() - 1).strip();
  }

  /// Where the parameters of a link end: behind the comma that no quotes hold.
  private static int next(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i + 1;
      }
    }
    return line.length();
  }

  /// An address as the caller sees it; empty where it is left out, null where its id is none that
  /// could be shown.
  private @Nullable String shown(String address) {
    URI uri;
    try {
      uri = URI.create(address.strip());
    } catch (IllegalArgumentException broken) {
      return "";
    }
    if (uri.isOpaque()) {
      // `http:orders/17` is relative to many readers (RFC 3986, section 5.2.2)
      return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http") ? "" : address;
    }
    boolean ours = uri.getRawAuthority() == null || isOurs(uri);
    String raw = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (raw.isEmpty()) {
      return uri.getRawQuery() == null || !ours ? address : "";
    }
    String absolute = raw.startsWith("/") ? raw : resolved(uri);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String before =
        uri.getRawAuthority() == null
            ? ""
            : (uri.getScheme() == null ? "" : uri.getScheme() + ":") + "//" + uri.getRawAuthority();
    String after = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
    for (Base base : bases()) {
      String own = base.own(absolute);
      Routing.Matched matched = own == null ? null : matched(own, query, base);
      if (matched != null) {
        if (!ours && ids(matched) == null) {
          return address;
        }
        Target shown = target(own + query, matched);
        return shown == null ? (ours ? null : "") : before + base.there(shown.text()) + after;
      }
    }
    return ours ? "" : address;
  }

  /// What stands before paths at the service, and in its place at the gate.
  private record Base(String base, String gate) {
    /// As it stands at the gate, also for other APIs behind it.
    static final Base GATE = new Base("", "");

    /// The path as callers of the gate write it; null where it stands elsewhere.
    @Nullable String own(String path) {
      boolean below = path.startsWith(base) && path.startsWith("/", base.length());
      return below ? gate + path.substring(base.length()) : null;
    }

    String there(String text) {
      return base + text.substring(gate.length());
    }
  }

  private List<Base> bases() {
    String gate = prefix();
    String upstream = service.settings().basePath();
    String base = upstream.endsWith("/") ? upstream.substring(0, upstream.length() - 1) : upstream;
    return base.equals(gate) ? List.of(Base.GATE) : List.of(new Base(base, gate), Base.GATE);
  }

  private String prefix() {
    String path = service.settings().path();
    return path.equals("/") ? "" : path;
  }

  /// Whether an authority is that of the service, or that which the caller addressed.
  private boolean isOurs(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.equals(exchange.request().host())) {
      return true;
    }
    for (var place : service.settings().upstreams().places()) {
      if (place.address().getHostString().equalsIgnoreCase(host)
          || place.host().equalsIgnoreCase(String.valueOf(uri.getRawAuthority()))) {
        return true;
      }
    }
    return false;
  }

  private String resolved(URI relative) {
    String own = service.settings().atUpstream(exchange.request().target());
    int mark = own.indexOf('?');
    URI at = URI.create(mark < 0 ? own : own.substring(0, mark));
    String path = at.resolve(relative).getRawPath();
    return path == null ? "" : path;
  }

  private Routing.@Nullable Matched matched(String path, String query, Base base) {
    if (!(TargetReader.read(path + query) instanceof OneReading.Clear<Target>(Target target))) {
      return null;
    }
    Request request = exchange.request().with(target, exchange.request().headers());
    Routing found = finder.route("GET", request);
    if (found instanceof Routing.MethodNotListed(List<String> allowed) && !allowed.isEmpty()) {
      found = finder.route(allowed.getFirst(), request);
    }
    return found instanceof Routing.Matched matched
            && (base.equals(Base.GATE)
                || matched.operation().id().api().equals(exchange.operation().id().api()))
        ? matched
        : null;
  }

  private @Nullable Target target(String text, Routing.Matched matched) {
    if (!(TargetReader.read(text) instanceof OneReading.Clear<Target>(Target target))) {
      return null;
    }
    HeadIds ids = ids(matched);
    if (ids == null) {
      return target;
    }
    List<String> values = new ArrayList<>(matched.count());
    for (int i = 0; i < matched.count(); i++) {
      values.add(PathReader.decode(target.path(), matched.from(i), matched.to(i)));
    }
    HeadIds.Swapped shown = ids.target(target, values, Swapping.OUTWARD, tenant);
    return shown == null ? null : shown.target();
  }

  private @Nullable HeadIds ids(Routing.Matched matched) {
    return finder.binders(matched.operation()).request(matched.operation()).head();
  }
}
