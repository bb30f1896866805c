package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Configurations as texts, and what the reader says to them.
final class Texts {
  static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  static final String SHOP =
      """
      gatewarden: 1
      listen:
        public: {port: 8080}
      issuers:
        corp: {url: https://id.example.com, audience: https://api.example.com, algorithms: [RS256, ES256], tenant: /org}
      senders:
        bank: {preset: standard-webhooks, secrets: [env:BANK_NEW, file:secrets/bank-old]}
      apis:
        shop:
          contract: contracts/shop.yaml
          at: {host: api.example.com, path: /v1}
          upstream: {to: [http://10.0.1.5:9000]}
          security: {bearerAuth: corp, bankSignature: bank}
          tenancy: token
      """;

  /// A guard's configuration, as guards write theirs.
  record Bucket(int rate, Duration per, Unknown unknownFields) {
    Bucket {
      if (rate < 1) {
        throw new IllegalArgumentException("`rate` is at least 1");
      }
    }

    enum Unknown {
      REFUSE,
      REDACT
    }
  }

  record Nothing() {}

  static final Map<String, Record> GUARDS =
      Map.of(
          "principal-limit", new Bucket(100, Duration.ofMinutes(1), Bucket.Unknown.REFUSE),
          "object-owner", new Nothing());

  private Texts() {}

  static Reading read(String text) {
    Path file = Path.of("/etc/gate/gatewarden.yaml");
    return new ConfigurationReader(GUARDS)
        .read(
            file,
            new Place.Origin(URI.create("file:///etc/gate/gatewarden.yaml"), "gatewarden.yaml"),
            text.getBytes(StandardCharsets.UTF_8),
            TODAY);
  }

  static List<String> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (ProblemsException wrong) {
      return wrong.problems().stream().map(Problem::toString).toList();
    }
  }
}
