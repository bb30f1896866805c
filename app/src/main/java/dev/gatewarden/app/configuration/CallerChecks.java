package dev.gatewarden.app.configuration;

import dev.gatewarden.core.identity.KeyText;
import java.time.Duration;
import java.util.Set;

/// What must hold of those who prove callers by something other than an issuer's tokens.
final class CallerChecks {
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
  private static final Duration LONGEST_SESSION = Duration.ofDays(90);
  private static final Duration LONGEST_OVERLAP = Duration.ofMinutes(5);
  private static final int MOST_ID_KEYS = 8;
  private static final Duration LONGEST_KEY = Duration.ofDays(366);
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);

  private CallerChecks() {}

  static void sender(Sender sender, Remarks at) {
    if (sender.secrets().isEmpty()) {
      at.add(
          "secrets",
          "without a secret nothing proves a sender's requests",
          "write `secrets: [env:NAME]`");
    }
    at.positive("window", sender.window());
    if (sender.window().compareTo(LONGEST_WINDOW) > 0) {
      at.add("window", "`window` is more than 10m", "a wider one only helps who replays");
    }
    if (sender.preset() == Sender.Preset.GITHUB && at.get("window") != null) {
      at.add("window", "`window` has no effect: GitHub signs no timestamp", "leave it out");
    }
  }

  static void opaque(OpaqueIdKeys opaque, Remarks at) {
    if (opaque.keys().isEmpty()) {
      at.add("keys", "without a key no id can be given out", "write `keys: [env:NAME]`");
    } else if (opaque.keys().size() > MOST_ID_KEYS) {
      at.add(
          "keys", "`keys` names more than " + MOST_ID_KEYS, "every id is tried with each of them");
    }
    if (Set.copyOf(opaque.keys()).size() < opaque.keys().size()) {
      at.add("keys", "`keys` names one key twice", "");
    }
  }

  static void ring(KeyRing ring, Remarks at) {
    if (!KeyText.isEnvironment(ring.environment())) {
      at.add(
          "environment",
          "`environment` is a word of lower-case letters and digits, at most 16",
          "write `environment: live`");
    }
    at.positive("lifetime", ring.lifetime());
    at.positive("rotate", ring.rotate());
    if (ring.lifetime().compareTo(LONGEST_KEY) > 0) {
      at.add("lifetime", "`lifetime` is more than 366d", "keys that never end are never missed");
    }
    if (ring.rotate().compareTo(ring.lifetime()) > 0) {
      at.add(
          "rotate",
          "`rotate` is more than `lifetime`: keys would end before they are due",
          "give keys less time before a successor is due");
    }
    if (ring.overlap().compareTo(ring.lifetime()) > 0) {
      at.add("overlap", "`overlap` is more than `lifetime`", "");
    }
  }

  static void certificates(ClientCertificates certificates, Remarks at) {
    if (certificates.trust().isEmpty()) {
      at.add("trust", "without issuers nobody's certificate is good", "name a PEM file");
    }
    boolean spiffe = certificates.subject() == ClientCertificates.Naming.SPIFFE;
    String domain = certificates.trustDomain();
    if (spiffe && domain == null) {
      at.add(
          "trust-domain",
          "`subject: spiffe` needs `trust-domain`",
          "name the domain whose workloads are meant, such as `prod.example.org`");
    }
    if (domain != null && !spiffe) {
      at.add("trust-domain", "`trust-domain` has no effect without `subject: spiffe`", "");
    }
    if (domain != null && spiffe && !isTrustDomain(domain)) {
      at.add(
          "trust-domain",
          "`" + domain + "` is no trust domain",
          "use lower case letters, digits, `.`, `-` and `_`");
    }
    if (certificates.crls().isEmpty() && !certificates.crlGrace().isZero()) {
      at.add("crl-grace", "`crl-grace` has no effect without `crls`", "leave it out");
    }
    if (certificates.crlGrace().compareTo(LONGEST_GRACE) > 0) {
      at.add(
          "crl-grace",
          "`crl-grace` is more than 7d",
          "who was locked out that long ago should not come in");
    }
  }

  private static boolean isTrustDomain(String text) {
    boolean plain = !text.isEmpty() && text.length() <= 255;
    for (int i = 0; i < text.length(); i++) {
      plain &= "abcdefghijklmnopqrstuvwxyz0123456789.-_".indexOf(text.charAt(i)) >= 0;
    }
    return plain;
  }

  static void ledger(TokenLedger ledger, Remarks at) {
    at.positive("lifetime", ledger.lifetime());
    at.positive("idle", ledger.idle());
    if (ledger.lifetime().compareTo(LONGEST_SESSION) > 0) {
      at.add("lifetime", "`lifetime` is more than 90d", "nobody stays logged in that long");
    }
    if (ledger.idle().compareTo(ledger.lifetime()) > 0 && at.get("idle") != null) {
      at.add("idle", "`idle` is more than `lifetime`: it has no effect", "leave it out");
    }
    if (ledger.overlap().compareTo(LONGEST_OVERLAP) > 0) {
      at.add("overlap", "`overlap` is more than 5m", "a replaced token only helps who stole it");
    }
  }
}
