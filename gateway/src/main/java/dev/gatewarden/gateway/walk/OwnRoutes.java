package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Routes;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where the operations of the gate's own stand, by host and path.
final class OwnRoutes {
  private static final String ANY = "";

  private final Map<String, List<Owner>> byPath = new HashMap<>();
  private final Set<String> hosts = new TreeSet<>();

  /// One of them at the host of one API.
  ///
  /// @param host empty for any, `*.example.com` for those below
  record Owner(String host, Service service, OwnRoute route) {}

  OwnRoutes() {
    hosts.add(ANY);
  }

  /// Adds what the gate answers at the host of an API. Several APIs of one host may share a route;
  /// two routes cannot share a place.
  void add(Service service, List<Problem> problems) {
    ApiSettings api = service.settings();
    String host = api.host() == null ? ANY : api.host();
    hosts.add(host);
    for (OwnRoute route : api.own()) {
      List<Owner> owners = byPath.computeIfAbsent(route.path(), _ -> new ArrayList<>());
      Owner there = find(owners, host);
      if (there == null) {
        owners.add(new Owner(host, service, route));
      } else if (there.route() != route) {
        problems.add(
            new Problem(
                api.contract().source().place(),
                "both `"
                    + there.route().name()
                    + "` and `"
                    + route.name()
                    + "` would answer at `"
                    + route.path()
                    + "`",
                "give one of the sections another `at`, or the API another host"));
      }
    }
  }

  /// Notes where a contract promises what the gate itself would answer, whatever the method: nobody
  /// would know who does. A route that yields gives way.
  void refuseShadows(Routes routes, List<Problem> problems) {
    for (List<Owner> owners : byPath.values()) {
      owners.removeIf(owner -> owner.route().yields() && promised(routes, owner));
      for (Owner owner : owners) {
        if (promised(routes, owner)) {
          problems.add(
              new Problem(
                  owner.service().settings().contract().source().place(),
                  "the contract promises `"
                      + owner.route().path()
                      + "`, where the gate itself answers",
                  "give the section that answers there another `at`"));
        }
      }
    }
  }

  private boolean promised(Routes routes, Owner owner) {
    for (String host : hosts) {
      if (covers(owner.host(), host)
          && !(routes.route("GET", host, owner.route().path()) instanceof Routing.Unlisted)) {
        return true;
      }
    }
    return false;
  }

  /// Who answers a request, or null: the host itself goes before its kind, and that before any.
  @Nullable Owner at(Request request) {
    if (byPath.isEmpty()) {
      return null;
    }
    List<Owner> owners = byPath.get(request.target().path());
    Owner best = null;
    if (owners != null) {
      for (Owner owner : owners) {
        if (covers(owner.host(), request.host())
            && (best == null || owner.host().length() > best.host().length())) {
          best = owner;
        }
      }
    }
    return best;
  }

  private static @Nullable Owner find(List<Owner> owners, String host) {
    for (Owner owner : owners) {
      if (owner.host().equals(host)) {
        return owner;
      }
    }
    return null;
  }

  /// Whether what is said for one host holds for another; hosts below are those one label longer.
  private static boolean covers(String said, String host) {
    if (said.isEmpty() || said.equals(host)) {
      return true;
    }
    return said.startsWith("*.")
        && host.indexOf('.') == host.length() - said.length() + 1
        && host.endsWith(said.substring(1));
  }
}
