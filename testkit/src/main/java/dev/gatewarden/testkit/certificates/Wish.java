package dev.gatewarden.testkit.certificates;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a certificate shall say.
///
/// @param names the alternative names: `dns:a.example`, `uri:spiffe://…`, `email:…`, `ip:127.0.0.1`
/// @param purpose the OID of its only extended purpose; null for none named
/// @param signs whether its key usage is signatures
/// @param issues whether it may issue certificates
/// @param permitted the DNS names it may issue for, `partner.example`; null for any
/// @param rsaBits the length of its RSA key; 0 for a key on P-256
public record Wish(
    String subject,
    List<String> names,
    Instant from,
    Instant until,
    @Nullable String purpose,
    boolean signs,
    boolean issues,
    @Nullable String permitted,
    int rsaBits) {
  /// Proving a client (RFC 5280, section 4.2.1.12).
  public static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  /// Proving a server.
  public static final String SERVER = "1.3.6.1.5.5.7.3.1";

  /// A client's certificate that is good from yesterday for a month.
  public static Wish client(String subject, String... names) {
    Instant now = Instant.now();
    return new Wish(
        subject,
        List.of(names),
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(30)),
        CLIENT,
        true,
        false,
        null,
        0);
  }

  /// A server's certificate.
  public static Wish server(String subject, String... names) {
    return client(subject, names).purpose(SERVER);
  }

  public Wish purpose(@Nullable String other) {
    return new Wish(subject, names, from, until, other, signs, issues, permitted, rsaBits);
  }

  public Wish within(Instant begin, Instant end) {
    return new Wish(subject, names, begin, end, purpose, signs, issues, permitted, rsaBits);
  }

  /// The same with one more alternative name.
  public Wish and(String name) {
    List<String> all = new ArrayList<>(names);
    all.add(name);
    return new Wish(subject, all, from, until, purpose, signs, issues, permitted, rsaBits);
  }

  public Wish rsa(int bits) {
    return new Wish(subject, names, from, until, purpose, signs, issues, permitted, bits);
  }

  /// A certificate whose key may not sign.
  public Wish silent() {
    return new Wish(subject, names, from, until, purpose, false, issues, permitted, rsaBits);
  }

  /// An issuer's certificate.
  public Wish issuing(@Nullable String onlyFor) {
    return new Wish(subject, names, from, until, null, signs, true, onlyFor, rsaBits);
  }
}
