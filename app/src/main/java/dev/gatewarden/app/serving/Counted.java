package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.app.admin.Views;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.conformity.Proposals;
import dev.gatewarden.gateway.conformity.Track;
import dev.gatewarden.gateway.identity.IssuerTokenVerifier;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.transport.Listener;
import dev.gatewarden.gateway.transport.Transport;
import dev.gatewarden.platform.store.DecisionStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the admin port shows of a running gate.
final class Counted implements Views {
  private final Metrics metrics;
  private final Recorder recorder;
  private final @Nullable DecisionStore store;
  private final Transport transport;
  private final Ground ground;
  private final Supplier<Outside> outside;
  private final Reloads reloads;
  private final Conformity conformity;
  private final Draining draining;
  private final BooleanSupplier stopping;
  private volatile @Nullable Listener listener;

  Counted(
      Metrics metrics,
      Recorder recorder,
      @Nullable DecisionStore store,
      Transport transport,
      Ground ground,
      Supplier<Outside> outside,
      Reloads reloads,
      Conformity conformity,
      Draining draining,
      BooleanSupplier stopping) {
    this.metrics = metrics;
    this.recorder = recorder;
    this.store = store;
    this.transport = transport;
    this.ground = ground;
    this.outside = outside;
    this.reloads = reloads;
    this.conformity = conformity;
    this.draining = draining;
    this.stopping = stopping;
  }

  /// From now on the gate takes requests.
  void serving(Listener open) {
    listener = open;
  }

  @Override
  public String obstacle() {
    if (stopping.getAsBoolean()) {
      return "stopping";
    }
    if (listener == null) {
      return "starting";
    }
    return draining.begun() ? "draining" : "";
  }

  @Override
  public String remark() {
    return reloads.remark();
  }

  @Override
  public String metrics() {
    Exposition text = new Exposition().requests(metrics);
    text.counter(
        "gatewarden_decision_lines_dropped_total",
        "decision lines dropped because they came faster than they could be written",
        recorder.dropped());
    text.counter(
        "gatewarden_decision_lines_lost_total",
        "decision lines that a sink refused",
        recorder.lost());
    DecisionStore kept = store;
    if (kept != null) {
      text.counter(
          "gatewarden_decision_store_dropped_total",
          "decisions that came faster than the store took them",
          kept.dropped());
      text.counter(
          "gatewarden_decision_store_lost_total",
          "decisions that the store's disk refused",
          kept.lost());
    }
    conformity(text);
    Map<String, Double> keys = ground.keyCounts();
    if (!keys.isEmpty()) {
      text.gauges(
          "gatewarden_api_keys", "API keys by how they stand", "gatewarden_key_state", keys);
    }
    weak(text);
    ground.keeping().tell(text);
    reloads.tell(text);
    Policing policing = outside.get().policing();
    if (policing != null) {
      policing.tell(text);
    }
    ServiceCounts.tell(text, transport.sights());
    Listener open = listener;
    text.gauge(
        "gatewarden_connections",
        "connections of callers open now",
        open == null ? 0 : open.connections());
    if (open != null) {
      text.counters(
          "gatewarden_ended_total",
          "connections and exchanges that the gate ended for the sake of others",
          "why",
          open.endings());
    }
    text.gauge(
        "gatewarden_requests_in_flight",
        "requests that wait for the beginning of their answers now",
        transport.load().inFlight());
    text.gauge(
        "gatewarden_loop_lag_seconds",
        "what the latest event loop was late by three times in a row",
        transport.load().lag() / 1e9);
    text.gauge(
        "gatewarden_load_level",
        "0 where all is well; from 1 to 4 ever more requests are refused for the load",
        transport.load().level());
    text.gauge(
        "gatewarden_held_bytes",
        "bytes of bodies held by all exchanges now",
        (double) transport.held());
    text.gauges(
        "gatewarden_certificate_expiry_seconds",
        "seconds until the first certificate expires: of each bundle, and of the gate itself",
        "gatewarden_certificates",
        ground.certificates().expiries());
    Runtime runtime = Runtime.getRuntime();
    text.gauge(
        "jvm_memory_used_bytes",
        "bytes of the Java heap in use",
        (double) (runtime.totalMemory() - runtime.freeMemory()));
    if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
      text.counter(
          "gatewarden_allocated_bytes_total",
          "bytes that all threads have allocated on the Java heap",
          threads.getTotalThreadAllocatedBytes());
    }
    text.gauge(
        "process_uptime_seconds",
        "seconds since the program started",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    return text.toString();
  }

  /// Nothing where no issuer ever needed an exception.
  private void weak(Exposition text) {
    if (outside.get().weak().isEmpty()) {
      return;
    }
    int inForce = 0;
    long accepted = 0;
    for (IssuerTokenVerifier issuer : outside.get().weak()) {
      inForce += issuer.isWeak() ? 1 : 0;
      accepted += issuer.excused();
    }
    text.gauge(
        "gatewarden_weak_issuers",
        "issuers with a shared secret, or without audience, that an exception lets in now",
        inForce);
    text.counter(
        "gatewarden_weak_tokens_accepted_total",
        "tokens that were accepted by an exception for their issuer alone",
        accepted);
  }

  private void conformity(Exposition text) {
    Map<String, Double> broken = new LinkedHashMap<>();
    Map<String, Double> promoted = new LinkedHashMap<>();
    for (Track track : conformity.all()) {
      if (track.judged() > 0 || track.promoted()) {
        broken.put(track.operation(), (double) track.broken());
        promoted.put(track.operation(), track.promoted() ? 1.0 : 0.0);
      }
    }
    text.gauges(
        "gatewarden_answers_broken",
        "answers that broke their contract since they were last weighed",
        "operation",
        broken);
    text.gauges(
        "gatewarden_contract_promoted",
        "1 where the contract is enforced on answers because they kept it",
        "operation",
        promoted);
  }

  @Override
  public String proposals() {
    return Proposals.of(conformity.all(), LocalDate.now(ZoneOffset.UTC));
  }

  @Override
  public String decision(String id) throws IOException {
    DecisionStore kept = store;
    return kept == null ? "" : kept.find(id).orElse("");
  }

  @Override
  public String keys() {
    return ground.keys().jwks();
  }
}
