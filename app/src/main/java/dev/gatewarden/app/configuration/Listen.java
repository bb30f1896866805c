package dev.gatewarden.app.configuration;

import dev.gatewarden.core.address.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the gate listens.
///
/// @param callers the port that callers use
/// @param admin the port for health, metrics and explanations
/// @param decisions the port on which services ask what callers may do (AuthZEN 1.0); none where it
///     is
///     not said
/// @param trust networks whose forwarding headers count; those of anybody else are dropped
/// @param clientCert whether forwarders in those networks end the callers' TLS and pass their
///     certificates on in `Client-Cert` (RFC 9440); they must remove such a header of a caller's
public record Listen(
    @Key("public") Public callers,
    @Default("{}") Admin admin,
    @Nullable DecisionPort decisions,
    @Default("[]") List<Block> trust,
    @Default("false") boolean clientCert) {

  /// The port that callers use.
  ///
  /// @param port 0 takes any free one
  /// @param bind the address to listen on; every address when `tls` is given, else loopback only
  /// @param certificates the certificates callers see, one or several: each is shown to callers who
  ///     name a host of its own, the first to all others; `none` with `because` where something in
  ///     front of the gate encrypts
  /// @param because why it may listen beyond loopback without TLS
  /// @param unknownHost what becomes of callers who name no host of any certificate in the
  ///     handshake: `default` shows them the first, `refuse` hangs up
  public record Public(
      int port,
      @Nullable String bind,
      @Key("tls") @OneOrMany @Default("[]") List<Tls> certificates,
      @Nullable String because,
      @Default("default") UnknownHost unknownHost) {

    /// What becomes of callers who name no host of any certificate.
    public enum UnknownHost {
      /// They are shown the first certificate.
      DEFAULT,
      /// The gate hangs up.
      REFUSE
    }

    /// What is said of TLS first; null where nothing is.
    public @Nullable Tls tls() {
      return certificates.isEmpty() ? null : certificates.getFirst();
    }

    /// The address to listen on.
    public String address() {
      if (bind != null) {
        return bind;
      }
      Tls tls = tls();
      return tls != null && tls.certificate() != null ? "0.0.0.0" : "127.0.0.1";
    }
  }

  /// The port for health, metrics and explanations.
  ///
  /// @param port 0 takes any free one
  /// @param bind the address to listen on; beyond loopback only with `token` or `identity`, and
  ///     `because`
  /// @param token the bearer token every request must bring, except for `/health` and `/ready`; one
  ///     that the gate makes for itself where neither it nor `identity` is said
  /// @param identity who may operate the gate by a token of an issuer instead
  /// @param because why it may leave loopback, where it is spoken without TLS: what encrypts in
  ///     front of it, or who alone reaches it
  public record Admin(
      @Default("8081") int port,
      @Default("127.0.0.1") String bind,
      @Nullable SecretReference token,
      @Nullable Operators identity,
      @Nullable String because) {}

  /// Who may operate the gate over its admin port, by a token of an issuer.
  ///
  /// @param issuer the name of one below `issuers`
  /// @param scopes what the token must grant, all of them
  /// @param roles what its subject must be, one of them
  public record Operators(
      String issuer, @Default("[]") List<String> scopes, @Default("[]") List<String> roles) {}

  /// What callers see of the gate. Both files are read again when they change, without a restart;
  /// what is no good (not theirs, weak, out of time) is told, and the certificate before stays.
  ///
  /// @param certificate the certificate chain, PEM
  /// @param key its private key, PKCS #8 PEM
  @Word(value = "none")
  public record Tls(@Nullable Location certificate, @Nullable SecretReference key) {
    /// Nothing is encrypted here.
    public static final Tls NONE = new Tls(null, null);
  }
}
