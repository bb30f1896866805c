package dev.gatewarden.core.document;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schemas of one document that name themselves with `$id`, so that what is below them refers
/// from there (JSON Schema 2020-12 core, section 8.2.1).
final class Ids {
  private final Node root;
  private final URI address;
  private final Map<URI, Node> named = new HashMap<>();

  Ids(Node root, URI address) {
    this.root = root;
    this.address = address;
    collect(root, address);
  }

  private void collect(Node node, URI base) {
    switch (node) {
      case Node.Obj object -> {
        URI own = base(object, base);
        if (!own.equals(base)) {
          named.putIfAbsent(own, object);
        }
        object.entries().forEach(member -> collect(member.value(), own));
      }
      case Node.Arr array -> array.items().forEach(item -> collect(item, base));
      case Node.Text ignored -> {}
      case Node.Num ignored -> {}
      case Node.Bool ignored -> {}
      case Node.Null ignored -> {}
    }
  }

  private static URI base(Node.Obj object, URI base) {
    if (!(object.get("$id") instanceof Node.Text id) || id.value().startsWith("#")) {
      return base;
    }
    try {
      URI own = base.resolve(id.value());
      String text = own.toString();
      int hash = text.indexOf('#');
      return Documents.canonical(hash < 0 ? own : URI.create(text.substring(0, hash)));
    } catch (IllegalArgumentException noUri) {
      return base;
    }
  }

  /// The schema that names itself so, or null.
  @Nullable Node at(URI name) {
    return named.get(name);
  }

  /// What a reference at that place is resolved against: the nearest `$id` around it, else the
  /// document's address.
  URI base(Place.Path path) {
    if (named.isEmpty()) {
      return address;
    }
    Deque<String> tokens = new ArrayDeque<>();
    for (Place.Path at = path; at instanceof Place.Path.Step step; at = step.parent()) {
      tokens.push(step.token());
    }
    URI base = address;
    Node node = root;
    while (true) {
      base = node instanceof Node.Obj object ? base(object, base) : base;
      String token = tokens.poll();
      Node next = token == null ? null : child(node, token);
      if (next == null) {
        return base;
      }
      node = next;
    }
  }

  private static @Nullable Node child(Node node, String token) {
    if (node instanceof Node.Obj object) {
      return object.get(token);
    }
    int index = node instanceof Node.Arr ? Pointer.index(token) : -1;
    return node instanceof Node.Arr array && index >= 0 && index < array.items().size()
        ? array.items().get(index)
        : null;
  }
}
