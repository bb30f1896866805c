package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Upload;
import java.util.List;
import java.util.function.Supplier;

/// A message as it was read.
///
/// @param whole the body as it came
/// @param bytes what the marks point into: the body, or JSON that it was read as
/// @param uploads the files among it
/// @param explanation what is wrong with it; asked for on refusal only
public record ReadBody(
    Bytes whole,
    Bytes bytes,
    Breach breach,
    boolean complete,
    List<Mark> marks,
    List<Upload> uploads,
    Supplier<List<Detail>> explanation)
    implements Reading {

  /// A message without files.
  public ReadBody(
      Bytes whole,
      Bytes bytes,
      Breach breach,
      boolean complete,
      List<Mark> marks,
      Supplier<List<Detail>> explanation) {
    this(whole, bytes, breach, complete, marks, List.of(), explanation);
  }

  /// A body that nothing is promised of: its bytes, unread.
  public static Reading unread(Bytes bytes) {
    return new ReadBody(bytes, bytes, Breach.NONE, bytes.length() == 0, List.of(), List::of);
  }

  /// A message that breaks the contract in one way.
  public static Reading broken(Bytes bytes, Detail detail) {
    return new ReadBody(
        bytes, bytes, Breach.SCHEMA, bytes.length() == 0, List.of(), () -> List.of(detail));
  }

  @Override
  public boolean conforms() {
    return breach == Breach.NONE;
  }

  @Override
  public List<Detail> explain() {
    return conforms() ? List.of() : explanation.get();
  }
}
