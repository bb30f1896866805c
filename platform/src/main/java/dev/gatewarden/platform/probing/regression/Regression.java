package dev.gatewarden.platform.probing.regression;

import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.platform.probing.Target;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A fault that was found once, as far as it takes to try it again.
///
/// @param finding its id
/// @param probe which found it
/// @param operation where, or the empty text for the API as a whole
/// @param seed of the run that found it
/// @param may what had been permitted then
/// @param identities whom it takes, by name
/// @param requests those that showed it, in their order
/// @param fuzz the request that was made from schemas, as a line of the corpus; else empty
public record Regression(
    String finding,
    String probe,
    String operation,
    Severity severity,
    long seed,
    Set<Target.May> may,
    List<String> identities,
    List<Asked> requests,
    String fuzz) {

  /// A request, and whether the contract lets it work.
  public record Asked(Shot shot, boolean works) {}

  public Regression {
    may = Set.copyOf(may);
    identities = List.copyOf(identities);
    requests = List.copyOf(requests);
  }

  /// The names of the operations that it takes.
  public Set<String> operations() {
    Set<String> names = new TreeSet<>();
    if (!operation.isEmpty()) {
      names.add(operation);
    }
    requests.forEach(each -> names.add(each.shot().operation()));
    return names;
  }
}
