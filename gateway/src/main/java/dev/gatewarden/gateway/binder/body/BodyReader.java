package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Upload;
import java.util.List;

/// Reads the bodies of one media type of one operation: whether they conform, and where the values
/// stand that mean something. For any number of threads.
public interface BodyReader {

  /// One pass over a body.
  ///
  /// @param contentType the value of its `Content-Type`
  Found read(Bytes body, String contentType);

  /// What is wrong with a body that does not conform; asked for on refusal only.
  List<Detail> explain(Bytes body, String contentType);

  /// What has to go so that the rest of a body conforms; empty where only the whole could go.
  default List<Reading.Gap> mend(Bytes body, String contentType) {
    return List.of();
  }

  /// What one pass found.
  ///
  /// @param complete whether the inside was read to its end, though it may break its promise
  /// @param view JSON that the marks point into: the body itself, or what a body of another type
  ///     was read as
  /// @param uploads the files among it
  record Found(
      boolean conforms,
      boolean complete,
      Bytes view,
      List<Reading.Mark> marks,
      List<Upload> uploads) {
    public Found(boolean conforms, boolean complete, Bytes view, List<Reading.Mark> marks) {
      this(conforms, complete, view, marks, List.of());
    }
  }
}
