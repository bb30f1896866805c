package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.intake.ContentCodingGuard;
import dev.gatewarden.controls.guards.limit.PageSizeGuard;
import dev.gatewarden.controls.guards.response.CorsGuard;
import dev.gatewarden.core.canon.PromisedFields;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Priority;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.conformity.Track;
import dev.gatewarden.gateway.ledger.Issuance;
import dev.gatewarden.gateway.pipeline.Pipeline;
import dev.gatewarden.gateway.pipeline.Plan;
import dev.gatewarden.gateway.recorder.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One API, ready to serve: who judges, who binds, and what is counted, by operation.
final class Service {
  private static final int MOST_PROVINGS = 64;

  private final ApiSettings settings;
  private final Binders binders;
  private final Place[] places;
  private final Pipeline pipeline;
  private final List<String> keyFields;
  private final OwnCookies withheld;
  private final Semaphore provings = new Semaphore(MOST_PROVINGS);

  /// One operation, ready to serve.
  ///
  /// @param name the operation's full name
  /// @param rawBody whether the body is read before the caller is known, because the proof covers
  ///     it
  /// @param readsBody whether somebody needs the body whatever the contract says of it
  /// @param switches whether the contract promises 101
  /// @param fields the header fields that the operation reads
  /// @param track how well its answers keep the contract
  /// @param priority how long it goes on being served while there is too much to do
  /// @param issuance what it does to a ledger of tokens, or null
  record Place(
      String name,
      Plan plan,
      Metrics.Route route,
      boolean rawBody,
      boolean readsBody,
      boolean switches,
      PromisedFields fields,
      Track track,
      Priority priority,
      @Nullable Issuance issuance) {}

  /// @param cookies what is between browsers and the gate alone
  Service(
      ApiSettings settings, Binders binders, Place[] places, Claims claims, OwnCookies cookies) {
    this.settings = settings;
    this.binders = binders;
    this.places = places;
    this.keyFields = keys(settings, Parameter.In.HEADER);
    this.withheld =
        settings.identity() instanceof ApiSettings.Identity.Forward
            ? cookies
            : cookies.and(keys(settings, Parameter.In.COOKIE));
    this.pipeline = new Pipeline(operation -> at(operation).plan(), claims);
  }

  /// The names under which callers bring keys in one place of requests.
  private static List<String> keys(ApiSettings settings, Parameter.In place) {
    List<String> names = new ArrayList<>();
    for (SecurityScheme scheme : settings.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String name)
          && in == place
          && isKey(settings.ports().provers().get(scheme.name()))) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static boolean isKey(@Nullable Prover prover) {
    return prover instanceof Prover.Keys || prover instanceof Prover.Issued;
  }

  /// The header fields in which callers bring keys, besides `Authorization`.
  List<String> keyFields() {
    return keyFields;
  }

  /// The cookies of callers that the service never learns.
  OwnCookies withheld() {
    return withheld;
  }

  ApiSettings settings() {
    return settings;
  }

  /// What scripts of other origins may do at an operation.
  CorsGuard.Config cors(Operation operation) {
    return (CorsGuard.Config) settings.tuning().config(CorsGuard.ENTRY, operation);
  }

  /// How many items may lie before a page of an operation's list.
  long deepest(Operation operation) {
    return ((PageSizeGuard.Config) settings.tuning().config(PageSizeGuard.ENTRY, operation))
        .deepest();
  }

  /// In which content codings bodies of an operation may come.
  ContentCodingGuard.Config codings(Operation operation) {
    return (ContentCodingGuard.Config)
        settings.tuning().config(ContentCodingGuard.ENTRY, operation);
  }

  /// What tells a caller so (RFC 9110, section 12.5.3).
  List<Reply.Line> takenCodings(Operation operation) {
    return List.of(new Reply.Line("accept-encoding", codings(operation).acceptEncoding()));
  }

  /// How many callers of what is under way may be proved again at once.
  Semaphore provings() {
    return provings;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Binders binders() {
    return binders;
  }

  Place at(Operation operation) {
    return places[operation.index()];
  }
}
