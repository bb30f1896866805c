package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.body.ReadBody;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final Bytes JSON = ShopGate.bytes("{\"a\":1,\"b\":2}");
  private static final List<Edit> CUT = List.of(new Edit.CutBody(1, 6));

  @Test
  void cuts_a_body_that_is_what_was_judged() {
    Bytes out = Redaction.of(read(JSON, JSON), CUT);
    assertThat(out).isNotNull();
    assertThat(out.utf8()).isEqualTo("{\"b\":2}");
  }

  @Test
  void never_sends_the_view_of_a_body_in_its_place() {
    Bytes xml = ShopGate.bytes("<x><a>1</a><b>2</b></x>");
    assertThat(Redaction.of(read(xml, JSON), CUT)).isNull();
    assertThat(Redaction.of(read(xml, JSON), List.of())).isSameAs(xml);
  }

  private static Reading read(Bytes whole, Bytes view) {
    return new ReadBody(whole, view, Breach.NONE, true, List.of(), List::of);
  }
}
