package dev.gatewarden.core.canon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GOOD = "00-" + ID + "-00f067aa0ba902b7-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "cc-" + ID + "-00f067aa0ba902b7-01",
        "cc-" + ID + "-00f067aa0ba902b7-01-what",
        "00-" + ID + "-00f067aa0ba902b7-fd",
      })
  void keeps(String text) {
    assertThat(TraceParent.read(text)).isEqualTo(new TraceParent(ID, "00f067aa0ba902b7", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ff-" + ID + "-00f067aa0ba902b7-01",
        GOOD + "-",
        GOOD + " ",
        "cc-" + ID + "-00f067aa0ba902b7-01x",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + ID + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-" + ID + "-00f067aa0ba902b7-0g",
        "00_" + ID + "-00f067aa0ba902b7-01",
        "00-" + ID + "-00f067aa0ba902b7-1",
      })
  void drops(String text) {
    assertThat(TraceParent.read(text)).isNull();
  }

  @Test
  void drops_two_lines() {
    assertThat(TraceParent.read(List.of(GOOD, GOOD))).isNull();
    assertThat(TraceParent.read(List.<String>of())).isNull();
    assertThat(TraceParent.read(List.of(GOOD))).isNotNull();
  }

  @Test
  void mints_what_it_reads() {
    TraceParent minted = TraceParent.mint(ID, 0x1234L);
    assertThat(minted.text()).isEqualTo("00-" + ID + "-0000000000001234-02");
    assertThat(TraceParent.read(minted.text())).isEqualTo(minted);
    assertThat(TraceParent.mint(ID, 0).parentId()).isEqualTo("0000000000000001");
  }

  @Test
  void keeps_trace_and_flags_from_hop_to_hop() {
    TraceParent parent = TraceParent.read(GOOD);
    assertThat(parent).isNotNull();
    assertThat(parent.child(-1).text()).isEqualTo("00-" + ID + "-ffffffffffffffff-01");
  }
}
