package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Mount;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Routes;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.contract.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Requests that somebody wrote down or recorded, as operations of a contract.
final class Matching {
  private final List<Routes> routes = new ArrayList<>();

  /// Who is told of each request.
  interface Matched {
    /// @param path its parameters by name
    void at(Operation operation, Map<String, String> path, Example example);
  }

  Matching(Contract contract, String below) {
    // behind its own base path, behind the target's, and without one
    Set<String> bases = new LinkedHashSet<>();
    contract.servers().stream().map(Server::basePath).forEach(bases::add);
    bases.add(below);
    bases.add("");
    bases.forEach(base -> routes.add(new Routes(List.of(new Mount(contract, "", base)))));
  }

  /// What the requests that worked carried.
  Seen of(List<Example> examples) {
    Seen seen = new Seen();
    each(
        examples.stream().filter(each -> !each.refused()).toList(),
        (operation, path, example) ->
            seen.add(operation.id().name(), Contents.seen(path, example)));
    return seen;
  }

  /// Tells of each request, and answers those that are of no operation.
  List<Example> each(List<Example> examples, Matched to) {
    List<Example> left = new ArrayList<>();
    for (Example each : examples) {
      if (!matched(each, to)) {
        left.add(each);
      }
    }
    return left;
  }

  private boolean matched(Example example, Matched to) {
    StringBuilder path = new StringBuilder();
    for (Step each : example.path()) {
      path.append('/').append(Templates.coded(each.value().isEmpty() ? "-" : each.value()));
    }
    for (Routes each : routes) {
      if (each.route(example.method(), "", path.toString()) instanceof Routing.Matched matched) {
        Operation operation = matched.operation();
        to.at(operation, values(operation, matched), example);
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> values(Operation operation, Routing.Matched matched) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> names = names(operation.path());
    for (int i = 0; i < matched.count() && i < names.size(); i++) {
      String value = Recording.decoded(matched.raw(i).replace("+", "%2B"));
      if (!value.equals("-")) {
        values.put(names.get(i), value);
      }
    }
    return values;
  }

  private static List<String> names(PathTemplate template) {
    List<String> names = new ArrayList<>();
    String text = template.text();
    for (int from = text.indexOf('{'); from >= 0; from = text.indexOf('{', from + 1)) {
      names.add(text.substring(from + 1, text.indexOf('}', from)));
    }
    return names;
  }
}
