package dev.gatewarden.gateway.transport.framing;

import dev.gatewarden.core.decision.Reason;

/// Why bytes never became a request.
public enum Framing implements Reason {
  REQUEST_LINE(400, "the request line is malformed"),
  TARGET(400, "the request target is malformed"),
  TARGET_TOO_LONG(414, "the request target is too long"),
  VERSION(505, "the protocol version is not spoken here"),
  METHOD(501, "the method is not served here"),
  LINE_END(400, "a line does not end in carriage return and line feed"),
  CONTROL_CHARACTER(400, "the head contains a control character"),
  FOLDED(400, "a header is folded over lines"),
  FIELD_NAME(400, "a header name is malformed"),
  FIELD_VALUE(400, "a header value is malformed"),
  HEAD_TOO_LONG(431, "the head is too long"),
  TOO_MANY_FIELDS(431, "the head has too many headers"),
  HOST(400, "exactly one valid host is required"),
  AUTHORITY(400, "the target and the host name different authorities"),
  LENGTH(400, "the content length is malformed"),
  LENGTHS(400, "the length of the body is stated more than once"),
  LENGTH_TOO_LONG(413, "the content length is too large"),
  TRANSFER_CODING(501, "the transfer coding is not served here"),
  TRANSFER_CODING_VERSION(400, "a transfer coding needs HTTP/1.1"),
  CHUNK(400, "a chunk is malformed"),
  CHUNK_EXTENSION(400, "chunk extensions are not accepted"),
  TRAILER(400, "a trailer must not carry this field"),
  EXPECTATION(417, "the expectation cannot be met"),
  PSEUDO_HEADER(400, "the pseudo-headers are malformed"),
  CONNECTION_FIELD(400, "a header of the connection is not allowed in HTTP/2"),
  HEAD_TIMEOUT(408, "the head did not arrive in time"),
  CONNECTIONS(503, "too many connections"),
  MALFORMED(400, "the message is malformed");

  private final int status;
  private final String summary;

  Framing(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "listener";
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String summary() {
    return summary;
  }
}
