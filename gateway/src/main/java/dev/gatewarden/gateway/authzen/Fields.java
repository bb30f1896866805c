package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import java.util.List;
import java.util.Set;

/// The properties that a question is about, as if a body had held them: what is said of each stands
/// there as a mark, and no value.
record Fields(List<Reading.Mark> marks) implements Reading {
  static final Fields NONE = new Fields(List.of());

  static Fields of(Set<Meaning> said) {
    return new Fields(said.stream().map(each -> new Mark(each, 0, 0, 0)).toList());
  }

  @Override
  public Bytes bytes() {
    return Bytes.NONE;
  }

  @Override
  public boolean conforms() {
    return true;
  }

  @Override
  public List<Detail> explain() {
    return List.of();
  }

  @Override
  public boolean complete() {
    return true;
  }
}
