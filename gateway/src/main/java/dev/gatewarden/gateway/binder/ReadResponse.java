package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.LinesBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A response as it was read.
///
/// @param whole the body as it came
/// @param found what its reader found; null where nobody read its inside
/// @param contentType empty where nobody read its inside
/// @param breach the promise that is broken, of head or body
/// @param told what is wrong beside the body
record ReadResponse(
    Bytes whole,
    BodyReader.@Nullable Found found,
    @Nullable BodyReader reader,
    String contentType,
    Breach breach,
    List<Detail> told)
    implements Reading {

  /// A response whose body nobody reads.
  static Reading unread(Bytes body, Breach breach, List<Detail> told) {
    return new ReadResponse(body, null, null, "", breach, told);
  }

  @Override
  public Bytes bytes() {
    return found == null ? whole : found.view();
  }

  @Override
  public boolean lines() {
    return reader instanceof LinesBody;
  }

  @Override
  public boolean conforms() {
    return breach == Breach.NONE;
  }

  @Override
  public boolean complete() {
    return found == null ? whole.length() == 0 : found.complete();
  }

  @Override
  public List<Mark> marks() {
    return found == null ? List.of() : found.marks();
  }

  @Override
  public List<Detail> explain() {
    if (found == null || reader == null || found.conforms()) {
      return told;
    }
    List<Detail> all = new ArrayList<>(told);
    all.addAll(reader.explain(whole, contentType));
    return all;
  }

  @Override
  public List<Gap> mend() {
    return breach != Breach.SCHEMA || reader == null || bytes() != whole
        ? List.of()
        : reader.mend(whole, contentType);
  }
}
