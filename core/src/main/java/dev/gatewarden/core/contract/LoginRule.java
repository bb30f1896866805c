package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operation is to those who log in, and what it does to the tokens that its service issues
/// (`x-gatewarden-login`).
///
/// @param account where the request names whose login is tried, or null where that is plain by
///     itself
/// @param pending where a second step names the login it belongs to, or where the first one's
///     answer
///     names it; null where nothing does
/// @param device where the request names a device that stays the same, or null
/// @param failed how the service says no, or null where any 4xx says it
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
    @Nullable Selector account,
    @Nullable Selector pending,
    @Nullable Selector device,
    @Nullable Failure failed,
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
    PASSWORD_CHANGE,
    /// Has a message sent to somebody who forgot a password, or who is to be proved by it.
    RESET,
    /// Takes the code of a second step, or of such a message.
    MFA,
    /// Makes an account.
    SIGN_UP,
    /// Nothing of it, whatever it is called.
    NONE
  }

  /// How an answer says that a login failed.
  ///
  /// @param statuses the statuses that say so; 4xx, where there are none
  /// @param at where the answer says more, or null
  /// @param is what stands there when it failed; anything but `null`, `false` and nothing, where it
  ///     names nothing
  /// @param without what stands in the answer to every login that went well, or null
  public record Failure(
      Set<Integer> statuses, @Nullable Selector at, List<String> is, @Nullable Selector without) {
    /// Any 4xx.
    public static final Failure USUAL = new Failure(Set.of(), null, List.of(), null);

    public Failure {
      statuses = Set.copyOf(statuses);
      is = List.copyOf(is);
    }
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

  /// Whether it says anything of tokens, so that a ledger has to do with it.
  public boolean issues() {
    return switch (does) {
      case LOGIN, MFA, REFRESH -> token != null;
      case LOGOUT, PASSWORD_CHANGE -> true;
      case RESET, SIGN_UP, NONE -> false;
    };
  }

  /// Whether the request's body has to be read for what it says of tokens.
  public boolean readsRequest() {
    return subject instanceof Selector.Body
        || tenant instanceof Selector.Body
        || presents instanceof Selector.Body;
  }

  /// Whether the answer's body has to be read for what it says of tokens.
  public boolean readsAnswer() {
    return token instanceof Spot.InBody
        || renewal instanceof Spot.InBody
        || subject instanceof Selector.ResponseBody
        || tenant instanceof Selector.ResponseBody
        || expires instanceof Expiry.Said;
  }
}
