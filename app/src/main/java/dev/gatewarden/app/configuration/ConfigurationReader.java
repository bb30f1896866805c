package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads `gatewarden.yaml`: strictly, and with all problems at once.
public final class ConfigurationReader {
  private static final int SOON = 14;
  private static final Bounds BOUNDS = new Bounds(4 << 20, 32, 100_000);

  private final Map<String, ? extends Record> guards;

  /// @param guards what can be tuned of the guards, by id: each guard's configuration as it is
  ///     where nobody says anything
  public ConfigurationReader(Map<String, ? extends Record> guards) {
    this.guards = guards;
  }

  /// The configuration in a file.
  ///
  /// @param today the day (UTC) on which exceptions must still hold
  /// @throws ProblemsException with every problem there is
  public Reading read(Path file, LocalDate today) {
    Place.Origin origin = new Place.Origin(file.toAbsolutePath().toUri(), file.toString());
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      throw unreadable(
          origin,
          "there is no such file",
          "write one with `gatewarden init`, or name another with `-c`");
    } catch (IOException wrong) {
      throw unreadable(origin, "the file cannot be read: " + wrong.getMessage(), "");
    }
    return read(file, origin, text, today);
  }

  /// The configuration in a text that was read from a file.
  ///
  /// @param today the day (UTC) on which exceptions must still hold
  /// @throws ProblemsException with every problem there is
  public Reading read(Path file, byte[] text, LocalDate today) {
    return read(
        file, new Place.Origin(file.toAbsolutePath().toUri(), file.toString()), text, today);
  }

  /// The configuration in a text that stands in a file of that name.
  Reading read(Path file, Place.Origin origin, byte[] text, LocalDate today) {
    Node node = new DocumentReader(BOUNDS).read(origin, text);
    if (!(node instanceof Node.Obj root)) {
      throw unreadable(
          origin,
          "the file is " + Scalars.described(node) + " and must be an object",
          "begin it with `gatewarden: 1`");
    }
    Problems problems = new Problems();
    Binder binder = new Binder(problems, guards, new OwnChecks(problems));
    Map<String, Object> parts = binder.parts(root, Configuration.class);
    new WholeChecks(problems, root, guards.keySet()).all(parts);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems.inOrder());
    }
    Path folder = folder(file);
    return new Reading(
        configuration(parts),
        file,
        folder,
        root,
        binder.settings(),
        warnings(root, parts, binder.settings(), today));
  }

  private static List<Problem> warnings(
      Node.Obj root, Map<String, Object> parts, List<Setting> settings, LocalDate today) {
    List<Problem> warnings = new ArrayList<>(expired(root, parts, today));
    for (Setting setting : settings) {
      if (setting.path().endsWith("request-schema.echo") && setting.value().equals("true")) {
        warnings.add(
            new Problem(
                root.place(),
                "`"
                    + setting.path()
                    + "` makes refusals repeat values of requests: passwords and personal data end"
                    + " in logs of clients",
                "remove it where others than developers call"));
      }
    }
    if (parts.get("state") instanceof State state && state.redis() != null) {
      unshared(root, parts, warnings);
    }
    return warnings;
  }

  /// What gates that share a Redis digest by secrets of their own opens nothing at the others.
  private static void unshared(Node.Obj root, Map<String, Object> parts, List<Problem> warnings) {
    for (String section : List.of("api-keys", "ledgers")) {
      if (parts.get(section) instanceof Map<?, ?> entries && root.get(section) != null) {
        entries.forEach(
            (name, entry) -> {
              if ((entry instanceof KeyRing ring && ring.pepper() == null)
                  || (entry instanceof TokenLedger ledger && ledger.pepper() == null)) {
                warnings.add(
                    new Problem(
                        Objects.requireNonNull(root.get(section)).place(),
                        "`"
                            + name
                            + "` has no `pepper`: what it knows opens nothing at another gate of"
                            + " the same Redis",
                        "write `pepper: env:NAME`, the same for every gate"));
              }
            });
      }
    }
  }

  /// The version policy in a file of its own.
  ///
  /// @throws ProblemsException with every problem there is
  public static Versions versions(Node.Obj root) {
    Problems problems = new Problems();
    Binder binder = new Binder(problems, Map.of(), new OwnChecks(problems));
    Object versions = binder.parts(root, VersionsFile.class).get("versions");
    if (versions instanceof Versions sound && problems.isEmpty()) {
      return sound;
    }
    throw new ProblemsException(problems.inOrder());
  }

  /// A file of its own, bound to a record like the parts of a configuration.
  ///
  /// @throws ProblemsException with everything that is wrong with it
  public static <T extends Record> T file(Node.Obj root, Class<T> type) {
    Problems problems = new Problems();
    T file = new Binder(problems, Map.of(), new OwnChecks(problems)).record(root, type, "");
    if (file == null || !problems.isEmpty()) {
      throw new ProblemsException(problems.inOrder());
    }
    return file;
  }

  private static Configuration configuration(Map<String, Object> parts) {
    Shape shape = Shape.of(Configuration.class);
    @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(shape.fields().get(i).key());
    }
    return (Configuration) shape.make(values);
  }

  /// A warning for each exception that has run out, and for each issuer that one lets in.
  private static List<Problem> expired(Node.Obj root, Map<String, Object> parts, LocalDate today) {
    List<Problem> warnings = new ArrayList<>();
    if (parts.get("exceptions") instanceof List<?> entries
        && root.get("exceptions") instanceof Node.Arr written) {
      for (int i = 0; i < entries.size(); i++) {
        if (!(entries.get(i) instanceof ExceptionEntry entry)) {
          continue;
        }
        if (entry.decisionPoint() != null) {
          warnings.add(open(written.items().get(i).place(), entry, today));
        } else if (entry.issuer() != null && entry.allows() != null) {
          warnings.add(
              weak(written.items().get(i).place(), entry.issuer(), entry.allows(), entry, today));
        } else if (!entry.holdsOn(today)) {
          warnings.add(
              new Problem(
                  written.items().get(i).place(),
                  "the exception for `"
                      + entry.guard()
                      + "` at `"
                      + entry.operation()
                      + "` ended on "
                      + entry.until()
                      + ": the guard is enforced again",
                  "ask `"
                      + entry.owner()
                      + "` whether it is still needed, and remove the entry or renew it"));
        }
      }
    }
    return warnings;
  }

  private static Problem open(Place place, ExceptionEntry entry, LocalDate today) {
    String point = "`" + entry.decisionPoint() + "`";
    String answers = " (`" + entry.owner() + "` answers for it)";
    return entry.holdsOn(today)
        ? new Problem(
            place,
            "requests pass while " + point + " is gone, until " + entry.until() + answers,
            "make " + point + " answer reliably until then")
        : new Problem(
            place,
            "requests are refused while "
                + point
                + " is gone: its exception ended on "
                + entry.until()
                + answers,
            "remove the entry and `when-gone: open`, or renew the entry");
  }

  private static Problem weak(
      Place place,
      String issuer,
      ExceptionEntry.Allows allows,
      ExceptionEntry entry,
      LocalDate today) {
    String lacking =
        switch (allows) {
          case SHARED_SECRET -> "signed with a shared secret";
          case NO_AUDIENCE -> "without `aud`";
          case OPEN_WHEN_GONE -> "";
        };
    String tokens = "tokens of `" + issuer + "` " + lacking;
    String answers = " (`" + entry.owner() + "` answers for it)";
    if (!entry.holdsOn(today)) {
      return new Problem(
          place,
          tokens + " are refused: their exception ended on " + entry.until() + answers,
          "remove the issuer, mend it, or renew the entry");
    }
    long left = ChronoUnit.DAYS.between(today, entry.until());
    return new Problem(
        place,
        tokens + " are accepted until " + entry.until() + answers,
        left > SOON
            ? "mend the issuer until then"
            : "that is in " + left + " days: mend the issuer, or renew the entry");
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static ProblemsException unreadable(Place.Origin origin, String message, String advice) {
    return new ProblemsException(
        List.of(new Problem(new Place(origin, 1, 1, Place.Path.ROOT), message, advice)));
  }
}
