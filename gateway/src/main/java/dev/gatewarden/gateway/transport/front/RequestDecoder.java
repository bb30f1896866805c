package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.gateway.transport.wire.FieldNames;
import dev.gatewarden.gateway.transport.wire.Limits;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AsciiString;

/// Netty's decoder with all its own checks on, and names in lower case.
final class RequestDecoder extends HttpRequestDecoder {
  RequestDecoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.target() + 64)
            .setMaxHeaderSize(limits.head())
            .setMaxChunkSize(64 * 1024));
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int from, int length) {
    return FieldNames.lower(bytes, from, length);
  }
}
