package dev.gatewarden.core.exchange;

/// What a request is addressed to, in its one reading (RFC 3986, section 6): what was judged and
/// what is forwarded are this.
///
/// @param path percent-encoded where it must be and nowhere else, without dot segments, without
///     empty segments
public record Target(String path, Query query) {

  /// As it stands in a request line.
  public String text() {
    return query.text().isEmpty() ? path : path + "?" + query.text();
  }
}
