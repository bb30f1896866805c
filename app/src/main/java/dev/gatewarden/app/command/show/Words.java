package dev.gatewarden.app.command.show;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SecurityScheme;
import java.util.Locale;

/// Parts of a contract in the words of OpenAPI.
final class Words {
  private Words() {}

  static String dialect(Contract contract) {
    return switch (contract.dialect()) {
      case OPENAPI_3_0 -> "openapi-3.0";
      case OPENAPI_3_1 -> "openapi-3.1";
    };
  }

  static String scheme(SecurityScheme scheme) {
    return switch (scheme.kind()) {
      case SecurityScheme.ApiKey(var in, String name) ->
          "a key in " + in.name().toLowerCase(Locale.ROOT) + "." + name;
      case SecurityScheme.Http(String word, String format) ->
          "http " + word + (format.isEmpty() ? "" : ", " + format);
      case SecurityScheme.OAuth2 oauth ->
          "oauth2 " + String.join(", ", oauth.flows().keySet().stream().sorted().toList());
      case SecurityScheme.OpenIdConnect(String url) -> "openIdConnect " + url;
      case SecurityScheme.MutualTls _ -> "mutualTLS";
    };
  }

  /// How the value of a parameter is written.
  static String written(Parameter parameter) {
    if (parameter.mediaType() != null) {
      return parameter.mediaType();
    }
    String style =
        switch (parameter.style()) {
          case SIMPLE -> "simple";
          case LABEL -> "label";
          case MATRIX -> "matrix";
          case FORM -> "form";
          case SPACE_DELIMITED -> "spaceDelimited";
          case PIPE_DELIMITED -> "pipeDelimited";
          case DEEP_OBJECT -> "deepObject";
          case COOKIE -> "cookie";
        };
    return style + (parameter.explode() ? ", exploded" : "");
  }
}
