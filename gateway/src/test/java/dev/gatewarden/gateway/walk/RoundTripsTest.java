package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.WritableFieldsGuard;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How often a request asks the store of relations, which may be on another machine.
class RoundTripsTest {
  private static final Promise NOTES =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: Notes, version: 1.0.0}
          security: [{}]
          components:
            schemas:
              note:
                type: object
                properties:
                  id: {type: string}
                  owner: {type: string}
                  org: {type: string}
                  folderId: {type: string}
            x-gatewarden-objects:
              note:
                id: {at: /id}
                owner: {at: /owner, is: principal.subject}
                tenant: {at: /org, is: principal.tenant}
                parent: {folder: /folderId}
                known-by: [relation]
                unknown: deny
              folder: {id: {at: /id}, owner: {at: /owner}, known-by: [relation], unknown: deny}
          paths:
            /notes/{id}:
              patch:
                operationId: change
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                x-gatewarden-object: {type: note, does: update, id: path.id}
                requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
                responses: {'204': {description: done}}
          """);

  @Test
  void asks_once_whose_an_object_is_however_many_values_a_body_says_of_it() {
    AtomicInteger asked = new AtomicInteger();
    Call call = call("{\"owner\":\"bob\",\"org\":\"south\",\"folderId\":\"f2\"}");

    Verdict verdict =
        WritableFieldsGuard.ENTRY
            .seat(
                new Setting(NOTES.contract(), call.operation(), ports(asked)),
                WritableFieldsGuard.ENTRY.defaults())
            .orElseThrow()
            .judge(call);

    assertThat(verdict).isInstanceOf(Verdict.Deny.class);
    assertThat(((Verdict.Deny) verdict).details()).hasSize(3);
    assertThat(asked).hasValue(1);
  }

  private static Ports ports(AtomicInteger asked) {
    InstantSource clock = InstantSource.system();
    LocalRelations kept = new LocalRelations(10);
    Relations counting =
        (Relations)
            Proxy.newProxyInstance(
                Relations.class.getClassLoader(),
                new Class<?>[] {Relations.class},
                (_, method, arguments) -> {
                  asked.addAndGet(method.getName().equals("find") ? 1 : 0);
                  return method.invoke(kept, arguments);
                });
    Lookups none =
        (Lookups)
            Proxy.newProxyInstance(
                Lookups.class.getClassLoader(),
                new Class<?>[] {Lookups.class},
                (_, method, _) -> {
                  throw new AssertionError(method.getName());
                });
    return new Ports(clock, Map.of(), none, counting, new LocalBlocks(clock));
  }

  private static Call call(String body) {
    Bytes bytes = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
    if (NOTES.bind("PATCH", "/notes/n1", bytes, "content-type", "application/json")
        instanceof Bound.Calls(List<Call> calls, Bytes _)) {
      return calls.getFirst();
    }
    throw new AssertionError("not bound: " + body);
  }
}
