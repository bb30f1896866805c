package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One kind of object, while it is being found out.
final class Kind {
  final String name;

  /// The operation that reads one of them.
  @Nullable Operation read;

  /// What one of them looks like, and where it stands in the answer that reads it.
  @Nullable Shape shape;

  String below = "";
  @Nullable Guess id;
  String as = "string";
  @Nullable Guess owner;

  /// That one belongs to who created it, where nothing shows it.
  @Nullable Guess creator;

  /// The roles of those who are there for everybody's, by what testers own.
  Set<String> raised = Set.of();

  /// Whether nothing but testers' word says whose one is.
  boolean told;

  /// Whether who creates one need not be whose it is.
  boolean given;

  @Nullable Guess tenant;

  /// A member that names an account, of which it is not clear whether it is a tenant.
  @Nullable String account;

  /// Whether traffic spoke against the owner that its names gave it.
  boolean contradicted;

  final Map<String, Guess> parents = new LinkedHashMap<>();
  final Map<String, Guess> refs = new LinkedHashMap<>();

  /// Whether whoever asks may read one.
  boolean open;

  /// Whether reading one answers with a list of it.
  boolean listed;

  /// Whether it was proposed before and did not load.
  boolean asked;

  /// The kinds that its own paths name before it.
  final Set<String> above = new HashSet<>();

  final List<String> variables = new ArrayList<>();

  Kind(String name) {
    this.name = name;
  }

  /// Whether anything says whose it is.
  boolean decided() {
    return owner != null || tenant != null || creator != null || open;
  }
}
