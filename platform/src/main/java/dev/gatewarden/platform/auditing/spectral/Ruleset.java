package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of a user's file that concern one contract.
///
/// @param notes what has no effect, to be told
public record Ruleset(List<SpectralRule> run, List<Exemption> exemptions, List<Problem> notes) {
  public Ruleset {
    run = List.copyOf(run);
    exemptions = List.copyOf(exemptions);
    notes = List.copyOf(notes);
  }

  /// Another level, or none, for one rule below one place of the contract.
  ///
  /// @param level null where it is off
  record Exemption(List<String> below, String rule, @Nullable Level level) {
    Exemption {
      below = List.copyOf(below);
    }
  }

  /// What reports call the rules that are run.
  public List<String> controls() {
    return run.stream().map(each -> "spectral:" + each.name()).toList();
  }
}
