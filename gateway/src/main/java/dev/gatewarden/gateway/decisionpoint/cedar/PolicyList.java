package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.List;

/// The policies that the files of a configuration state, read and not judged.
public final class PolicyList {
  private PolicyList() {}

  /// One policy or template.
  ///
  /// @param id what it goes by where it has no `@id`: the file and its number there
  /// @param text as it is written
  public record Stated(String id, String text, Place place) {}

  /// All of them, in the order of their files.
  ///
  /// @throws ProblemsException where a file is not there or cannot be read
  public static List<Stated> of(CedarSettings settings) {
    List<Problem> problems = new ArrayList<>();
    List<Stated> all = new ArrayList<>();
    for (PolicyFile file :
        PolicyFile.all(settings.folder(), settings.files(), settings.place(), problems)) {
      for (Statement each : Statement.of(file)) {
        all.add(new Stated(each.usualId(), each.text().strip(), file.at(each.from())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return all;
  }
}
