package dev.gatewarden.platform.probing.regression;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Report;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has become of a fault.
public sealed interface Outcome {
  /// Answers of which nothing follows.
  Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  /// It was tried as when it was found, and withstood.
  ///
  /// @param requests how many of the probe's were about it
  record Gone(int requests) implements Outcome {}

  /// It is there, or another one of the same probe is in its place that is no less severe.
  ///
  /// @param message what was found now
  /// @param attempts the requests that show it
  record Still(String message, List<Attempt> attempts) implements Outcome {
    public Still {
      attempts = List.copyOf(attempts);
    }
  }

  /// It could not be tried, so that nothing is known.
  record Unknown(String why) implements Outcome {}

  /// What a run says of a fault. Silence alone is no proof: the probe must say that the operation
  /// withstood it, and must have sent what showed the fault then.
  ///
  /// @param root what the contract's paths were written behind in this run
  static Outcome of(Regression test, Contract contract, String root, Report report) {
    for (Found each : report.found()) {
      Finding finding = each.finding(contract);
      boolean here = each.attack().id().equals(test.probe());
      boolean inItsPlace =
          here
              && each.operation().equals(test.operation())
              && finding.severity().compareTo(test.severity()) >= 0;
      if (finding.id().equals(test.finding()) || inItsPlace) {
        return new Still(finding.message(), evidence(each, report));
      }
    }
    return absent(test, contract, root, report);
  }

  private static List<Attempt> evidence(Found found, Report report) {
    List<Attempt> attempts = new ArrayList<>();
    for (int number : found.fault().attempts()) {
      if (number > 0 && number <= report.attempts().size()) {
        attempts.add(report.attempts().get(number - 1));
      }
    }
    return attempts;
  }

  private static Outcome absent(Regression test, Contract contract, String root, Report report) {
    List<KnownObject> known = report.met();
    List<Shot> sent = new ArrayList<>();
    List<Shot> worked = new ArrayList<>();
    boolean busy = true;
    for (Attempt each : report.attempts()) {
      if (each.probe().equals(test.probe()) && each.status() != 0) {
        Shot shot = Shot.of(contract, root, known, each);
        sent.add(shot);
        busy &= BUSY.contains(each.status());
        if (each.status() >= 200 && each.status() < 300) {
          worked.add(shot);
        }
      }
    }
    boolean met =
        test.operation().isEmpty()
            || sent.stream().anyMatch(each -> each.operation().equals(test.operation()));
    if (sent.isEmpty() || !met) {
      return new Unknown("`" + test.probe() + "` sent nothing" + why(test, report));
    }
    if (test.operation().isEmpty() && busy) {
      return new Unknown("every request was answered that the API is busy or down");
    }
    if (test.fuzz().isEmpty()) {
      String unlike = unlike(test, sent, worked);
      if (unlike != null) {
        return new Unknown(unlike + why(test, report));
      }
    } else if (sent.stream().filter(each -> each.operation().equals(test.operation())).count()
        < 2) {
      // the first is the request that should work, the second is the one that was saved
      return new Unknown("the request that was saved could not be written" + why(test, report));
    }
    boolean withstood =
        test.operation().isEmpty()
            || report.withstood().getOrDefault(test.probe(), List.of()).contains(test.operation())
            // what is told instead is less than it was
            || report.found().stream()
                .anyMatch(
                    each ->
                        each.attack().id().equals(test.probe())
                            && each.operation().equals(test.operation()));
    if (!withstood) {
      return new Unknown("`" + test.probe() + "` came to no result" + why(test, report));
    }
    int about =
        (int)
            sent.stream()
                .filter(
                    each -> test.operation().isEmpty() || each.operation().equals(test.operation()))
                .count();
    return new Gone(about == 0 ? sent.size() : about);
  }

  /// What of the requests that showed it was not sent, or did not work as it should; null where all
  /// were as they were.
  private static @Nullable String unlike(Regression test, List<Shot> sent, List<Shot> worked) {
    for (Regression.Asked asked : test.requests()) {
      Shot each = asked.shot();
      // whoever the probe itself makes up may not exist once nothing can be forged
      boolean deciding =
          (test.operation().isEmpty() || each.operation().equals(test.operation()))
              && (test.identities().contains(each.as()) || each.as().equals("nobody"));
      if (deciding && sent.stream().noneMatch(each::isLike)) {
        return "`" + each.as() + "` did not send `" + each.request() + "`";
      }
      if (deciding && asked.works() && worked.stream().noneMatch(each::isLike)) {
        return "`" + each.request() + "` of `" + each.as() + "` should work and does not";
      }
    }
    return null;
  }

  private static String why(Regression test, Report report) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Report.Untested each : report.untested()) {
      boolean here = each.operation().isEmpty() || each.operation().equals(test.operation());
      boolean by = each.probes().contains(test.probe()) || each.probes().contains("");
      if (here && by) {
        reasons.add(each.why());
      }
    }
    return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
  }
}
