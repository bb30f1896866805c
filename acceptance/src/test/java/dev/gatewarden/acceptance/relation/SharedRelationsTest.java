package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Redis;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who made something at one gate owns it at every gate.
@Timeout(120)
class SharedRelationsTest {
  @TempDir private Path folder;
  private Notes service;
  private Redis redis;
  private String state;

  @BeforeEach
  void open() throws Exception {
    service = new Notes();
    redis = Redis.start();
    state = "state: {redis: '" + redis.uri() + "'}";
  }

  @AfterEach
  void close() throws Exception {
    redis.kill();
    service.close();
  }

  private TenantGate gate(String name) throws Exception {
    return TenantGate.start(
        folder.resolve(name), service.uri(), RelationsTest.CONTRACT, "tenancy: token", state);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void knows_at_once_at_one_gate_what_was_made_given_away_or_deleted_at_another() throws Exception {
    String alice = token("alice", "north");
    String bob = token("bob", "north");
    try (TenantGate one = gate("one");
        TenantGate other = gate("other")) {
      for (int i = 1; i <= 5; i++) {
        String note = "/notes/n" + i;
        assertThat(other.status("GET", note, alice)).isEqualTo(404);
        one.send("POST", "/notes", alice, "{}");
        assertThat(other.status("GET", note, alice)).isEqualTo(200);
        assertThat(other.status("GET", note, bob)).isEqualTo(404);
        assertThat(other.send("PATCH", note, alice, "{\"ownerId\":\"bob\"}").statusCode())
            .isEqualTo(204);
        assertThat(one.status("GET", note, bob)).isEqualTo(200);
        assertThat(one.status("GET", note, alice)).isEqualTo(404);
        assertThat(one.status("DELETE", note, bob)).isEqualTo(204);
        assertThat(other.status("GET", note, bob)).isEqualTo(404);
      }
    }
  }

  @Test
  @Requirement(id = "AUT-2")
  void lets_nobody_in_and_makes_nothing_while_nobody_can_say() throws Exception {
    String alice = token("alice", "north");
    try (TenantGate gate = gate("one")) {
      gate.send("POST", "/notes", alice, "{}");
      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(200);
      redis.kill();

      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(503);
      assertThat(gate.status("GET", "/notes/n1", token("bob", "north"))).isEqualTo(503);
      assertThat(gate.send("POST", "/notes", alice, "{}").statusCode()).isEqualTo(503);
      assertThat(service.kept).hasSize(1);
    }
  }

  @Test
  void tells_redis_whose_older_objects_are_also_while_no_gate_runs() throws Exception {
    try (TenantGate gate = gate("one")) {
      gate.stop();
      java.nio.file.Files.writeString(
          gate.folder.resolve("old.csv"), "type,id,owner,tenant\nnote,old1,alice,north\n");
      Cli imported = Cli.run(gate.folder, "relations", "import", "old.csv");
      assertThat(imported.code()).as(imported.out() + imported.err()).isZero();
    }
    try (TenantGate other = gate("other")) {
      assertThat(other.status("GET", "/notes/old1", token("alice", "north"))).isEqualTo(200);
    }
  }
}
