package dev.gatewarden.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembersTest {

  @Test
  void knows_what_a_map_knows() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Members members = new Members();
      Map<Long, Long> map = new HashMap<>();
      for (int step = 0; step < 2_000; step++) {
        long name = 1L + random.nextInt(60);
        switch (random.nextInt(8)) {
          case 0, 1 -> {
            members.remove(name);
            map.remove(name);
          }
          case 2 -> {
            int until = step - random.nextInt(60);
            members.forgetUpTo(until);
            map.values().removeIf(at -> at <= until);
          }
          default -> {
            members.put(name, step);
            map.put(name, (long) step);
          }
        }
        assertThat(members.size()).as("seed %s, step %s", seed, step).isEqualTo(map.size());
        map.forEach((each, at) -> assertThat(members.at(each)).isEqualTo(at));
        map.values().forEach(at -> assertThat(members.oldest()).isLessThanOrEqualTo(at));
      }
    }
  }

  @Test
  void tells_names_apart_by_each_character_and_by_length() {
    Set<Long> names = new HashSet<>();
    String text = "order-0123456789";
    for (int i = 0; i <= text.length(); i++) {
      names.add(Members.name(text.substring(0, i)));
      names.add(Members.name(text.substring(0, i) + '\0'));
      names.add(Members.name(text.substring(0, i) + "\u0100"));
    }

    assertThat(names).hasSize(3 * (text.length() + 1)).doesNotContain(0L);
    assertThat(Members.name("order-1")).isEqualTo(Members.name("order-" + 1));
  }
}
