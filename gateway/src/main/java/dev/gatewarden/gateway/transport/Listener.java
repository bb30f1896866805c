package dev.gatewarden.gateway.transport;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.gateway.transport.front.Front;
import dev.gatewarden.gateway.transport.front.FrontInitializer;
import dev.gatewarden.gateway.transport.wire.Workers;
import dev.gatewarden.gateway.walk.Gate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Room 1: takes connections in, and hands each request whose framing is beyond doubt to the gate.
public final class Listener implements AutoCloseable {
  private final Channel channel;
  private final Front front;
  private final @Nullable ServedTls tls;

  private Listener(Channel channel, Front front, @Nullable ServedTls tls) {
    this.channel = channel;
    this.front = front;
    this.tls = tls;
  }

  /// Binds and begins.
  ///
  /// @param clock tells when leases end
  /// @throws IOException when the address is taken or the certificate cannot be read
  public static Listener start(
      Settings settings, Transport transport, Gate gate, InstantSource clock) throws IOException {
    Settings.Tls tls = settings.tls();
    ServedTls served = tls == null ? null : new ServedTls(tls, clock);
    Front front =
        new Front(
            served == null ? gate : new NamedGate(gate, served),
            settings.limits(),
            settings.unshared(),
            transport.clients(),
            transport.workers(),
            transport.load(),
            clock);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(transport.workers().group())
            .channel(Workers.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new FrontInitializer(front, served))
            .bind(settings.bind())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + settings.bind(), bound.cause());
    }
    return new Listener(bound.channel(), front, served);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /// Reads the certificate again where its files changed; connections that are open stay.
  ///
  /// @return the chain that callers are shown from now on; empty for plain text
  public List<X509Certificate> certificate() {
    return tls == null ? List.of() : tls.refresh();
  }

  /// Reads certificates aside, for callers who come later; connections that are open stay.
  ///
  /// @return puts them in force
  /// @throws IOException when they cannot be served; the message is for the operator
  public Runnable prepared(Settings.Tls next) throws IOException {
    if (tls == null) {
      throw new IOException("what is plain text stays so until a restart");
    }
    return tls.prepared(next);
  }

  /// Looks whether certificates could be shown, and opens nothing.
  ///
  /// @throws IOException when they could not; the message is for the operator
  public static void check(Settings.Tls tls, InstantSource clock) throws IOException {
    var unused = new TlsContexts(ServedTls.sound(tls, clock), tls);
  }

  /// Says anew through which networks the callers of others come, for connections to come.
  public void unshare(List<Block> networks) {
    front.unshare(networks);
  }

  /// Those of some hosts that none of the certificates names, whose callers trust nothing they are
  /// shown; opens nothing.
  ///
  /// @throws IOException when the certificates cannot be shown; the message is for the operator
  public static Set<String> unnamed(Settings.Tls tls, Set<String> hosts, InstantSource clock)
      throws IOException {
    TlsContexts contexts = new TlsContexts(ServedTls.sound(tls, clock), tls);
    Set<String> unnamed = new TreeSet<>(hosts);
    unnamed.removeIf(contexts::name);
    return unnamed;
  }

  /// Connections of callers open now.
  public int connections() {
    return front.connections();
  }

  /// Refusals held back now.
  public int heldBack() {
    return front.heldBack();
  }

  /// Why it ended connections and exchanges for the sake of others, and how often.
  public Map<String, Long> endings() {
    return front.endings().byWord();
  }

  /// Takes no more connections, lets running requests finish for at most so long, and ends what is
  /// left then.
  ///
  /// @return whether everything had finished by itself
  public boolean drain(Duration most) {
    channel.close().awaitUninterruptibly();
    front.drain();
    boolean finished = emptyWithin(most);
    if (!finished) {
      front.kill();
      emptyWithin(Duration.ofSeconds(2));
    }
    return finished;
  }

  private boolean emptyWithin(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (front.connections() > 0) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return true;
  }

  @Override
  public void close() {
    var unused = drain(Duration.ZERO);
  }
}
