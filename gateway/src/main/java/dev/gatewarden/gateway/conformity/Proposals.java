package dev.gatewarden.gateway.conformity;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What an operator could write so that answers which break their contract stay possible once it is
/// enforced: entries for `exceptions:`, with the places that are broken as comments.
///
/// They are proposed and never taken: somebody has to put them into the configuration.
public final class Proposals {
  private static final int DAYS = 30;

  private Proposals() {}

  /// The entries as YAML; a comment where there is nothing to propose.
  ///
  /// @param today the day from which an entry holds for a month
  public static String of(List<Track> tracks, LocalDate today) {
    StringBuilder yaml = new StringBuilder();
    for (Track track : tracks) {
      if (!track.faults().isEmpty()) {
        entry(yaml, track, today);
      }
    }
    return yaml.isEmpty()
        ? "# every answer so far kept its contract: nothing to propose\n"
        : "exceptions:\n" + yaml;
  }

  private static void entry(StringBuilder yaml, Track track, LocalDate today) {
    yaml.append("# ").append(track.operation()).append(": ");
    yaml.append(track.broken()).append(" of ").append(track.judged());
    yaml.append(" answers broke the contract");
    yaml.append(track.promoted() ? "; it is enforced\n" : "\n");
    for (Map.Entry<Fault, Track.Count> each : track.faults().entrySet()) {
      Fault fault = each.getKey();
      yaml.append("#   ").append(fault.at().isEmpty() ? "the whole" : fault.at());
      yaml.append(' ').append(plain(fault.sentence()));
      if (!fault.keyword().isEmpty()) {
        yaml.append(" (").append(plain(fault.keyword())).append(')');
      }
      yaml.append(", ").append(each.getValue().times()).append(" times, last on ");
      yaml.append(LocalDate.ofInstant(each.getValue().last(), ZoneOffset.UTC)).append('\n');
    }
    yaml.append("- {guard: response-schema, operation: ").append(track.operation());
    yaml.append(", mode: observe, because: \"answers break the contract at ");
    yaml.append(track.faults().size()).append(track.faults().size() == 1 ? " place" : " places");
    yaml.append("\", owner: TEAM, until: ").append(today.plusDays(DAYS)).append("}\n");
  }

  private static String plain(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
