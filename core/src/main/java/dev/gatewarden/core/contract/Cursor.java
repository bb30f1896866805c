package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place in a list that callers bring as a text which the gate gave out, where the service counts
/// items or pages: what `x-gatewarden-cursor` says.
///
/// @param in the query parameter of callers
/// @param inner the query parameter of the service
/// @param counts what the service counts
/// @param first its number of the first page; 0 for items
public record Cursor(String in, String inner, Counts counts, long first, Place place) {
  /// The extension's name behind its prefix.
  public static final String WORD = "cursor";

  private static final String ADVICE =
      "write `{in: cursor, offset: skip}` or `{in: cursor, page: page}`";

  /// What a service counts.
  public enum Counts {
    ITEMS,
    PAGES
  }

  /// What a checked operation says there, or null where it says nothing.
  public static @Nullable Cursor of(Operation operation) {
    Node node = operation.extensions().get(WORD);
    return node == null ? null : read(node, new Notes());
  }

  /// The number of the next page.
  ///
  /// @param number of this one, -1 where the request names none
  /// @param items on this one
  public long next(long number, long items) {
    long here = number < 0 ? first : number;
    return switch (counts) {
      case ITEMS -> here + items;
      case PAGES -> here + 1;
    };
  }

  static void check(Operation operation, Notes notes) {
    Node node = operation.extensions().get(WORD);
    Cursor cursor = node == null ? null : read(node, notes);
    if (cursor == null) {
      return;
    }
    if (!operation.method().equals("GET")) {
      notes.problem(cursor.place, "pages are read by GET, and this is " + operation.method());
    }
    Parameter brought = parameter(operation, cursor.in);
    Set<String> types = brought == null ? Set.of() : Shape.of(brought.schema()).types();
    if (brought == null || !types.equals(Set.of("string"))) {
      notes.problem(
          cursor.place,
          "callers bring the cursor in `"
              + Nodes.shown(cursor.in)
              + "`, which is no text in the query",
          "give the operation a query parameter of that name with `schema: {type: string}`");
    } else if (brought.required()) {
      notes.problem(
          brought.place(), "nobody has a cursor of the first page", "leave `required` out");
    }
    if (!cursor.in.equals(cursor.inner) && parameter(operation, cursor.inner) != null) {
      notes.problem(
          cursor.place,
          "callers could bring `" + Nodes.shown(cursor.inner) + "` themselves, without a cursor",
          "take the parameter out of the contract; the service gets it from the gate");
    }
  }

  private static @Nullable Parameter parameter(Operation operation, String name) {
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.QUERY && each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Cursor read(Node node, Notes notes) {
    if (!(node instanceof Node.Obj object)) {
      notes.problem(
          node.place(), "`x-gatewarden-cursor` should be a map, not " + Nodes.kind(node), ADVICE);
      return null;
    }
    Fields fields = new Fields(object, notes, "in", "offset", "page", "first");
    Node.Text in = fields.text("in");
    Node.Text items = fields.text("offset");
    Node.Text pages = fields.text("page");
    if (in == null || (items == null) == (pages == null)) {
      notes.problem(
          object.place(),
          "`x-gatewarden-cursor` says what callers bring, and either the `offset` or the `page` of"
              + " the service",
          ADVICE);
      return null;
    }
    return new Cursor(
        in.value(),
        items == null ? pages.value() : items.value(),
        items == null ? Counts.PAGES : Counts.ITEMS,
        first(fields, items == null, notes),
        object.place());
  }

  private static long first(Fields fields, boolean pages, Notes notes) {
    Node node = fields.node("first");
    if (node == null) {
      return pages ? 1 : 0;
    }
    boolean said = node instanceof Node.Num number && Set.of("0", "1").contains(number.literal());
    if (!said || !pages) {
      notes.problem(
          node.place(), "`first` is the number of the first page, 0 or 1", "leave it out for 1");
      return 1;
    }
    return ((Node.Num) node).value().longValueExact();
  }
}
