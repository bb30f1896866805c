package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.coding.ContentCoding;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import java.util.List;
import java.util.Optional;

/// Takes request bodies only in the content codings that are listed; none by default.
///
/// A compressed body is a few bytes that become many. Where a coding is listed, the body is undone
/// within bounds, judged plain, and travels on plain; it is one coding, one stream, and nothing
/// behind it. The refusal names what is taken in `Accept-Encoding`. Signatures of webhooks cover
/// the bytes as they came.
@Control(
    id = "content-coding",
    stage = Stage.INTAKE,
    threats = {Threat.API4_RESOURCE_CONSUMPTION, Threat.API8_MISCONFIGURATION})
public final class ContentCodingGuard implements Guard {

  /// What can be set.
  ///
  /// @param accept the codings that bodies may be in: `gzip`, `deflate`, `br`, `zstd`
  /// @param mostRatio how many bytes each byte of a body may become; from 1 to 1000
  public record Config(List<ContentCoding> accept, int mostRatio) {
    public Config {
      accept = List.copyOf(accept);
      Bound.within("most-ratio", mostRatio, 1, 1000);
    }

    /// The value of `Accept-Encoding` that says what is taken (RFC 9110, section 12.5.3).
    public String acceptEncoding() {
      StringBuilder text = new StringBuilder();
      for (ContentCoding coding : accept) {
        text.append(coding.text()).append(", ");
      }
      return text.append("identity").toString();
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    NOT_TAKEN(415, "a body in this content coding is not taken");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "content-coding";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ContentCodingGuard.class,
          new Config(List.of(), 100),
          Reads.HEAD,
          Why.values(),
          (setting, config) ->
              setting.operation().body() == null
                  ? Optional.empty()
                  : Optional.of(new ContentCodingGuard(config)));

  private final List<ContentCoding> accept;

  private ContentCodingGuard(Config config) {
    this.accept = config.accept();
  }

  @Override
  public Verdict judge(Call call) {
    return switch (Coded.of(call.exchange().request().headers())) {
      case Coded.Plain() -> Verdict.pass();
      case Coded.By(ContentCoding coding) when accept.contains(coding) -> Verdict.pass();
      case Coded.By _, Coded.Other() -> Verdict.deny(Why.NOT_TAKEN);
    };
  }
}
