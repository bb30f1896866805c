package dev.gatewarden.gateway.transport.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The event loops of the request path: epoll where the machine has it, NIO elsewhere.
public final class Workers implements AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();

  private final MultiThreadIoEventLoopGroup group;
  private final List<Worker> all = new ArrayList<>();
  private final IdentityHashMap<EventLoop, Worker> byLoop = new IdentityHashMap<>();

  /// @param count loops
  /// @param budget for the bytes that all exchanges hold
  /// @param load told how late the loops are
  /// @param nanos the ticking source of time that deadlines are measured by
  /// @param tick how often deadlines are looked at
  public Workers(int count, Budget budget, Load load, LongSupplier nanos, Duration tick) {
    IoHandlerFactory io = EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("gate", true), io);
    for (int i = 0; i < count; i++) {
      Worker worker = new Worker(i, group.next(), budget, load, nanos, tick);
      all.add(worker);
      byLoop.put(worker.loop(), worker);
    }
    all.forEach(Worker::start);
  }

  public MultiThreadIoEventLoopGroup group() {
    return group;
  }

  public List<Worker> all() {
    return all;
  }

  /// The worker whose loop a channel is registered with.
  public Worker of(Channel channel) {
    Worker worker = byLoop.get(channel.eventLoop());
    if (worker == null) {
      throw new IllegalStateException("the channel belongs to no worker");
    }
    return worker;
  }

  public static Class<? extends ServerChannel> serverChannel() {
    return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public static Class<? extends Channel> channel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
