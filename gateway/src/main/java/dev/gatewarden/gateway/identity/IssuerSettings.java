package dev.gatewarden.gateway.identity;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the operator says of one issuer. A setting that would make tokens unsafe does not
/// construct.
///
/// @param name the issuer's name in the configuration
/// @param issuer what `iss` must be, to the letter
/// @param audiences what `aud` must name one of; empty only where `clients` or an excuse say what
///     counts instead
/// @param algorithms what signatures are accepted; never empty, and shared secrets never beside
///     public keys
/// @param types the accepted `typ` of the header, without `application/`: `at+jwt`, or also `jwt`,
///     which a token without a type counts as
/// @param naming where a token says what
/// @param bounds how old and long things may be
/// @param decryption what opens encrypted tokens; empty where they are refused
/// @param clients whose tokens count where a token has no `aud`; empty where every token has one
/// @param excuse until when weak tokens are borne with
public record IssuerSettings(
    String name,
    String issuer,
    List<String> audiences,
    Set<Algorithm> algorithms,
    KeySource keys,
    Set<String> types,
    Naming naming,
    Bounds bounds,
    List<DecryptionKey> decryption,
    Set<String> clients,
    Excuse excuse) {

  /// Where a token says who and what.
  ///
  /// @param tenant where the tenant stands, or null
  /// @param tenants the tenants whose users it may name; empty where it may name those of any
  /// @param roles where the user's roles stand
  /// @param scopes where the client's scopes stand, the first that is there
  /// @param client where the client's name stands, the first that is there
  /// @param crossing for which roles it vouches across tenants
  public record Naming(
      @Nullable ClaimPointer tenant,
      Set<String> tenants,
      ClaimPointer roles,
      List<ClaimPointer> scopes,
      List<ClaimPointer> client,
      Crossing crossing) {
    public static final List<ClaimPointer> SCOPES =
        List.of(ClaimPointer.parse("/scope"), ClaimPointer.parse("/scp"));
    public static final List<ClaimPointer> CLIENT =
        List.of(ClaimPointer.parse("/client_id"), ClaimPointer.parse("/azp"));
    public static final Naming USUAL =
        new Naming(null, Set.of(), ClaimPointer.parse("/roles"), SCOPES, CLIENT);

    /// An issuer that lets nobody cross tenants.
    public Naming(
        @Nullable ClaimPointer tenant,
        Set<String> tenants,
        ClaimPointer roles,
        List<ClaimPointer> scopes,
        List<ClaimPointer> client) {
      this(tenant, tenants, roles, scopes, client, Crossing.NOBODY);
    }

    public Naming {
      tenants = Set.copyOf(tenants);
      scopes = List.copyOf(scopes);
      client = List.copyOf(client);
    }
  }

  /// Which roles of an issuer's users cross tenants.
  ///
  /// @param roles none where nobody crosses
  /// @param tenants whose users may; empty where its users are of no tenant
  public record Crossing(Set<String> roles, Set<String> tenants) {
    public static final Crossing NOBODY = new Crossing(Set.of(), Set.of());

    public Crossing {
      roles = Set.copyOf(roles);
      tenants = Set.copyOf(tenants);
    }

    /// Those that a configuration names.
    public static Crossing of(Collection<String> roles, Collection<String> tenants) {
      return new Crossing(Set.copyOf(roles), Set.copyOf(tenants));
    }

    /// The roles by which a user crosses.
    ///
    /// @param tenant whose user it is, or null
    public Set<String> by(Set<String> held, @Nullable String tenant) {
      boolean meant = tenant == null ? tenants.isEmpty() : tenants.contains(tenant);
      if (roles.isEmpty() || !meant) {
        return Set.of();
      }
      Set<String> crossing = new HashSet<>(held);
      crossing.retainAll(roles);
      return crossing;
    }
  }

  /// How old and long things may be.
  ///
  /// @param skew how far the clocks may differ; at most two minutes
  /// @param longest the longest life of a token
  /// @param issuedAtRequired false where the issuer leaves `iat` out
  /// @param mostBytes the longest token that is looked at
  /// @param refresh after how long keys are fetched again
  /// @param stale how long keys are used when they cannot be fetched again
  public record Bounds(
      Duration skew,
      Duration longest,
      boolean issuedAtRequired,
      int mostBytes,
      Duration refresh,
      Duration stale) {
    public static final Bounds USUAL =
        new Bounds(
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            true,
            8 << 10,
            Duration.ofMinutes(5),
            Duration.ofHours(24));

    public Bounds {
      require(
          !skew.isNegative() && skew.compareTo(Duration.ofMinutes(2)) <= 0,
          "`skew` must lie between `0s` and `2m`");
      require(longest.toSeconds() >= 1, "`longest` must be at least `1s`");
      require(mostBytes >= 256 && mostBytes <= 64 << 10, "a token has 256 bytes to 64 KiB");
      require(refresh.toSeconds() >= 1, "`refresh` must be at least `1s`");
      require(stale.compareTo(refresh) >= 0, "`stale` must not be shorter than `refresh`");
    }

    /// The same, of what the operator says of tokens.
    public static Bounds of(Duration skew, Duration longest, boolean issuedAtRequired) {
      return new Bounds(
          skew, longest, issuedAtRequired, USUAL.mostBytes, USUAL.refresh, USUAL.stale);
    }
  }

  public static final Set<String> ACCESS_TOKENS = Set.of("at+jwt", "jwt");

  public IssuerSettings {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
    decryption = List.copyOf(decryption);
    clients = Set.copyOf(clients);
    require(!name.isEmpty() && name.indexOf('|') < 0, "an issuer needs a name without `|`");
    require(!issuer.isEmpty(), "`url` must be what the issuer writes into `iss`");
    require(
        (!audiences.isEmpty() || !clients.isEmpty() || excuse.noAudience() != null)
            && !audiences.contains(""),
        "`audience` must name this API");
    require(!clients.contains(""), "`clients` names clients of the issuer");
    require(
        clients.isEmpty() || excuse.noAudience() == null,
        "a token without `aud` counts by `clients`, or by an excuse");
    require(
        excuse.sharedSecret() == null || keys instanceof KeySource.Shared,
        "public keys need no excuse");
    require(!algorithms.isEmpty(), "`algorithms` must name at least one algorithm");
    require(!types.isEmpty() && ACCESS_TOKENS.containsAll(types), "`typ` is `at+jwt` or `jwt`");
    boolean shared = keys instanceof KeySource.Shared;
    for (Algorithm algorithm : algorithms) {
      require(
          algorithm.isSymmetric() == shared,
          "`" + algorithm.jose() + "` does not go with the keys of the issuer");
      require(
          !(keys instanceof KeySource.Shared(var secret)) || secret.length() >= algorithm.length(),
          "`" + algorithm.jose() + "` needs a longer secret");
    }
    if (keys instanceof KeySource.Discovered) {
      Reachable.orThrow(URI.create(issuer));
    }
  }

  /// An issuer with everything else as it is by default.
  public static IssuerSettings of(
      String name,
      String issuer,
      List<String> audiences,
      Set<Algorithm> algorithms,
      KeySource keys) {
    return new IssuerSettings(
        name,
        issuer,
        audiences,
        algorithms,
        keys,
        ACCESS_TOKENS,
        Naming.USUAL,
        Bounds.USUAL,
        List.of(),
        Set.of(),
        Excuse.NONE);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
