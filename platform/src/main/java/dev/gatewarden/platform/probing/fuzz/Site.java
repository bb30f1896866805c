package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place in a document that a schema says something about.
///
/// @param path names and indexes that lead there
/// @param schema as written
/// @param flat the same laid flat, of its alternatives the one that the value obeys
/// @param value what stands there, or null where nothing does
/// @param required whether something has to
record Site(List<String> path, Node schema, Obj flat, @Nullable Node value, boolean required) {
  private static final int DEEPEST = 8;
  private static final int MOST = 300;

  /// All of them in a value, outer ones first; those that may stand there and do not among them.
  static List<Site> of(Judge judge, Node schema, @Nullable Node value, boolean required) {
    List<Site> sites = new ArrayList<>();
    walk(judge, new Site(List.of(), schema, Json.EMPTY, value, required), sites);
    return sites;
  }

  private static void walk(Judge judge, Site bare, List<Site> to) {
    Node value = bare.value();
    Obj flat = judge.flat(bare.schema(), value);
    Site site = new Site(bare.path(), bare.schema(), flat, value, bare.required());
    if (to.size() >= MOST) {
      return;
    }
    to.add(site);
    if (site.path().size() >= DEEPEST) {
      return;
    }
    switch (value) {
      case Obj object -> members(judge, site, object, to);
      case Arr array -> items(judge, site, array, to);
      case null, default -> {}
    }
  }

  private static void members(Judge judge, Site site, Obj object, List<Site> to) {
    Set<String> required = Shapes.names(site.flat().get("required"));
    Obj declared = site.flat().get("properties") instanceof Obj all ? all : Json.EMPTY;
    for (Member each : declared.entries()) {
      Node inner = object.get(each.name());
      walk(judge, site.at(each.name(), each.value(), inner, required.contains(each.name())), to);
    }
    if (site.flat().get("additionalProperties") instanceof Obj others) {
      int found = 0;
      for (Member each : object.entries()) {
        if (declared.get(each.name()) == null && found++ < 2) {
          walk(judge, site.at(each.name(), others, each.value(), false), to);
        }
      }
    }
  }

  private static void items(Judge judge, Site site, Arr array, List<Site> to) {
    List<Node> first =
        site.flat().get("prefixItems") instanceof Arr(var _, List<Node> given) ? given : List.of();
    Node rest = site.flat().get("items");
    for (int i = 0; i < Math.min(array.items().size(), first.size() + 1); i++) {
      Node schema = i < first.size() ? first.get(i) : rest;
      if (schema != null) {
        walk(judge, site.at(Integer.toString(i), schema, array.items().get(i), false), to);
      }
    }
  }

  private Site at(String step, Node inner, @Nullable Node there, boolean needed) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return new Site(List.copyOf(longer), inner, Json.EMPTY, there, needed);
  }

  boolean isReadOnly() {
    return Shapes.is(flat, "readOnly");
  }
}
