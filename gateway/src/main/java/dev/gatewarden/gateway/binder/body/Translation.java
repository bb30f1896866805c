package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import java.util.List;

/// Reads bodies of one media type as the JSON they stand for.
interface Translation {

  /// How a body is read where it can be read in several ways.
  enum Way {
    /// What reads as a number or a boolean is one, where a string may stand as well.
    VALUES,
    /// It is a string there.
    TEXTS,
    /// As `VALUES`, by who decodes delimited texts before parting them.
    DECODED_FIRST
  }

  /// What a body stands for.
  Translated read(Bytes body, Way way);

  /// The place in the message of a pointer into the JSON.
  String where(String pointer);

  /// What a body was read as.
  ///
  /// @param view the JSON; nothing where the body cannot be read
  /// @param faults why it cannot be read, or not in one way
  /// @param doubtful whether `DECODED_FIRST` reads it otherwise
  record Translated(Bytes view, List<Detail> faults, boolean doubtful) {
    static Translated refused(Detail detail) {
      return new Translated(Bytes.NONE, List.of(detail), false);
    }
  }
}
