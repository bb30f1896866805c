package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.document.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the operator wrote about policies.
///
/// @param folder what the names of files are relative to
/// @param place where the section stands in the configuration
/// @param files the policies, by name or pattern (`policies/*.cedar`)
/// @param next policies that are judged beside them and never enforced; empty for none
/// @param schema the operator's own schema in place of the one made of the contracts
/// @param entities what policies know beside the request: hierarchies of groups, roles, tenants
/// @param links what fills in the slots of templates
/// @param claims what policies see of a caller's claims
/// @param groups where tokens name the caller's groups, as the tokens of a JSON pointer; empty
///     where
///     nobody says
public record CedarSettings(
    Path folder,
    Place place,
    List<String> files,
    List<String> next,
    @Nullable String schema,
    @Nullable String entities,
    List<Link> links,
    Map<String, Claim> claims,
    List<String> groups) {

  public CedarSettings {
    files = List.copyOf(files);
    next = List.copyOf(next);
    links = List.copyOf(links);
    claims = Map.copyOf(claims);
    groups = List.copyOf(groups);
  }

  /// One use of a template.
  ///
  /// @param template the id of the template
  /// @param id what the policy that comes of it is called
  /// @param principal what stands for `?principal`, such as `User::"corp/alice"`
  /// @param resource what stands for `?resource`
  public record Link(
      String template, String id, @Nullable String principal, @Nullable String resource) {}

  /// One claim that policies see.
  ///
  /// @param at the tokens of a JSON pointer
  public record Claim(List<String> at, Kind is) {
    public Claim {
      at = List.copyOf(at);
    }

    /// What a claim holds; one that holds something else is not there.
    public enum Kind {
      STRING,
      NUMBER,
      BOOLEAN,
      STRINGS
    }
  }
}
