package dev.gatewarden.demo.shop;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a token and believes it, whoever signed it, if anybody did: the fault of decoding where
/// one
/// should verify.
final class CredulousCallers implements Callers {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public @Nullable Caller of(String token) {
    return claims(token);
  }

  static @Nullable Caller claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      List<String> roles = new ArrayList<>();
      claims.path("roles").forEach(role -> roles.add(role.asString("")));
      return new Caller(
          claims.path("sub").asString("guest"),
          claims.path("tenant").asString(""),
          roles,
          List.of(claims.path("scope").asString("").split(" ", -1)));
    } catch (IllegalArgumentException | JacksonException e) {
      return null;
    }
  }
}
