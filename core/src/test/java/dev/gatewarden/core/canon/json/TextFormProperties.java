package dev.gatewarden.core.canon.json;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class TextFormProperties {

  @Property(tries = 20_000)
  void doing_it_twice_is_doing_it_once(
      @ForAll @StringLength(max = 6) String text,
      @ForAll boolean nfc,
      @ForAll boolean trim,
      @ForAll boolean lower) {
    TextForm form = new TextForm(nfc, trim, lower);
    String once = form.of(text);
    assertThat(form.of(once)).isSameAs(once);
  }
}
