package dev.gatewarden.app.command.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.platform.probing.Prober;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ColumnTest {

  @Test
  void names_probes_that_there_are_and_each_in_one_column() {
    Set<String> all = new TreeSet<>();
    Catalog.PROBES.forEach(each -> all.add(Prober.attack(each).id()));
    Set<String> named = new HashSet<>();

    for (Column column : Column.values()) {
      assertThat(all).containsAll(column.probes());
      for (String probe : column.probes()) {
        assertThat(named.add(probe)).as(probe).isTrue();
      }
    }
  }
}
