package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.platform.probing.fuzz.Shown.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What an operation showed, by what would end it: one missing check is one cause, however many
/// requests show it.
final class Causes {
  private static final int MANY = 3;
  private static final int NAMED = 6;

  private final List<Shown> all = new ArrayList<>();
  private final Set<String> tried = new TreeSet<>();
  private final Set<String> checked = new TreeSet<>();

  /// @param place what tells it from others, the same in every run
  record Cause(String place, String message, List<Shown> shown) {}

  void add(Shown shown) {
    all.add(shown);
  }

  /// Tells what came of a wrong value.
  void tried(FuzzCase made, boolean refused) {
    if (made.coding().isEmpty()) {
      tried.add(made.where());
      if (refused) {
        checked.add(made.where());
      }
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Whether the same was shown at the same place before.
  boolean knows(Shown.Kind kind, String where) {
    return all.stream()
        .anyMatch(each -> each.wrong().kind() == kind && each.made().where().equals(where));
  }

  /// @param replayed whether all of it is told as what it was told as before
  List<Cause> grouped(boolean replayed) {
    Map<String, List<Shown>> causes = new LinkedHashMap<>();
    Set<String> open = replayed ? Set.of() : new TreeSet<>();
    String part = replayed ? "" : part(open);
    for (Shown each : all) {
      String place = each.place();
      if (replayed && !each.made().cause().isEmpty()) {
        place = each.made().cause();
      } else if (each.wrong().kind() == Kind.ANSWER) {
        place = "answer";
      } else if (each.wrong().kind() == Kind.TAKEN && open.contains(each.made().where())) {
        place = part + " taken";
      } else if (!each.made().coding().isEmpty()) {
        place = each.made().rule() + " " + each.wrong().kind().word();
      } else if (each.wrong().kind() == Kind.FAILS && isCommon(each)) {
        place = each.made().rule() + " fails";
      }
      causes.computeIfAbsent(place, _ -> new ArrayList<>()).add(each);
    }
    List<Cause> told = new ArrayList<>();
    causes.forEach((place, shown) -> told.add(new Cause(place, message(place, shown), shown)));
    return told;
  }

  /// Whether the same thing breaks the service at many places.
  private boolean isCommon(Shown shown) {
    Rule rule = shown.made().rule();
    return rule != Rule.RIGHT
        && shown.made().coding().isEmpty()
        && all.stream()
                .filter(each -> each.wrong().kind() == Kind.FAILS && each.made().rule() == rule)
                .map(each -> each.made().where())
                .distinct()
                .count()
            >= MANY;
  }

  /// The part of the requests of which nothing is checked, and its places; the empty text for none.
  private String part(Set<String> to) {
    Map<String, Predicate<String>> parts = new LinkedHashMap<>();
    parts.put("requests", _ -> true);
    parts.put("body", Trials::inBody);
    parts.put("parameters", at -> !Trials.inBody(at));
    for (Map.Entry<String, Predicate<String>> each : parts.entrySet()) {
      Set<String> places = new TreeSet<>(tried);
      places.removeIf(each.getValue().negate());
      boolean none = places.stream().noneMatch(checked::contains);
      boolean shown = places.stream().filter(at -> knows(Kind.TAKEN, at)).count() >= MANY;
      if (none && shown) {
        to.addAll(places);
        return each.getKey();
      }
    }
    return "";
  }

  private static String message(String place, List<Shown> shown) {
    Set<String> where = new TreeSet<>();
    Set<String> what = new LinkedHashSet<>();
    shown.forEach(each -> where.add("`" + each.made().where() + "`"));
    shown.forEach(each -> what.add(each.made().rule().words()));
    boolean coded = !shown.getFirst().made().coding().isEmpty();
    return coded
        ? coded(shown.getFirst(), listed(where, ", "))
        : plain(place, shown.getFirst(), listed(what, " or "), where);
  }

  private static String plain(String place, Shown first, String what, Set<String> where) {
    String at = listed(where, ", ");
    return switch (first.wrong().kind()) {
      case FAILS -> what + " at " + at + " is answered " + first.wrong().says();
      case TAKEN ->
          where.size() == 1
              ? at + " is not checked: taken is " + what
              : "nothing of its "
                  + place.substring(0, Math.max(0, place.indexOf(' ')))
                  + " is checked: what the contract does not permit is taken at "
                  + at;
      case REFUSED -> "what the contract permits at " + at + " is answered " + first.wrong().says();
      case ANSWER ->
          "with a value at "
              + at
              + " that the contract permits the answer breaks it: "
              + first.wrong().says();
      case STICKS -> at + " is only to be read, and what is sent for it sticks";
      case MEANING -> at + " is read otherwise: " + first.wrong().says();
    };
  }

  private static String coded(Shown first, String as) {
    String what = first.made().rule().words();
    return switch (first.wrong().kind()) {
      case FAILS -> what + " is answered " + first.wrong().says() + ": " + as;
      case TAKEN, STICKS -> what + " is taken: " + as;
      case REFUSED -> "what the contract permits is answered " + first.wrong().says() + ": " + as;
      case ANSWER -> "the answer breaks the contract: " + first.wrong().says() + ": " + as;
      case MEANING ->
          first.made().rule() == Rule.FORGED
              ? "a value is decoded once too often: " + as + ", " + first.wrong().says()
              : "the same request is read otherwise: " + as + ", " + first.wrong().says();
    };
  }

  private static String listed(Set<String> all, String by) {
    List<String> named = all.stream().limit(NAMED).toList();
    int more = all.size() - named.size();
    return String.join(by, named) + (more > 0 ? " and " + more + " more" : "");
  }
}
