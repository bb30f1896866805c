package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.ResponseBinder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Looks objects up at the service, through the operation that the contract names (`read-by`).
///
/// What a look-up found is used for the requests that were waiting for it and for no later one,
/// because the object may have changed hands. Requests of one caller that ask for the same object
/// at the same time share one look-up, and so do the guards of one request. That an object was
/// refused to a caller is remembered for a
/// moment, for the same operation, if it only reads.
public final class ServiceLookups implements Lookups {
  private static final ThreadLocal<@Nullable Told> TOLD = new ThreadLocal<>();

  private final Fetch fetch;
  private final String basePath;
  private final Credentials credentials;
  private final Map<String, Reader> readers = new HashMap<>();
  private final ConcurrentHashMap<Asked, CompletableFuture<Answer>> underWay =
      new ConcurrentHashMap<>();
  private final Refusals refusals;

  /// The operation that reads a type, and how its answers are read.
  ///
  /// @param parents those without whose ids it cannot be asked
  private record Reader(Operation operation, ResponseBinder binder, Set<String> parents) {
    static Reader of(Operation operation, ObjectType type, List<Problem> problems) {
      ObjectBinding binding = LookUpPath.binding(operation, type);
      return new Reader(
          operation,
          Binders.responseOf(operation, problems),
          binding == null ? Set.of() : binding.within().keySet());
    }

    /// Those of the parents that the look-up asks for: two requests for one object are one.
    Map<String, String> needed(Map<String, String> within) {
      if (within.isEmpty() || parents.isEmpty()) {
        return Map.of();
      }
      Map<String, String> needed = new HashMap<>(within);
      needed.keySet().retainAll(parents);
      return needed;
    }
  }

  /// What one exchange was told; its guards ask one after another on one thread.
  private record Told(ServiceLookups by, ExchangeId exchange, Map<Asked, Answer> answers) {}

  private record Asked(String type, String id, Map<String, String> within, String caller) {}

  public ServiceLookups(
      Contract contract,
      Fetch fetch,
      String basePath,
      Credentials credentials,
      List<Problem> problems) {
    this(contract, fetch, basePath, credentials, System::nanoTime, problems);
  }

  /// @param basePath what stands before the contract's paths at the upstream
  /// @param credentials the header lines by which the gate proves itself to the service
  /// @param nanos a clock that only runs forward
  /// @param problems where look-up operations that cannot be judged are added
  public ServiceLookups(
      Contract contract,
      Fetch fetch,
      String basePath,
      Credentials credentials,
      LongSupplier nanos,
      List<Problem> problems) {
    this.refusals = new Refusals(nanos);
    this.fetch = fetch;
    this.basePath = basePath;
    this.credentials = credentials;
    for (ObjectType type : contract.types().values()) {
      Operation operation = type.readBy() == null ? null : contract.operation(type.readBy());
      if (operation != null) {
        readers.put(type.name(), Reader.of(operation, type, problems));
      }
    }
  }

  @Override
  public Answer lookUp(ObjectType type, String id, Map<String, String> within, Exchange cause) {
    Reader reader = readers.get(type.name());
    if (reader == null) {
      return Lookups.failed();
    }
    boolean reads = cause.operation().safe();
    if (reads && refusals.known(type.name(), id, within, cause)) {
      return Lookups.absent();
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    Asked asked = new Asked(type.name(), id, reader.needed(within), cause.principal().key());
    Told here = TOLD.get();
    if (here == null || here.by() != this || !here.exchange().equals(cause.id())) {
      here = new Told(this, cause.id(), new HashMap<>());
      TOLD.set(here);
    }
    Answer known = here.answers().get(asked);
    if (known == null) {
      known = shared(reader, type, asked, cause);
      here.answers().put(asked, known);
    }
    return known;
  }

  private Answer shared(Reader reader, ObjectType type, Asked asked, Exchange cause) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> other = underWay.putIfAbsent(asked, mine);
    if (other != null) {
      return other.join();
    }
    Answer answer = Lookups.failed();
    try {
      answer = ask(reader, type, asked, cause);
    } finally {
      underWay.remove(asked, mine);
      mine.complete(answer);
    }
    return answer;
  }

  @Override
  public void refused(ObjectType type, String id, Map<String, String> within, Exchange cause) {
    if (cause.operation().safe() && readers.containsKey(type.name())) {
      refusals.remember(type.name(), id, within, cause);
    }
  }

  @Override
  public void changed(Exchange cause) {
    refusals.forget(cause);
  }

  private Answer ask(Reader reader, ObjectType type, Asked asked, Exchange cause) {
    String path = LookUpPath.of(reader.operation(), type, asked.id(), asked.within());
    if (path == null) {
      return Lookups.absent();
    }
    try {
      Fetch.Fetched found = fetch.get(basePath + path, credentials.lines(cause));
      return answer(reader, type, found);
    } catch (IOException fault) {
      return Lookups.failed();
    }
  }

  private static Answer answer(Reader reader, ObjectType type, Fetch.Fetched found) {
    if (found.status() == 404 || found.status() == 410) {
      return Lookups.absent();
    }
    if (found.status() == 403) {
      return Lookups.withheld();
    }
    if (found.status() != 200) {
      return Lookups.failed();
    }
    Reading reading = reader.binder().read(found.status(), found.headers(), found.body());
    for (Call.Seen seen : reader.binder().seen(found.status(), reading)) {
      if (seen.binding().type().name().equals(type.name()) && seen.each().size() == 1) {
        ObjectFacts facts = seen.each().getFirst();
        return facts.id() instanceof Fact.Known
            ? new Answer.Found(facts, strong(found.headers()))
            : Lookups.failed();
      }
    }
    return Lookups.failed();
  }

  /// The one strong validator of a response (RFC 9110, section 8.8.3), or null.
  private static @Nullable String strong(Headers headers) {
    String etag = headers.count("etag") == 1 ? headers.first("etag") : null;
    return etag != null && etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"")
        ? etag
        : null;
  }
}
