package dev.gatewarden.core.design;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classified;
import dev.gatewarden.core.finding.Classified.Confidence;
import dev.gatewarden.core.finding.Classified.Source;
import dev.gatewarden.core.finding.Classifier;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Shapes;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Sightings;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What data an API moves: each field with its class, which operations take and answer it, and who
/// can reach it there; what is worst comes first.
///
/// @param fields fields of messages and parameters
/// @param routes every operation
public record DataMap(List<Field> fields, List<Route> routes) {
  private static final int MOST = Sensitivity.CREDENTIAL.weight() * Exposure.ANYBODY.weight();

  public DataMap {
    fields = List.copyOf(fields);
    routes = List.copyOf(routes);
  }

  /// A field.
  ///
  /// @param name as people call it, such as `Order.email`
  /// @param exposure the widest of the operations that take or answer it
  /// @param risk from 1 to 100
  public record Field(
      String name,
      Classified told,
      List<Operation> takenBy,
      List<Operation> answeredBy,
      Exposure exposure,
      int risk) {
    public Field {
      takenBy = List.copyOf(takenBy);
      answeredBy = List.copyOf(answeredBy);
    }
  }

  /// An operation, by the worst of its fields.
  ///
  /// @param worst the field that makes it what it is, or null where nothing tells
  /// @param takes the fields it takes of which something tells what they are
  /// @param answers the fields it answers of which something tells what they are
  /// @param risk from 1 to 100
  public record Route(
      Operation operation,
      @Nullable Field worst,
      List<Field> takes,
      List<Field> answers,
      Exposure exposure,
      int risk) {
    public Route {
      takes = List.copyOf(takes);
      answers = List.copyOf(answers);
    }

    /// What data it moves.
    public Sensitivity sensitivity() {
      return worst == null ? Sensitivity.INTERNAL : worst.told().sensitivity();
    }
  }

  /// What makes two places of a contract one field.
  private record Key(String name, boolean parameter, Classified told) {}

  private record Users(BitSet taken, BitSet answered) {}

  /// The map of a contract.
  ///
  /// @param by what may tell what data is
  /// @param seen what passed
  public static DataMap of(Audited contract, Set<Source> by, Sightings seen) {
    Map<Key, Users> found = new LinkedHashMap<>();
    Map<String, Key> silent = new LinkedHashMap<>();
    Set<String> classes = contract.contract().classes().keySet();
    for (Shape shape : contract.shapes().all()) {
      Classified told = Classifier.told(shape.property(), shape.schema(), by, classes, seen);
      if (told == null && (shape.property() == null || !leaf(contract, shape))) {
        continue;
      }
      Users users = users(contract, shape);
      boolean parameter = parameter(contract, shape);
      Key key = new Key(shape.name(), parameter, told == null ? nothing() : told);
      if (told == null) {
        silent.putIfAbsent(shape.name() + parameter, key);
      }
      Users all = found.computeIfAbsent(key, _ -> new Users(new BitSet(), new BitSet()));
      all.taken().or(users.taken());
      all.answered().or(users.answered());
    }
    // of the branches of one value, one that tells speaks for those that do not
    found.keySet().stream()
        .filter(each -> each.told().source() != Source.NOTHING)
        .map(each -> silent.get(each.name() + each.parameter()))
        .filter(java.util.Objects::nonNull)
        .distinct()
        .toList()
        .forEach(found::remove);
    List<Field> fields = new ArrayList<>();
    found.forEach((key, users) -> fields.add(field(contract, key, users)));
    fields.sort(
        Comparator.<Field>comparingInt(each -> -each.risk())
            .thenComparing(each -> each.told().sensitivity(), Comparator.reverseOrder())
            .thenComparing(each -> each.told().confidence(), Comparator.reverseOrder())
            .thenComparing(Field::name));
    return new DataMap(fields, routes(contract, fields));
  }

