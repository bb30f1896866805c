package dev.gatewarden.controls.guards.upload;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.exchange.Upload;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lets a file pass only if it is what its type and its name say it is, and nothing else besides.
///
/// It judges the files of multipart bodies and bodies that are one file. What a file is, its bytes
/// tell; the type its sender declares and the extension of its name must fit. Files that would run
/// where they are opened (programs, scripts, pages, SVG) pass only where the contract names that
/// very type for the part, and an SVG only without anything active in it. A picture with a page, a
/// script or an archive within, a name with a path or two meanings, and an archive that unpacks to
/// too much or to somewhere else are refused.
@Control(
    id = "upload",
    stage = Stage.CONFORM,
    cost = Cost.CRYPTO,
    threats = {Threat.API4_RESOURCE_CONSUMPTION, Threat.API8_MISCONFIGURATION})
public final class UploadGuard implements Guard {

  /// What becomes of archives.
  public enum Archives {
    /// They are looked into; those that cannot be are refused.
    INSPECT,
    /// They are refused; documents that are archives within (`docx`, `odt`) are looked into.
    REFUSE,
    /// They pass unseen; documents that are archives within are looked into.
    PASS
  }

  /// What can be set.
  ///
  /// @param types the media types files may be of, such as `image/png` or `image/*`; empty for
  ///     those that the contract takes
  /// @param archives what becomes of archives: `inspect`, `refuse` or `pass`
  /// @param mostEntries how many entries an archive may have, with those of archives within it;
  ///     from 1 to 100000
  /// @param mostRatio how many bytes each byte of an archive may unpack to; from 1 to 1000
  /// @param mostBytes how many bytes an archive may unpack to; from 1 to 1073741824
  /// @param mostDepth how many archives may lie within each other, from 1 for none within another
  ///     to 4
  public record Config(
      List<String> types,
      Archives archives,
      int mostEntries,
      int mostRatio,
      long mostBytes,
      int mostDepth) {
    public Config {
      types = types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
      for (String type : types) {
        if (!type.matches("[a-z]+/([a-z0-9.+-]+|\\*)")) {
          throw new IllegalArgumentException(
              "`types` must be media types such as `image/png` or `image/*`, unlike `"
                  + type
                  + "`");
        }
      }
      Bound.within("most-entries", mostEntries, 1, 100_000);
      Bound.within("most-ratio", mostRatio, 1, 1000);
      Bound.within("most-bytes", mostBytes, 1, 1L << 30);
      Bound.within("most-depth", mostDepth, 1, 4);
    }
  }

  /// Why a file is refused.
  public enum Why implements Reason {
    FILE_NAME(400, "a file has a name that does not mean the same everywhere"),
    NOT_TAKEN(415, "a file is of a type that is not taken"),
    MISMATCH(415, "a file is not what it says it is"),
    ACTIVE(415, "a file could run where it is opened"),
    POLYGLOT(415, "a file can be read as more than one type"),
    ARCHIVE_BROKEN(415, "an archive is damaged, or can be read in more than one way"),
    ARCHIVE_UNSAFE(415, "an archive holds what is not safe to unpack"),
    ARCHIVE_TOO_MUCH(413, "an archive unpacks to more than is taken");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "upload";
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
          UploadGuard.class,
          new Config(List.of(), Archives.INSPECT, 1000, 100, 32L << 20, 2),
          Reads.BODY,
          Why.values(),
          (setting, config) ->
              takesFiles(setting.operation())
                  ? Optional.of(new UploadGuard(config))
                  : Optional.empty());

  private final FileJudge judge;

  private UploadGuard(Config config) {
    this.judge = new FileJudge(config);
  }

  private static boolean takesFiles(Operation operation) {
    if (operation.body() == null) {
      return false;
    }
    for (Content.MediaType type : operation.body().content().types().values()) {
      if (type.isBinary() || type.range().startsWith("multipart/")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(Call call) {
    List<Upload> uploads = call.body().uploads();
    for (int i = 0; i < uploads.size(); i++) {
      Upload upload = uploads.get(i);
      FileJudge.Fault fault = judge.fault(upload);
      if (fault != null) {
        return Verdict.deny(fault.why(), List.of(new Detail(upload.where(), "", fault.sentence())));
      }
    }
    return Verdict.pass();
  }
}
