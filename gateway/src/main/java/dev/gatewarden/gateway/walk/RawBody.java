package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import java.util.List;

/// A body before it is read, for proofs that cover its bytes.
record RawBody(Bytes bytes) implements Reading {
  @Override
  public boolean conforms() {
    return true;
  }

  @Override
  public boolean complete() {
    return false;
  }

  @Override
  public List<Detail> explain() {
    return List.of();
  }

  @Override
  public List<Mark> marks() {
    return List.of();
  }
}
