package dev.gatewarden.gateway.identity.client;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a token endpoint hands out (RFC 6749, section 5.1). It cannot be printed.
///
/// @param access the access token
/// @param seconds how long it is good
/// @param refresh the refresh token, or null
public record TokenAnswer(String access, long seconds, @Nullable String refresh) {
  private static final int LONGEST = 16 << 10;
  private static final long UNSAID_SECONDS = 60;
  private static final long MOST_SECONDS = 86_400;

  /// What an answer hands out.
  ///
  /// @throws Refused when the server says no
  /// @throws IOException when this is no answer of a token endpoint
  public static TokenAnswer of(Endpoint.Answer answer) throws IOException {
    Map<String, Object> said = answer.object();
    if (answer.status() != 200) {
      throw new Refused(answer.status(), said == null ? "" : word(said.get("error")));
    }
    if (said == null
        || !(said.get("access_token") instanceof String access)
        || !isToken(access)
        || !(said.get("token_type") instanceof String type)
        || !type.toLowerCase(Locale.ROOT).equals("bearer")) {
      throw new IOException("its answer holds no bearer token");
    }
    String refresh =
        said.get("refresh_token") instanceof String text && !text.isEmpty() ? text : null;
    return new TokenAnswer(access, seconds(said.get("expires_in")), refresh);
  }

  private static long seconds(@Nullable Object said) throws IOException {
    return switch (said) {
      case null -> UNSAID_SECONDS;
      case Long seconds when seconds > 0 -> Math.min(seconds, MOST_SECONDS);
      case BigDecimal seconds when seconds.signum() > 0 ->
          seconds.min(BigDecimal.valueOf(MOST_SECONDS)).longValue();
      default -> throw new IOException("its answer says no time for which the token is good");
    };
  }

  /// Whether a text can stand in an `Authorization` line (RFC 6750, section 2.1).
  private static boolean isToken(String text) {
    boolean good = !text.isEmpty() && text.length() <= LONGEST;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &=
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/=".indexOf(c) >= 0;
    }
    return good;
  }

  /// The error code of an answer, if it is one (RFC 6749, section 5.2); nothing else of it is
  /// repeated.
  private static String word(@Nullable Object error) {
    if (!(error instanceof String text) || text.length() > 40) {
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && (c < 'a' || c > 'z')) {
        return "";
      }
    }
    return text;
  }

  /// Nothing of the tokens.
  @Override
  public String toString() {
    return "TokenAnswer";
  }

  /// The server said no.
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;
    private final String error;

    Refused(int status, String error) {
      super("it answers " + status + (error.isEmpty() ? "" : " `" + error + "`"));
      this.error = error;
    }

    /// The error code, or empty.
    public String error() {
      return error;
    }
  }
}
