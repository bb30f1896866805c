package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Pointer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Policies in Cedar's language that are judged inside the gate, beside what contracts ask for; an
/// API that does not say by whom it decides decides by them.
///
/// @param files where they stand: names, or patterns such as `policies/*.cedar`
/// @param compare policies that are judged beside these and never enforced: what they would answer
///     otherwise is recorded
/// @param schema a schema in place of the one that is made of the contracts
/// @param entities what policies know beside requests: groups within groups, roles, tenants
/// @param links what fills the slots of templates
/// @param claims what policies see of callers' claims, by the name they see it under
/// @param groups where tokens name the caller's groups, as a JSON pointer
/// @param reload how often the files are looked at; never when `0s`
/// @param whenGone what becomes of requests for which policies cannot be evaluated; `open` needs an
///     entry below `exceptions`
@OrList("files")
public record Policies(
    @OneOrMany List<String> files,
    @Default("[]") @OneOrMany List<String> compare,
    @Nullable Location schema,
    @Nullable Location entities,
    @Default("[]") List<Link> links,
    @Default("{}") Map<String, Claim> claims,
    @Nullable String groups,
    @Default("5s") Duration reload,
    @Default("closed") ExternalPoint.WhenGone whenGone) {

  /// One use of a template.
  ///
  /// @param template the id of the template
  /// @param id what the policy that comes of it is called
  /// @param principal what stands for `?principal`, such as `User::"corp/alice"`
  /// @param resource what stands for `?resource`
  public record Link(
      String template, String id, @Nullable String principal, @Nullable String resource) {}

  /// One claim that policies see; a claim of another kind than said is not there.
  ///
  /// @param at where it stands in the caller's claims, as a JSON pointer
  /// @param is what it holds
  @OrText(pattern = "^/.+$")
  public record Claim(String at, @Default("string") Kind is) {

    /// A text, by its pointer alone.
    ///
    /// @throws IllegalArgumentException when it is no pointer
    public static Claim parse(String text) {
      Pointer pointer = Pointer.parse(text);
      if (pointer == null || pointer.tokens().isEmpty()) {
        throw new IllegalArgumentException(
            "`" + Scalars.shortened(text) + "` is no JSON pointer; write `/department`");
      }
      return new Claim(text, Kind.STRING);
    }

    @Override
    public String toString() {
      return at;
    }
  }

  /// What a claim holds.
  public enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    STRINGS
  }
}
