package dev.gatewarden.gateway.authzen;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.ObjectOwnerGuard;
import dev.gatewarden.controls.guards.access.ObjectReleaseGuard;
import dev.gatewarden.controls.guards.access.PermissionGuard;
import dev.gatewarden.controls.guards.access.PolicyGuard;
import dev.gatewarden.controls.guards.access.PolicyReleaseGuard;
import dev.gatewarden.controls.guards.access.ReadableFieldsGuard;
import dev.gatewarden.controls.guards.access.WritableFieldsGuard;
import dev.gatewarden.controls.guards.identity.StepUpGuard;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.gateway.binder.body.patch.PropertyRules;
import dev.gatewarden.gateway.pipeline.Pipeline;
import dev.gatewarden.gateway.pipeline.Plan;
import dev.gatewarden.gateway.pipeline.Seat;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One API as it is asked about: the guards that say who may do what, seated once more, without
/// those that count, read bodies or prove.
final class AskedApi {
  private static final List<GuardEntry<?>> BEFORE =
      List.of(
          PermissionGuard.ENTRY,
          StepUpGuard.ENTRY,
          ObjectOwnerGuard.ENTRY,
          PolicyGuard.ENTRY,
          WritableFieldsGuard.ENTRY,
          ReadableFieldsGuard.ENTRY);
  private static final List<GuardEntry<?>> AFTER =
      List.of(ObjectReleaseGuard.ENTRY, PolicyReleaseGuard.ENTRY);

  private final ApiSettings settings;
  private final Map<String, String> issuers;
  private final boolean readsClaims;
  private final Set<String> without;
  private final PropertyRules[] properties;
  private final List<Plan> plans;
  private final Pipeline unanswered;
  private final Pipeline answered;

  /// @param issuers who vouches for what a scheme proves, by the scheme's name
  /// @param readsClaims whether its decision points look at what proofs claim besides
  /// @param without guards that are left out, for tests that show what a guard is worth
  AskedApi(
      ApiSettings settings,
      Map<String, String> issuers,
      boolean readsClaims,
      Set<String> without,
      Claims claims) {
    this.settings = settings;
    this.issuers = Map.copyOf(issuers);
    this.readsClaims = readsClaims;
    this.without = without;
    this.properties = new PropertyRules[settings.contract().operations().size()];
    List<Plan> unanswered = new ArrayList<>();
    List<Plan> answered = new ArrayList<>();
    for (Operation operation : settings.contract().operations()) {
      properties[operation.index()] = PropertyRules.of(settings.contract(), operation);
      unanswered.add(plan(operation, writing(operation), BEFORE));
      List<GuardEntry<?>> both = new ArrayList<>(BEFORE);
      both.addAll(AFTER);
      answered.add(plan(operation, operation, both));
    }
    this.plans = unanswered;
    this.unanswered = new Pipeline(operation -> unanswered.get(operation.index()), claims);
    this.answered = new Pipeline(operation -> answered.get(operation.index()), claims);
  }

  /// @param seated the operation as its guards see it
  private Plan plan(Operation operation, Operation seated, List<GuardEntry<?>> entries) {
    Map<Stage, List<Seat>> seats = new EnumMap<>(Stage.class);
    Setting setting = new Setting(settings.contract(), seated, settings.ports());
    for (GuardEntry<?> entry : entries) {
      if (!without.contains(entry.id()) && Catalog.GUARDS.contains(entry)) {
        entry
            .seat(setting, settings.tuning().config(entry, operation))
            .ifPresent(
                guard ->
                    seats
                        .computeIfAbsent(entry.stage(), _ -> new ArrayList<>())
                        .add(
                            new Seat(
                                entry.id(),
                                guard,
                                entry.cost(),
                                "",
                                settings.tuning().mode(entry, operation),
                                settings.tuning().until(entry, operation))));
      }
    }
    return new Plan(operation, seats);
  }

  /// The operation as if it wrote: no answer of the service will come that could tell whose its
  /// object is.
  private static Operation writing(Operation operation) {
    return new Operation(
        operation.id(),
        operation.index(),
        "POST",
        operation.path(),
        operation.parameters(),
        operation.body(),
        operation.responses(),
        operation.security(),
        operation.objects(),
        operation.tenant(),
        operation.extensions(),
        operation.source(),
        operation.place());
  }

  String name() {
    return contract().api();
  }

  Contract contract() {
    return settings.contract();
  }

  ApiSettings settings() {
    return settings;
  }

  /// Who may see and write the properties of what an operation is about.
  PropertyRules properties(Operation operation) {
    return properties[operation.index()];
  }

  /// Judges by what is known before the service answers.
  Pipeline unanswered() {
    return unanswered;
  }

  /// Judges a question together with what the service says of the object.
  Pipeline answered() {
    return answered;
  }

  /// The schemes that somebody proved whom an issuer vouches for.
  Set<String> schemes(String issuer) {
    Set<String> schemes = new java.util.HashSet<>();
    issuers.forEach(
        (scheme, name) -> {
          if (name.equals(issuer)) {
            schemes.add(scheme);
          }
        });
    return schemes;
  }

  boolean readsClaims() {
    return readsClaims && !settings.ports().decisionPoints().isEmpty();
  }

  /// Whether a guard judges questions about an operation, or is left out on purpose.
  boolean judges(String guard, Operation operation) {
    return without.contains(guard)
        || plans.get(operation.index()).all().stream().anyMatch(seat -> seat.id().equals(guard));
  }

  boolean lacks(String guard) {
    return without.contains(guard);
  }
}
