package dev.gatewarden.core.probe;

import dev.gatewarden.core.identity.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody whose credential the tester holds.
///
/// @param name as the tester calls them, `alice`
/// @param is who they are to the API
/// @param presents what their requests carry, by the place it is carried in
/// @param login how the credential was got, or null where it was given
/// @param owns the ids of objects that are theirs, by the object's type
/// @param scoped whether it is known what their client was granted: their token or the tester says
public record Identity(
    String name,
    Principal is,
    List<Presented> presents,
    Map<String, List<String>> owns,
    @Nullable Login login,
    boolean scoped) {

  /// Who presents nothing.
  public static final Identity NOBODY =
      new Identity("nobody", Principal.NOBODY, List.of(), Map.of(), null, true);

  /// A request that gave the credential.
  ///
  /// @param path below the API's base, or empty where it was sent elsewhere
  /// @param address the same in full
  /// @param members of its body, the password among them
  /// @param form whether it is a form rather than JSON
  public record Login(String path, String address, Map<String, String> members, boolean form) {
    public Login {
      members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// The member that holds the password; empty where none looks like it.
    public String secret() {
      String password = name(".*(pass|pwd).*", "");
      return password.isEmpty() ? name(".*(secret|pin).*", "") : password;
    }

    /// The member that holds the user; empty where none looks like it.
    public String user() {
      return name(".*(user|mail|name|login|account).*", secret());
    }

    private String name(String like, String not) {
      return members.keySet().stream()
          .filter(each -> !each.equals(not) && each.toLowerCase(Locale.ROOT).matches(like))
          .findFirst()
          .orElse("");
    }

    /// Nothing of the members.
    @Override
    public String toString() {
      return path;
    }
  }

  /// A part of a request that proves who sends it.
  ///
  /// @param name of the header, the query parameter or the cookie
  /// @param prefix what stands before the secret, `Bearer ` with its blank; or empty
  public record Presented(Where where, String name, String prefix, String secret) {

    /// Everything but the secret.
    @Override
    public String toString() {
      return where + " " + name;
    }
  }

  /// Where a credential travels.
  public enum Where {
    HEADER,
    QUERY,
    COOKIE,
    /// A field of every body that changes something: the token of a form.
    BODY
  }

  public Identity {
    presents = List.copyOf(presents);
    owns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(owns));
  }

  public boolean isNobody() {
    return is.isNobody();
  }

  /// The same person, known better.
  public Identity is(Principal other) {
    return new Identity(name, other, presents, owns, login, scoped);
  }

  /// The same person with another credential.
  public Identity presenting(String called, List<Presented> others) {
    return new Identity(called, is, others, owns, login, scoped);
  }

  @Override
  public String toString() {
    return name;
  }
}
