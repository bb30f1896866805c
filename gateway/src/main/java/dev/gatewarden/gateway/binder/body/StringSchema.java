package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the schema of a body says that is one string, as far as it stands at its root.
///
/// @param bound whether it says more than that there is a text
/// @param text whether what it says is about characters, not bytes
/// @param least `minLength`
/// @param most `maxLength`
record StringSchema(boolean bound, boolean text, long least, long most) {
  static final StringSchema NOTHING = new StringSchema(false, false, 0, Long.MAX_VALUE);
  private static final int LONGEST_CHAIN = 64;
  private static final Set<String> ABOUT_TEXT = Set.of("pattern", "enum", "const");
  private static final Set<String> BYTES = Set.of("binary", "byte");

  static StringSchema of(SchemaSource source) {
    Obj schema = followed(source);
    if (schema == null) {
      return new StringSchema(true, false, 0, Long.MAX_VALUE);
    }
    String format = schema.get("format") instanceof Node.Text text ? text.value() : "";
    boolean said =
        ABOUT_TEXT.stream().anyMatch(word -> schema.get(word) != null)
            || !(format.isEmpty() || BYTES.contains(format));
    long least = number(schema, "minLength", 0);
    long most = number(schema, "maxLength", Long.MAX_VALUE);
    boolean plain = "string".equals(type(schema)) && composed(schema);
    boolean sized = least > 0 || most < Long.MAX_VALUE;
    return new StringSchema(said || sized || !plain, said, least, most);
  }

  /// Whether it bounds the length.
  boolean sized() {
    return least > 0 || most < Long.MAX_VALUE;
  }

  private static boolean composed(Obj schema) {
    return schema.get("allOf") == null
        && schema.get("anyOf") == null
        && schema.get("oneOf") == null
        && schema.get("$ref") == null;
  }

  private static String type(Obj schema) {
    return schema.get("type") instanceof Node.Text text ? text.value() : "";
  }

  private static long number(Obj schema, String word, long otherwise) {
    return schema.get(word) instanceof Node.Num number ? number.value().longValue() : otherwise;
  }

  private static @Nullable Obj followed(SchemaSource source) {
    Node at = source.schema();
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (!(at instanceof Obj object)) {
        return null;
      }
      if (!(object.get("$ref") instanceof Node.Text reference)) {
        return object;
      }
      if (!(source.references().resolve(reference.value(), reference.place())
          instanceof References.Resolution.Found(Node target))) {
        return null;
      }
      at = target;
    }
    return null;
  }
}
