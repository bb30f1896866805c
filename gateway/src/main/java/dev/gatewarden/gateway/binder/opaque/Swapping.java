package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PublicId;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.core.schema.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Which way ids are put in each other's place.
public enum Swapping {
  /// From what callers write to what the service has.
  INWARD,
  /// From what the service has to what callers see.
  OUTWARD;

  /// The other id; null where there is none.
  public @Nullable String text(OpaqueType type, String text, Tenant tenant) {
    return switch (this) {
      case INWARD -> type.open(text, tenant);
      case OUTWARD -> type.seal(text, tenant);
    };
  }

  /// The other id as a JSON value; null where there is none.
  byte @Nullable [] json(IdPlaces.Found found, Bytes body, Tenant tenant) {
    byte[] json = body.array();
    int from = found.from();
    int to = found.to();
    boolean number = JsonText.isNumber(json, from, to);
    if (!number && !JsonText.isString(json, from, to)) {
      return null;
    }
    String text =
        number
            ? new String(json, from, to - from, StandardCharsets.ISO_8859_1)
            : JsonText.decode(json, from, to);
    String other = text(found.type(), text, tenant);
    return other == null
        ? null
        : written(other, !found.name() && bare(found.type().type(), number));
  }

  /// Whether the other id is written as a number.
  private boolean bare(ObjectType type, boolean number) {
    return switch (type.publicId()) {
      case PublicId.Number _ -> number;
      case PublicId.Uuid(), PublicId.Text(), PublicId.Own() ->
          this == INWARD && type.id().as() == ObjectType.Form.INTEGER;
    };
  }

  private static byte[] written(String text, boolean bare) {
    if (bare) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }
}
