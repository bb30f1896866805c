package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the names of an object's members say of its id, its owner and its tenant.
final class Guessing {
  private static final Map<String, Double> OWNERS =
      Map.ofEntries(
          Map.entry("ownerid", 0.9),
          Map.entry("owner", 0.85),
          Map.entry("userid", 0.85),
          Map.entry("customerid", 0.8),
          Map.entry("ownerusername", 0.8),
          Map.entry("createdby", 0.7),
          Map.entry("createdbyid", 0.7),
          Map.entry("creatorid", 0.7),
          Map.entry("creator", 0.65),
          Map.entry("authorid", 0.7),
          Map.entry("author", 0.65),
          Map.entry("patientid", 0.65),
          Map.entry("patient", 0.6),
          Map.entry("memberid", 0.6),
          Map.entry("subject", 0.5),
          Map.entry("user", 0.6),
          Map.entry("username", 0.55),
          Map.entry("customer", 0.6));
  private static final Map<String, Double> TENANTS =
      Map.of(
          "tenantid", 0.95,
          "tenant", 0.9,
          "organizationid", 0.7,
          "organisationid", 0.7,
          "orgid", 0.7,
          "workspaceid", 0.6,
          "companyid", 0.5);
  private static final String RELATED = "/relationships";
  private static final String DATA_ID = "/data/id";
  private static final List<String> IDS = List.of("id", "uuid", "guid", "uid", "_id");

  /// Kinds of object that are callers themselves.
  private static final Set<String> PEOPLE =
      Set.of("user", "customer", "member", "profile", "me", "patient");

  private Guessing() {}

  /// Whether objects of that kind are callers themselves.
  static boolean person(String kind) {
    return PEOPLE.contains(kind);
  }

  /// Where the id of such an object stands.
  static @Nullable Guess id(Kind kind, Map<String, Shape> values) {
    List<String> names = new ArrayList<>(kind.variables);
    names.add(kind.name + "Id");
    names.add(kind.name + "_id");
    names.addAll(IDS);
    for (String variable : kind.variables) {
      List<String> words = Words.of(variable);
      names.add(words.getLast());
    }
    names.add(kind.name);
    for (String name : names) {
      for (String pointer : values.keySet()) {
        if (pointer.indexOf('/', 1) < 0
            && Words.plain(pointer).equals(Words.plain(name))
            && values.get(pointer).scalar()) {
          boolean same = kind.variables.stream().anyMatch(each -> plain(each, pointer));
          return new Guess(
              pointer,
              "",
              same || IDS.contains(pointer.substring(1)) ? 0.9 : 0.6,
              same ? "named like the path's parameter" : "named like an id");
        }
      }
    }
    return null;
  }

  private static boolean plain(String variable, String pointer) {
    return Words.plain(variable).equals(Words.plain(pointer));
  }

  static Optional<Guess> owner(Kind kind, Map<String, Shape> values, Set<String> kinds) {
    Guess id = kind.id;
    if (PEOPLE.contains(kind.name) && id != null) {
      return Optional.of(
          new Guess(id.at(), "principal.subject", 0.6, "a `" + kind.name + "` is a caller"));
    }
    Guess best = null;
    for (String pointer : values.keySet()) {
      double named = OWNERS.getOrDefault(ownerName(pointer), 0.0);
      // a relationship may be to a group as well
      double sure = related(pointer).isEmpty() ? named : Math.min(named, 0.7);
      // an account that is an object of its own is a parent, no caller
      boolean object =
          kinds.contains(Words.keyed(pointer)) && !PEOPLE.contains(Words.keyed(pointer));
      if (sure > 0
          && !object
          && values.get(pointer).scalar()
          && (best == null || sure > best.sure())) {
        best = new Guess(pointer, "principal.subject", sure, "named like an owner");
      }
    }
    return Optional.ofNullable(best);
  }

  /// `/author/username` and `/owner/id` are an author and an owner.
  private static String ownerName(String whole) {
    String related = related(whole);
    if (!related.isEmpty()) {
      return Words.plain(related);
    }
    String pointer = "/" + attribute(whole);
    int second = pointer.indexOf('/', 1);
    if (second < 0) {
      return Words.plain(pointer);
    }
    String first = Words.plain(pointer.substring(1, second));
    String last = Words.plain(pointer.substring(second + 1));
    return Set.of("id", "uuid", "username", "login", "sub").contains(last)
            && OWNERS.containsKey(first)
        ? first
        : "";
  }

  static Optional<Guess> tenant(Map<String, Shape> values) {
    Guess best = null;
    for (String pointer : values.keySet()) {
      double sure = TENANTS.getOrDefault(Words.plain(pointer), 0.0);
      if (sure > 0
          && pointer.indexOf('/', 1) < 0
          && values.get(pointer).scalar()
          && (best == null || sure > best.sure())) {
        best = new Guess(pointer, "principal.tenant", sure, "named like a tenant");
      }
    }
    return Optional.ofNullable(best);
  }

  /// Where an object says which of another kind it belongs to or refers to.
  static Optional<Guess> link(String other, Map<String, Shape> values) {
    for (String at : values.keySet()) {
      String related = related(at);
      String pointer = related.isEmpty() ? "/" + attribute(at) : "/" + related + "/id";
      int second = pointer.indexOf('/', 1);
      boolean direct = second < 0 && Words.key(pointer) && Words.keyed(pointer).equals(other);
      boolean nested =
          second > 0
              && Words.plain(pointer.substring(1, second)).equals(Words.plain(other))
              && IDS.contains(pointer.substring(second + 1));
      boolean bare = second < 0 && Words.plain(pointer).equals(Words.plain(other));
      if ((direct || nested || bare) && values.get(at).scalar()) {
        return Optional.of(new Guess(at, "", direct ? 0.8 : 0.6, "named like a " + other));
      }
    }
    return Optional.empty();
  }

  /// The plain values of an object by JSON pointer, two levels deep; of JSON:API's relationships
  /// the id of each one.
  static Map<String, Shape> values(Shape shape) {
    Map<String, Shape> values = new LinkedHashMap<>();
    shape
        .members()
        .forEach(
            (name, member) -> {
              values.put("/" + escaped(name), member);
              if (member.types().contains("object")) {
                inner("/" + escaped(name), member, values);
              }
            });
    return values;
  }

  private static void inner(String above, Shape member, Map<String, Shape> values) {
    member
        .members()
        .forEach(
            (name, each) -> {
              String at = above + "/" + escaped(name);
              values.put(at, each);
              Shape data = above.equals(RELATED) ? each.members().get("data") : null;
              Shape id = data == null ? null : data.members().get("id");
              if (id != null) {
                values.put(at + DATA_ID, id);
              }
            });
  }

  /// Whom or what a JSON:API relationship names: `/relationships/owner/data/id` an `owner`; empty
  /// for any other pointer.
  static String related(String pointer) {
    return pointer.startsWith(RELATED + "/") && pointer.endsWith(DATA_ID)
        ? pointer.substring(RELATED.length() + 1, pointer.length() - DATA_ID.length())
        : "";
  }

  /// The pointer without its first slash, and without JSON:API's `attributes` before it.
  static String attribute(String pointer) {
    String attributes = "/attributes/";
    return pointer.substring(pointer.startsWith(attributes) ? attributes.length() : 1);
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
