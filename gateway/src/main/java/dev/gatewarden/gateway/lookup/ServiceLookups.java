package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Looks objects up at the service, through the operation that the contract names (`read-by`).
///
/// Nothing is cached: what a look-up found is used for the requests that were waiting for it and
/// for no later one, because the object may have changed
/// hands. Requests of one caller that ask for the same object
/// at the same time share one look-up.
public final class ServiceLookups implements Lookups {
  private final Fetch fetch;
  private final String basePath;
  private final Credentials credentials;
  private final Map<String, Reader> readers = new HashMap<>();
  private final ConcurrentHashMap<Asked, CompletableFuture<Answer>> underWay =
      new ConcurrentHashMap<>();

  /// The operation that reads a type, and how its answers are read.
  private record Reader(Operation operation, ResponseBinder binder) {}

  private record Asked(String type, String id, Map<String, String> within, String caller) {}

  /// @param basePath what stands before the contract's paths at the upstream
  /// @param credentials the header lines by which the gate proves itself to the service
  /// @param problems where look-up operations that cannot be judged are added
  public ServiceLookups(
      Contract contract,
      Fetch fetch,
      String basePath,
      Credentials credentials,
      List<Problem> problems) {
    this.fetch = fetch;
    this.basePath = basePath;
    this.credentials = credentials;
    for (ObjectType type : contract.types().values()) {
      Operation operation = type.readBy() == null ? null : contract.operation(type.readBy());
      if (operation != null) {
        readers.put(type.name(), new Reader(operation, Binders.responseOf(operation, problems)));
      }
    }
  }

  @Override
  public Answer lookUp(ObjectType type, String id, Map<String, String> within, Exchange cause) {
    Reader reader = readers.get(type.name());
    if (reader == null) {
      return Lookups.failed();
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    Asked asked = new Asked(type.name(), id, Map.copyOf(within), cause.principal().key());
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

  private Answer ask(Reader reader, ObjectType type, Asked asked, Exchange cause) {
    String path = LookUpPath.of(reader.operation(), type, asked.id(), asked.within());
    if (path == null) {
      return Lookups.failed();
    }
    try {
      Fetch.Fetched found = fetch.get(basePath + path, credentials.lines(cause));
      return answer(reader, type, asked, found);
    } catch (IOException fault) {
      return Lookups.failed();
    }
  }

  private static Answer answer(Reader reader, ObjectType type, Asked asked, Fetch.Fetched found) {
    if (found.status() == 404 || found.status() == 410) {
      return Lookups.absent();
    }
    if (found.status() != 200) {
      return Lookups.failed();
    }
    Reading reading = reader.binder().read(found.status(), found.headers(), found.body());
    for (Call.Seen seen : reader.binder().seen(found.status(), reading)) {
      if (seen.binding().type().name().equals(type.name()) && seen.each().size() == 1) {
        ObjectFacts facts = seen.each().getFirst();
        return facts.id().equals(Fact.of(asked.id())) ? new Answer.Found(facts) : Lookups.failed();
      }
    }
    return Lookups.failed();
  }
}
