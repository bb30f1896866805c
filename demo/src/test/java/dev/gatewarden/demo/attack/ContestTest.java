package dev.gatewarden.demo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.Playground;
import dev.gatewarden.demo.Ports;
import dev.gatewarden.demo.StateFolder;
import dev.gatewarden.demo.shop.Fault;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContestTest {

  @TempDir private Path folder;

  @Test
  void every_attack_works_on_the_broken_shop_and_every_good_request_passes() throws Exception {
    expects(EnumSet.allOf(Fault.class));
  }

  @Test
  void no_attack_works_on_the_mended_shop_and_every_good_request_passes() throws Exception {
    expects(EnumSet.noneOf(Fault.class));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_single_fault_lets_its_own_attacks_through_and_no_other(Fault fault) throws Exception {
    expects(EnumSet.of(fault));
  }

  private void expects(Set<Fault> faults) throws Exception {
    try (Playground playground = Playground.start(new StateFolder(folder), faults, Ports.ANY)) {
      for (Family family : Attacks.all()) {
        for (Result result : playground.contest().run(family)) {
          assertThat(result.expected()).as("%s: %s", result.row().title(), result.naked()).isTrue();
        }
      }
    }
  }
}
