package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.transport.wire.FieldNames;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;

/// Netty's decoder, which needs to be told of HEAD, with names in lower case.
final class ResponseDecoder extends HttpResponseDecoder {
  private boolean bodiless;

  ResponseDecoder(Reach reach) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(reach.head())
            .setMaxHeaderSize(reach.head())
            .setMaxChunkSize(64 * 1024));
  }

  void await(boolean head) {
    bodiless = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return bodiless || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int from, int length) {
    return FieldNames.lower(bytes, from, length);
  }
}
