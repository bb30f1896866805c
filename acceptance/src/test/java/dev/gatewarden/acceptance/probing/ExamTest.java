package dev.gatewarden.acceptance.probing;

import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamTest {
  @TempDir Path folder;

  @Test
  void prints_what_is_found_of_each_fault() throws IOException {
    for (Specimen specimen : Specimen.values()) {
      Examiner.Seen silent = Examiner.probe(folder, specimen, "none");
      System.out.println("== " + specimen.word() + ": " + silent.requests() + " requests");
      silent.findings().forEach(each -> System.out.println("  FALSE " + each));
      silent.said().get("untested").forEach(each -> System.out.println("  untested " + each));
      Set<String> before = new TreeSet<>();
      silent.findings().forEach(each -> before.add(each.id()));
      for (Flaw flaw : specimen.flaws()) {
        Examiner.Seen seen = Examiner.probe(folder, specimen, flaw.word());
        List<Examiner.Finding> fresh =
            seen.findings().stream().filter(each -> !before.contains(each.id())).toList();
        boolean right =
            fresh.stream().anyMatch(each -> each.owasp().equals(flaw.story().threat().label()));
        System.out.println(
            "  " + (right ? "found " : fresh.isEmpty() ? "MISSED" : "OTHER ") + " " + flaw.word()
                + " [" + flaw.story().threat().label() + "] "
                + fresh.stream()
                    .map(each -> each.probe() + "@" + each.operation() + " " + each.owasp())
                    .toList());
      }
    }
  }
}
