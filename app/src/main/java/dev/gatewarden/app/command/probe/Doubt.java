package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Report;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a run says nothing about an API: it was not met at all.
public final class Doubt {
  private static final int ENOUGH = 5;

  private Doubt() {}

  /// The reason in a sentence, or null where the API was met.
  public static @Nullable String of(Contract contract, Report report, URI target) {
    List<Attempt> sent = report.attempts();
    if (sent.isEmpty()) {
      return null;
    }
    if (sent.stream().allMatch(each -> each.status() == 0)) {
      return "no answer came from `" + target + "`: nothing listens there that speaks HTTP";
    }
    long absent = sent.stream().filter(each -> each.status() == 404 || each.status() == 0).count();
    boolean well = sent.stream().anyMatch(each -> each.status() >= 200 && each.status() < 300);
    if (well || sent.size() < ENOUGH || absent * 10 < sent.size() * 9L) {
      return null;
    }
    return absent
        + " of "
        + sent.size()
        + " requests were answered with 404 and none worked: `"
        + target
        + "` is not where the contract's paths begin; "
        + advice(contract, target);
  }

  private static String advice(Contract contract, URI target) {
    String base = contract.servers().getFirst().basePath();
    String path = target.getPath() == null ? "" : target.getPath().replaceAll("/+$", "");
    if (!base.isEmpty() && path.isEmpty()) {
      return "the contract says that they stand below `" + base + "`";
    }
    return path.isEmpty()
        ? "does a base path stand before them?"
        : "is `" + path + "` written twice, there and in the paths?";
  }
}
