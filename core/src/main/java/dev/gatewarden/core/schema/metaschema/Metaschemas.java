package dev.gatewarden.core.schema.metaschema;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The metaschemas that references find without a network, under their published addresses.
///
/// What they promise is what the drafts promise; how it is put is the product's own, so pointers
/// lead to the names the drafts define (`definitions`, `$defs`) and to `properties`, and nowhere
/// else. Each is read when first asked for.
public final class Metaschemas {

  private Metaschemas() {}

  /// Whether an address without a fragment is one of theirs.
  public static boolean has(String address) {
    return text(address) != null;
  }

  /// The metaschema at an address without a fragment, read anew, or null.
  public static @Nullable Node at(String address) {
    String text = text(address);
    if (text == null) {
      return null;
    }
    Place.Origin origin = new Place.Origin(URI.create(address), address);
    byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new DocumentReader(Bounds.DEFAULT).read(origin, json);
  }

  private static @Nullable String text(String address) {
    String plain = address.startsWith("https://") ? address.substring(8) : address;
    plain = plain.startsWith("http://") ? plain.substring(7) : plain;
    if (plain.startsWith("spec.openapis.org/oas/3.1/")) {
      return OpenApiDialect.text(plain.substring("spec.openapis.org/oas/3.1/".length()));
    }
    if (!plain.startsWith("json-schema.org/")) {
      return null;
    }
    String name = plain.substring("json-schema.org/".length());
    return switch (name) {
      case "draft-04/schema" -> OlderDrafts.four();
      case "draft-06/schema" -> OlderDrafts.six();
      case "draft-07/schema" -> OlderDrafts.seven();
      default ->
          name.startsWith("draft/2019-09/")
              ? Draft201909.text(name.substring("draft/2019-09/".length()))
              : name.startsWith("draft/2020-12/")
                  ? Draft202012.text(name.substring("draft/2020-12/".length()))
                  : null;
    };
  }
}
