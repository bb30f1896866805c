package dev.gatewarden.platform.probing.grpc;

import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// The answer of one call as it comes in: its head, its messages, its trailers.
final class GrpcAnswer extends ChannelInboundHandlerAdapter {
  private static final int MOST_BYTES = 8 << 20;
  private static final int MOST_HEADERS = 1_000;
  private static final int PREFIX = 5;

  private final CompletableFuture<GrpcAnswer> whole = new CompletableFuture<>();
  private final List<Draft.Pair> headers = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /// The length before the first message, as far as it has come.
  private final byte[] prefix = new byte[PREFIX];

  private final boolean first;
  private volatile int status;

  /// @param first whether one message is all that is waited for
  GrpcAnswer(boolean first) {
    this.first = first;
  }

  /// Itself, once nothing more comes.
  CompletableFuture<GrpcAnswer> whole() {
    return whole;
  }

  /// Whether the head has come.
  boolean isBegun() {
    return status != 0;
  }

  /// Itself, though nothing but the head has come.
  GrpcAnswer waiting() {
    headers.add(new Draft.Pair(GrpcJudge.WAITING, "yes"));
    return this;
  }

  /// Nothing more comes, because the connection has ended.
  void dropped() {
    whole.completeExceptionally(new IOException("the connection was dropped"));
  }

  Answer answer(int number) {
    return Answer.of(number, status, headers, body.toByteArray());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (whole.isDone()) {
        return;
      }
      switch (message) {
        case Http2HeadersFrame head -> {
          add(head.headers());
          end(head.isEndStream());
        }
        case Http2DataFrame data -> {
          byte[] bytes = new byte[data.content().readableBytes()];
          data.content().readBytes(bytes);
          for (int i = 0; i < bytes.length && body.size() + i < PREFIX; i++) {
            prefix[body.size() + i] = bytes[i];
          }
          body.writeBytes(bytes);
          if (first && isMessage()) {
            headers.add(new Draft.Pair("grpc-status", "0"));
          }
          end(data.isEndStream() || body.size() > MOST_BYTES || (first && isMessage()));
        }
        case Http2ResetFrame reset -> reset(reset.errorCode());
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private boolean isMessage() {
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(prefix, 1, Integer.BYTES).getInt());
    return body.size() - PREFIX >= length;
  }

  private void add(Http2Headers more) {
    if (headers.size() > MOST_HEADERS) {
      whole.completeExceptionally(new IOException("its headers do not end"));
      return;
    }
    if (more.status() != null) {
      status = Integer.parseInt(more.status().toString());
    }
    for (Map.Entry<CharSequence, CharSequence> each : more) {
      headers.add(new Draft.Pair(each.getKey().toString(), each.getValue().toString()));
    }
  }

  private void end(boolean here) {
    if (here) {
      whole.complete(this);
    }
  }

  private void reset(long code) {
    headers.add(new Draft.Pair(GrpcJudge.RESET, Long.toString(code)));
    status = status == 0 ? 200 : status;
    whole.complete(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset && !whole.isDone()) {
      reset(reset.errorCode());
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    dropped();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    whole.completeExceptionally(cause);
  }
}
