package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.app.configuration.Default;
import dev.gatewarden.app.configuration.Key;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A probe test, as it stands in its file: what was found, and how to try it again.
///
/// What decides is `probe`, `operation`, `requests` and `severity`; the rest is for whoever reads
/// it.
///
/// @param version the version of this file's grammar: 1
/// @param finding the id that the finding has in every report
/// @param operation its name in the contract; nothing for the API as a whole
/// @param confidence `proved` or `likely`
/// @param seed of the run that found it
/// @param may what had to be permitted, by the words of `--may`
/// @param identities whom it takes, by the names of the file of identities
/// @param objects what it takes, and where it comes from
/// @param requests those that showed it, in their order
/// @param expected what is right, in a sentence
/// @param fuzz the request that was made from schemas, as a line of `--corpus`
public record TestFile(
    @Key("probe-test") int version,
    String finding,
    String probe,
    @Nullable String operation,
    String title,
    String message,
    String severity,
    String confidence,
    String owasp,
    int cwe,
    long seed,
    @Default("[]") List<String> may,
    @Default("[]") List<String> identities,
    @Default("[]") List<Thing> objects,
    @Default("[]") List<Sent> requests,
    String expected,
    @Default("[]") List<Cured> remedies,
    @Nullable String fuzz) {

  /// The ending of such files.
  public static final String ENDING = ".probe.yaml";

  /// An object.
  ///
  /// @param of whose it is
  /// @param by how it is got
  public record Thing(String type, String of, String by) {}

  /// A request.
  ///
  /// @param as who sends it
  /// @param request the method, the path as the contract writes it, and the names of what it
  ///     carries
  /// @param with what stood in the path
  /// @param answered the status when it was found; 0 for none
  /// @param expected what the contract asks for, where it says it
  /// @param curl the request as it was sent, `$TARGET` in the place of the target
  public record Sent(
      String as,
      @Nullable String operation,
      String request,
      @Default("{}") Map<String, String> with,
      int answered,
      @Nullable String expected,
      String curl) {}

  /// What would end it.
  ///
  /// @param overlay the file beside this one that can be laid over the contract
  /// @param setting lines of `gatewarden.yaml`
  public record Cured(String words, @Nullable String overlay, @Nullable String setting) {}
}
