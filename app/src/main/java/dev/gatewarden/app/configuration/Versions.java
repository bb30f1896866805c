package dev.gatewarden.app.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an API promises its callers about its versions. `check-config` holds all APIs to it,
/// `gatewarden diff --policy` each new contract.
///
/// @param of the product whose versions are counted together, `shop`; the contract's title where it
///     is not said
/// @param breaking when a breaking change may come: at any time, or in a new version only
/// @param notice how long callers are told before an operation or a version ends
/// @param live how many versions of the product may be alive at once; any number when absent
public record Versions(
    @Nullable String of,
    @Default("any-time") Breaking breaking,
    @Default("0s") Duration notice,
    @Nullable Integer live) {

  /// When a breaking change may come.
  public enum Breaking {
    ANY_TIME,
    /// Where the first number of `info.version` is higher than before; the second, while the first
    /// is 0.
    NEW_VERSION
  }
}
