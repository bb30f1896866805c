package dev.gatewarden.demo.broken;

import dev.gatewarden.demo.broken.clinic.ClinicApi;
import dev.gatewarden.demo.broken.clinic.ClinicFault;
import dev.gatewarden.demo.broken.forum.ForumApi;
import dev.gatewarden.demo.broken.forum.ForumFault;
import dev.gatewarden.demo.broken.ledger.LedgerApi;
import dev.gatewarden.demo.broken.ledger.LedgerFault;
import dev.gatewarden.demo.broken.library.LibraryApi;
import dev.gatewarden.demo.broken.library.LibraryFault;
import dev.gatewarden.demo.broken.parcels.ParcelsApi;
import dev.gatewarden.demo.broken.parcels.ParcelsFault;
import dev.gatewarden.demo.broken.passport.PassportApi;
import dev.gatewarden.demo.broken.passport.PassportFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// A broken API by its name, with all there is to know about it.
public enum Specimen {
  PARCELS("plain JSON, sequential ids, opaque bearer tokens", ParcelsFault.class, ParcelsApi::new),
  CLINIC(
      "envelopes, UUIDs, the tenant in the path, signed tokens from a login",
      ClinicFault.class,
      ClinicApi::new),
  LEDGER("snake_case, API keys, webhooks, uploads, versions", LedgerFault.class, LedgerApi::new),
  LIBRARY(
      "JSON:API, names and passwords on each request, other websites",
      LibraryFault.class,
      LibraryApi::new),
  FORUM("forms, cookies, redirects, forgotten passwords", ForumFault.class, ForumApi::new),
  PASSPORT(
      "an authorization server with a key set, and a small API beside it",
      PassportFault.class,
      PassportApi::new);

  private final String style;
  private final List<? extends Flaw> flaws;
  private final BiFunction<String, Clock, BrokenApi<?>> making;

  <F extends Enum<F> & Flaw> Specimen(
      String style, Class<F> kind, BiFunction<Set<F>, Clock, BrokenApi<F>> making) {
    this.style = style;
    this.flaws = List.copyOf(EnumSet.allOf(kind));
    this.making = (words, clock) -> making.apply(chosen(kind, words), clock);
  }

  /// What the command line calls it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String style() {
    return style;
  }

  /// Everything that can be wrong with it.
  public List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  /// A new one.
  ///
  /// @param faults `all`, `none`, or words with commas between them
  /// @throws IllegalArgumentException with a message for the user
  public BrokenApi<?> api(String faults, Clock clock) {
    return making.apply(faults, clock);
  }

  /// Its contract, with the address of a running one.
  public String contract(URI target) {
    return placed("contract.yaml", target);
  }

  /// The contract of the version before, where there was one.
  public Optional<String> contractBefore(URI target) {
    return Specimen.class.getResource(word() + "/contract-v1.yaml") == null
        ? Optional.empty()
        : Optional.of(placed("contract-v1.yaml", target));
  }

  /// Who may call a running one, how they prove it, and what is theirs.
  public String identities(BrokenServer running) {
    String text =
        text("identities.yaml")
            .replace("${target}", running.uri().toString())
            .replace("${control}", running.control().toString());
    if (running.api() instanceof Issuing issuing) {
      for (Who who : Who.ALL) {
        String token = issuing.signed(Ask.json().put("sub", who.name()));
        text = text.replace("${token." + who.name() + "}", token);
      }
    }
    return text;
  }

  /// @throws IllegalArgumentException with a message for the user
  public static Specimen named(String word) {
    for (Specimen specimen : values()) {
      if (specimen.word().equals(word)) {
        return specimen;
      }
    }
    throw new IllegalArgumentException("`" + word + "` is no broken API: there are " + words());
  }

  /// All their names, with commas between them.
  public static String words() {
    return String.join(", ", EnumSet.allOf(Specimen.class).stream().map(Specimen::word).toList());
  }

  private String placed(String file, URI target) {
    return text(file).replace("http://127.0.0.1:9100", target.toString());
  }

  private String text(String file) {
    try (InputStream in = Specimen.class.getResourceAsStream(word() + "/" + file)) {
      if (in == null) {
        throw new IllegalStateException("`" + file + "` of " + word() + " was not packed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("`" + file + "` of " + word() + " cannot be read", e);
    }
  }

  private static <F extends Enum<F> & Flaw> Set<F> chosen(Class<F> kind, String words) {
    Set<F> chosen = EnumSet.noneOf(kind);
    if (words.equals("all")) {
      return EnumSet.allOf(kind);
    }
    for (String word : words.equals("none") ? new String[0] : words.split(",", -1)) {
      Set<F> all = EnumSet.allOf(kind);
      all.removeIf(fault -> !fault.word().equals(word.strip()));
      if (all.isEmpty()) {
        throw new IllegalArgumentException(
            "`"
                + word.strip()
                + "` is no fault of it: there are "
                + String.join(", ", EnumSet.allOf(kind).stream().map(Flaw::word).toList()));
      }
      chosen.addAll(all);
    }
    return chosen;
  }
}
