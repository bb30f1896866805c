package dev.gatewarden.core.finding;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Threat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Something wrong with an API: one cause, however many places it shows at.
///
/// @param control the id of the rule or probe that found it
/// @param cwe the number of the weakness (Common Weakness Enumeration), or [#NO_WEAKNESS] for what
///     is against the user's own rules alone, which says nothing of threats either
/// @param cause tells this finding from others of the same control; the same in every run,
///     whatever the order of the document and wherever its lines move
/// @param message what is wrong, in lower case, without a full stop
/// @param spots where, never empty; the first is shown
/// @param remedies what would end it, the best first
public record Finding(
    String control,
    Severity severity,
    Threat threat,
    int cwe,
    String cause,
    String message,
    List<Spot> spots,
    List<Remedy> remedies) {

  /// The number of no weakness.
  public static final int NO_WEAKNESS = 0;

  public Finding {
    spots = List.copyOf(spots);
    remedies = List.copyOf(remedies);
    if (spots.isEmpty()) {
      throw new GatewardenBug("a finding of `" + control + "` is nowhere");
    }
  }

  /// Whether it weakens the API, and is not only against the user's own rules.
  public boolean weakens() {
    return cwe != NO_WEAKNESS;
  }

  /// The first of its places.
  public Spot first() {
    return spots.getFirst();
  }

  /// The names of all operations it concerns, each once.
  public List<String> operations() {
    Set<String> names = new LinkedHashSet<>();
    spots.forEach(spot -> names.addAll(spot.operations()));
    return List.copyOf(names);
  }

  /// What users call this finding by in suppressions and baselines: its control and a short digest
  /// of its cause.
  public String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((control + "\n" + cause).getBytes(StandardCharsets.UTF_8));
      return control + "-" + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException wrong) {
      throw new GatewardenBug("no SHA-256", wrong);
    }
  }

  /// The same finding, with further remedies before its own.
  public Finding first(List<Remedy> further) {
    List<Remedy> all = new ArrayList<>(further);
    all.addAll(remedies);
    return new Finding(control, severity, threat, cwe, cause, message, spots, all);
  }

  /// The same finding at some of its places.
  public Finding at(List<Spot> some) {
    return new Finding(control, severity, threat, cwe, cause, message, some, remedies);
  }
}
