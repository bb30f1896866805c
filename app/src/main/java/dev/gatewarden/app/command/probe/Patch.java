package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.platform.auditing.fixing.Fixes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An edit of a contract as lines in the place of lines.
///
/// @param line the first that is replaced, from 1
/// @param end the first behind those that are replaced; `line` where some are only added
/// @param inserted what stands there then, whole lines
record Patch(int line, int end, String inserted) {

  /// Null where the document is no file, or the edit cannot be made in its text.
  static @Nullable Patch of(Place.Origin origin, Remedy.Edit edit) {
    if (!"file".equals(origin.address().getScheme())) {
      return null;
    }
    String before;
    try {
      before = Files.readString(Path.of(origin.address()));
    } catch (IOException gone) {
      return null;
    }
    String after = Fixes.with(origin, before, edit);
    if (after == null) {
      return null;
    }
    List<String> old = before.lines().toList();
    List<String> young = after.lines().toList();
    int same = 0;
    while (same < old.size() && same < young.size() && old.get(same).equals(young.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < old.size() - same
        && tail < young.size() - same
        && old.get(old.size() - 1 - tail).equals(young.get(young.size() - 1 - tail))) {
      tail++;
    }
    StringBuilder inserted = new StringBuilder();
    young.subList(same, young.size() - tail).forEach(each -> inserted.append(each).append('\n'));
    return new Patch(same + 1, old.size() - tail + 1, inserted.toString());
  }
}
