package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Accounts, version: 1.0.0}
      paths:
        /me: {put: {operationId: me, responses: {'200': {description: done}}}}
        /users/{user}: {delete: {operationId: leave, parameters: [{name: user, in: path, required: true, schema: {type: string}}], responses: {'204': {description: gone}}}}
        /purge: {post: {operationId: purge, responses: {'204': {description: gone}}}}
        /vouchers/{code}: {delete: {operationId: burn, parameters: [{name: code, in: path, required: true, schema: {type: string}}], responses: {'204': {description: gone}}}}
      """;

  private static final Contract ACCOUNTS =
      new ContractReader(_ -> CONTRACT.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
          .read(
              new ContractFiles(
                  "api", new Origin(URI.create("file:///accounts.yaml"), "accounts.yaml")),
              _ -> true);

  private static Identity who(String name) {
    Principal is = new Principal("t", name, null, null, Set.of(), Set.of(), Map.of(), List.of());
    return new Identity(name, is, List.of(), Map.of(), null, true);
  }

  private static Draft draft(String operation, Identity as) {
    return Draft.of(Objects.requireNonNull(ACCOUNTS.operation(operation)), as);
  }

  @Test
  void lets_newcomers_change_their_own_accounts_alone() {
    Memory memory = new Memory();
    memory.account(List.of("newcomer"));
    List<Identity> people = List.of(who("alice"));
    Identity newcomer = who("newcomer");

    assertThat(memory.isAmongNewcomers(draft("me", newcomer), people)).isTrue();
    assertThat(memory.isAmongNewcomers(draft("leave", newcomer).path("user", "newcomer"), people))
        .isTrue();
    assertThat(memory.isAmongNewcomers(draft("leave", newcomer).path("user", "alice"), people))
        .isFalse();
    assertThat(memory.isAmongNewcomers(draft("purge", newcomer), people)).isFalse();
    assertThat(memory.isAmongNewcomers(draft("me", newcomer).query("user", "alice"), people))
        .isFalse();
    assertThat(
            memory.isAmongNewcomers(
                draft("me", newcomer).member(List.of("user"), Json.of("alice")), people))
        .isFalse();
    assertThat(
            memory.isAmongNewcomers(
                draft("me", newcomer).bytes(new byte[] {1}, "application/octet-stream"), people))
        .isFalse();
    assertThat(memory.isAmongNewcomers(draft("me", who("alice")), people)).isFalse();
  }

  @Test
  void knows_what_was_made_by_where_it_stands() {
    Memory memory = new Memory();
    memory.made("/users", "7");

    assertThat(memory.isMade(draft("leave", who("alice")).path("user", "7"))).isTrue();
    assertThat(memory.isMade(draft("burn", who("alice")).path("code", "7"))).isFalse();
    assertThat(memory.isMade(draft("purge", who("alice")))).isFalse();
  }

  @Test
  void takes_nothing_for_made_that_was_shown_before() {
    Memory memory = new Memory();
    memory.stood("/users", "7");
    memory.made("/users", "7");

    assertThat(memory.isMade(draft("leave", who("alice")).path("user", "7"))).isFalse();
  }

  @Test
  void takes_what_several_accounts_are_called_for_nobodys_name() {
    Memory memory = new Memory();
    memory.account(List.of("newcomer", "acme", "8"));
    memory.account(List.of("second", "acme", "9"));
    Identity newcomer = who("newcomer");

    assertThat(memory.isAmongNewcomers(draft("leave", newcomer).path("user", "9"), List.of()))
        .isTrue();
    assertThat(memory.isAmongNewcomers(draft("leave", newcomer).path("user", "acme"), List.of()))
        .isFalse();
    assertThat(
            memory.isAmongNewcomers(draft("leave", newcomer).path("user", "9"), List.of(who("9"))))
        .isFalse();
  }
}
