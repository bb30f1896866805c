package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.Extensions;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.OperationId;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The operations of a schema that is no OpenAPI document, in the words of reports.
public final class Promised {
  private static final String API = "probed";

  private final Place top;
  private final List<Operation> operations = new ArrayList<>();

  /// @param origin the schema's file
  public Promised(Place.Origin origin) {
    this.top = at(origin, 1, 1);
  }

  public static Place at(Place.Origin origin, int line, int column) {
    return new Place(origin, Math.max(1, line), Math.max(1, column), Place.Path.ROOT);
  }

  /// One more operation, which is called by POST.
  ///
  /// @param path below the target, each of its segments; none for the target itself
  public void add(String name, List<String> path, Place place) {
    List<PathTemplate.Segment> segments =
        path.stream()
            .map(each -> new PathTemplate.Segment(List.of(new PathTemplate.Literal(each))))
            .toList();
    operations.add(
        new Operation(
            new OperationId(API, name),
            operations.size(),
            "POST",
            new PathTemplate("/" + String.join("/", path), segments),
            List.of(),
            null,
            new Responses(Map.of()),
            new Security(false, List.of(), place),
            new ObjectBindings.Unstated(),
            null,
            Extensions.NONE,
            new Node.Obj(place, Map.of()),
            place));
  }

  /// All of them.
  ///
  /// @param title what reports call the service
  public Contract contract(String title) {
    References none =
        (_, from) ->
            new References.Resolution.Missing(new Problem(from, "nothing is referred to here"));
    return new Contract(
        API,
        title,
        "",
        Dialect.OPENAPI_3_1,
        List.of(new Server("/", null, "", top)),
        operations,
        Map.of(),
        Map.of(),
        Map.of(),
        null,
        List.of(),
        Extensions.NONE,
        none,
        new Node.Obj(top, Map.of()),
        List.of());
  }
}