  private static Classified nothing() {
    return new Classified(Sensitivity.INTERNAL, Source.NOTHING, Confidence.ASSUMED, "");
  }

  /// Whether it holds a value, and not others.
  private static boolean leaf(Audited contract, Shape shape) {
    Node.Obj schema = contract.object(shape.schema());
    return schema != null
        && schema.get("properties") == null
        && schema.get("items") == null
        && schema.get("additionalProperties") == null
        && schema.get("allOf") == null
        && schema.get("oneOf") == null
        && schema.get("anyOf") == null
        && !Tree.texts(schema.get("type")).contains("object")
        && !Tree.texts(schema.get("type")).contains("array");
  }

  private static boolean parameter(Audited contract, Shape shape) {
    Shapes shapes = contract.shapes();
    return !shapes.operations(shape, Way.PATH).isEmpty()
        || !shapes.operations(shape, Way.PARAMETER).isEmpty();
  }

  private static Users users(Audited contract, Shape shape) {
    BitSet taken = new BitSet();
    BitSet answered = new BitSet();
    for (Way way : Way.values()) {
      BitSet to = way == Way.RESPONSE ? answered : taken;
      contract.shapes().operations(shape, way).forEach(each -> to.set(each.index()));
    }
    // what is never answered is not answered by the operations that share its schema
    if (Tree.isTrue(shape.schema().get("writeOnly"))) {
      answered.clear();
    }
    if (Tree.isTrue(shape.schema().get("readOnly"))) {
      taken.clear();
    }
    return new Users(taken, answered);
  }

  private static Field field(Audited contract, Key key, Users users) {
    Exposure widest = Exposure.ROLE;
    List<Operation> taken = users.taken().stream().mapToObj(contract.operations()::get).toList();
    List<Operation> answered =
        users.answered().stream().mapToObj(contract.operations()::get).toList();
    for (List<Operation> all : List.of(taken, answered)) {
      for (Operation each : all) {
        Exposure exposure = contract.exposure(each);
        widest = exposure.compareTo(widest) > 0 ? exposure : widest;
      }
    }
    int risk = risk(key.told().sensitivity(), widest);
    return new Field(key.name(), key.told(), taken, answered, widest, risk);
  }

  private static int risk(Sensitivity sensitivity, Exposure exposure) {
    return Math.max(1, Math.round(100f * sensitivity.weight() * exposure.weight() / MOST));
  }

  private static List<Route> routes(Audited contract, List<Field> fields) {
    int many = contract.operations().size();
    List<List<Field>> taken = lists(many);
    List<List<Field>> answered = lists(many);
    for (Field field : fields) {
      if (field.told().source() != Source.NOTHING) {
        field.takenBy().forEach(each -> taken.get(each.index()).add(field));
        field.answeredBy().forEach(each -> answered.get(each.index()).add(field));
      }
    }
    List<Route> routes = new ArrayList<>();
    for (Operation each : contract.operations()) {
      Field worst = worst(answered.get(each.index()), taken.get(each.index()));
      Exposure exposure = contract.exposure(each);
      Sensitivity moved = worst == null ? Sensitivity.INTERNAL : worst.told().sensitivity();
      routes.add(
          new Route(
              each,
              worst,
              taken.get(each.index()),
              answered.get(each.index()),
              exposure,
              risk(moved, exposure)));
    }
    routes.sort(
        Comparator.<Route>comparingInt(each -> -each.risk())
            .thenComparing(each -> each.operation().path().text())
            .thenComparing(each -> each.operation().method()));
    return routes;
  }

  private static @Nullable Field worst(List<Field> answered, List<Field> taken) {
    Field worst = null;
    for (List<Field> all : List.of(answered, taken)) {
      for (Field each : all) {
        if (worst == null || each.told().sensitivity().compareTo(worst.told().sensitivity()) > 0) {
          worst = each;
        }
      }
    }
    return worst;
  }

  private static List<List<Field>> lists(int many) {
    List<List<Field>> lists = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }
}
