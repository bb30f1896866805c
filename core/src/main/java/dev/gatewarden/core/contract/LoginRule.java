package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operation does to the tokens that its service issues (`x-gatewarden-login`).
///
/// @param subject whose token it is, or null for whoever calls
/// @param tenant the tenant of the subject, or null
/// @param token where the answer says the token; null only where none is issued
/// @param renewal where the answer says a second token that buys new ones, or null
/// @param presents where the request says such a second token; null where the caller's own token is
///     renewed
/// @param expires how long what is issued lives, or null where only the ledger says so
/// @param scheme the security scheme whose tokens these are; null for the only one with a ledger
public record LoginRule(
    Does does,
    @Nullable Selector subject,
    @Nullable Selector tenant,
    @Nullable Spot token,
    @Nullable Spot renewal,
    @Nullable Selector presents,
    @Nullable Expiry expires,
    @Nullable String scheme,
    Place place) {

  /// The word that carries it, without the prefix.
  public static final String WORD = "login";

  /// What an operation does.
  public enum Does {
    /// Proves somebody and issues a token.
    LOGIN,
    /// Issues a new token in place of one.
    REFRESH,
    /// Ends the token of whoever calls.
    LOGOUT,
    /// Ends every token of somebody that was issued before.
    PASSWORD_CHANGE
  }

  /// Where an answer says a token.
  public sealed interface Spot {
    /// `response.body#/data/token`.
    record InBody(List<String> path) implements Spot {
      public InBody {
        path = List.copyOf(path);
      }
    }

    /// `response.header.X-Token`.
    record InHeader(String name) implements Spot {}

    /// `response.cookie.sid`.
    record InCookie(String name) implements Spot {}
  }

  /// How long a token lives.
  public sealed interface Expiry {
    /// Always the same.
    record After(Duration time) implements Expiry {}

    /// A number of seconds that the answer says, `response.body#/expires_in`.
    record Said(List<String> path) implements Expiry {
      public Said {
        path = List.copyOf(path);
      }
    }
  }

  /// The rule of an operation, or null: it has none, or one that says nothing clear.
  ///
  /// @param problems where what is wrong with it is added
  public static @Nullable LoginRule of(Operation operation, List<Problem> problems) {
    return LoginReader.read(operation, problems);
  }

  /// Whether the request's body has to be read for it.
  public boolean readsRequest() {
    return subject instanceof Selector.Body
        || tenant instanceof Selector.Body
        || presents instanceof Selector.Body;
  }

  /// Whether the answer's body has to be read for it.
  public boolean readsAnswer() {
    return token instanceof Spot.InBody
        || renewal instanceof Spot.InBody
        || subject instanceof Selector.ResponseBody
        || tenant instanceof Selector.ResponseBody
        || expires instanceof Expiry.Said;
  }
}
