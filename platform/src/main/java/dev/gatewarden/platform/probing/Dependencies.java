package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which operation makes what another one needs, as far as the contract tells it before anything
/// is sent: by bindings, else by what stands above a variable in the path.
///
/// @param each by the operation's name, in the order of the contract
public record Dependencies(Map<String, Node> each) {

  /// An operation.
  ///
  /// @param makes types of objects that it makes
  /// @param finds types of objects that it lists
  public record Node(
      Operation operation, List<Need> needs, List<String> makes, List<String> finds) {
    public Node {
      needs = List.copyOf(needs);
      makes = List.copyOf(makes);
      finds = List.copyOf(finds);
    }
  }

  /// Something that has to be there first.
  ///
  /// @param what an object's type, or the name of a variable of the path
  /// @param makers the operations that make one
  /// @param finders the operations that show some
  public record Need(String what, List<String> makers, List<String> finders) {
    public Need {
      makers = List.copyOf(makers);
      finders = List.copyOf(finders);
    }

    /// What is tried first to get one: an operation that makes it, else one that shows it; null
    /// where only the tester can name one.
    public @Nullable String source() {
      return !makers.isEmpty() ? makers.getFirst() : finders.isEmpty() ? null : finders.getFirst();
    }
  }

  /// A line of the tree: an operation, and how far below the first it stands.
  public record Line(int depth, Node node) {}

  public Dependencies {
    each = Collections.unmodifiableMap(new LinkedHashMap<>(each));
  }

  /// @param operations those that are meant; what they need is added
  public static Dependencies of(Contract contract, List<Operation> operations) {
    Map<String, Node> found = new LinkedHashMap<>();
    Deque<Operation> open = new ArrayDeque<>(operations);
    while (!open.isEmpty()) {
      Operation operation = open.poll();
      if (found.containsKey(operation.id().name())) {
        continue;
      }
      Node node = node(contract, operation);
      found.put(operation.id().name(), node);
      for (Need need : node.needs()) {
        Operation source = need.source() == null ? null : contract.operation(need.source());
        if (source != null) {
          open.add(source);
        }
      }
    }
    Map<String, Node> ordered = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      Node node = found.get(operation.id().name());
      if (node != null) {
        ordered.put(operation.id().name(), node);
      }
    }
    return new Dependencies(ordered);
  }

  private static Node node(Contract contract, Operation operation) {
    Set<String> types = new LinkedHashSet<>();
    Set<String> makes = new LinkedHashSet<>();
    Set<String> finds = new LinkedHashSet<>();
    for (ObjectBinding binding : operation.objects().list()) {
      String type = binding.type().name();
      if (binding.does() == Does.CREATE) {
        makes.add(type);
        types.addAll(named(operation, binding.type()));
      } else if (binding.does() == Does.LIST) {
        finds.add(type);
      }
      types.addAll(binding.within().keySet());
      if (binding.id() != null && !binding.id().afterwards()) {
        types.add(type);
      }
    }
    List<Need> needs = new ArrayList<>();
    for (String type : types) {
      needs.add(
          new Need(
              type,
              bound(contract, type, Does.CREATE, operation),
              bound(contract, type, Does.LIST, operation)));
    }
    for (Parameter each : Producers.unexplained(operation)) {
      String above = Producers.above(operation, each);
      boolean choice = Shape.of(each.schema()).has("enum");
      if (above != null && !choice) {
        needs.add(new Need(each.name(), at(contract, "POST", above), at(contract, "GET", above)));
      }
    }
    return new Node(operation, needs, List.copyOf(makes), List.copyOf(finds));
  }

  /// What a new object may name in the body of its request.
  private static Set<String> named(Operation operation, ObjectType type) {
    Set<String> members = new LinkedHashSet<>();
    RequestBody body = operation.body();
    if (body != null) {
      body.content().types().values().stream()
          .map(each -> each.schema())
          .filter(each -> each != null)
          .forEach(each -> members.addAll(Shape.of(each).members().keySet()));
    }
    Set<String> types = new LinkedHashSet<>();
    Map<String, PointerPattern> places = new LinkedHashMap<>(type.parents());
    places.putAll(type.refs());
    places.forEach(
        (other, at) -> {
          boolean there =
              !at.steps().isEmpty()
                  && at.steps().getLast() instanceof PointerPattern.Name(String name)
                  && members.contains(name);
          if (there && !other.equals(type.name())) {
            types.add(other);
          }
        });
    return types;
  }

  private static List<String> bound(Contract contract, String type, Does does, Operation besides) {
    List<String> names = new ArrayList<>();
    for (Operation each : contract.operations()) {
      for (ObjectBinding binding : each.objects().list()) {
        if (binding.does() == does && binding.type().name().equals(type) && !each.equals(besides)) {
          names.add(each.id().name());
        }
      }
    }
    return names;
  }

  private static List<String> at(Contract contract, String method, String path) {
    return contract.operations().stream()
        .filter(each -> each.method().equals(method) && each.path().text().equals(path))
        .map(each -> each.id().name())
        .toList();
  }

  /// The operations as a tree: each stands once, below the one that makes what is made last of what
  /// it needs.
  public List<Line> tree() {
    Map<String, List<String>> below = new LinkedHashMap<>();
    List<String> roots = new ArrayList<>();
    for (String name : each.keySet()) {
      String parent = parent(name);
      if (parent == null || parent.equals(name) || leadsTo(parent, name)) {
        roots.add(name);
      } else {
        below.computeIfAbsent(parent, _ -> new ArrayList<>()).add(name);
      }
    }
    List<Line> lines = new ArrayList<>();
    roots.forEach(root -> add(root, 0, below, lines));
    return lines;
  }

  private void add(String name, int depth, Map<String, List<String>> below, List<Line> lines) {
    Node node = each.get(name);
    if (node != null) {
      lines.add(new Line(depth, node));
      below.getOrDefault(name, List.of()).forEach(other -> add(other, depth + 1, below, lines));
    }
  }

  private @Nullable String parent(String name) {
    String deepest = null;
    int most = -1;
    Node node = each.get(name);
    for (Need need : node == null ? List.<Need>of() : node.needs()) {
      String source = need.source();
      int depth = source == null ? -1 : depth(source, new LinkedHashSet<>(Set.of(name)));
      if (depth > most) {
        most = depth;
        deepest = source;
      }
    }
    return deepest;
  }

  private int depth(String name, Set<String> above) {
    Node node = each.get(name);
    if (node == null || !above.add(name)) {
      return 0;
    }
    int most = 0;
    for (Need need : node.needs()) {
      if (need.source() != null) {
        most = Math.max(most, 1 + depth(need.source(), above));
      }
    }
    above.remove(name);
    return most;
  }

  /// Whether the way up from one operation passes the other: two that need each other stand side
  /// by side.
  private boolean leadsTo(String from, String name) {
    Set<String> seen = new LinkedHashSet<>();
    String at = from;
    while (at != null && seen.add(at)) {
      if (at.equals(name)) {
        return true;
      }
      at = parent(at);
    }
    return at != null;
  }
}
