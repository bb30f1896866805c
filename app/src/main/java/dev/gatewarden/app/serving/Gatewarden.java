package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.admin.AdminServer;
import dev.gatewarden.app.admin.AuditLog;
import dev.gatewarden.app.admin.Door;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.DecisionPort;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Limits;
import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.logging.Verbosity;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.gateway.authzen.AuthzenGate;
import dev.gatewarden.gateway.authzen.OpenAuthzen;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.recorder.LineSink;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.transport.Asking;
import dev.gatewarden.gateway.transport.Listener;
import dev.gatewarden.gateway.transport.Settings;
import dev.gatewarden.gateway.transport.Transport;
import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.transport.wire.Load;
import dev.gatewarden.gateway.walk.Era;
import dev.gatewarden.gateway.walk.Gate;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.InForce;
import dev.gatewarden.gateway.walk.OpenGate;
import dev.gatewarden.platform.store.DecisionStore;
import dev.gatewarden.platform.store.Retention;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gate: everything that was opened for it, and the way to stop it.
public final class Gatewarden implements AutoCloseable {
  private static final String SHEDDING = "shedding";
  private static final String SHARE = "connection-share";
  private static final String PACE = "pace";

  /// What a test leaves out to see what the operators' token is worth.
  private static final String OPERATORS = "operator-token";

  /// What a test leaves out to see what it is worth to offer modern suites alone.
  private static final String SUITES = "modern-suites";

  private static final String DECISIONS = "listen.decisions.port";
  private static final Logger LOG = LoggerFactory.getLogger(Gatewarden.class);

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final AtomicInteger alive = new AtomicInteger();
  private volatile Duration drain;
  private @Nullable Reloads reloads;
  private @Nullable Listener listener;
  private @Nullable Listener questions;
  private @Nullable AdminServer admin;
  private volatile boolean stopping;

  private Gatewarden(Duration drain) {
    this.drain = drain;
  }

  /// Starts a gate; when it cannot be started, nothing stays open.
  ///
  /// @throws ProblemsException with everything that is wrong with the configuration and its
  ///     contracts
  /// @throws IOException when a port is taken, or a file cannot be written; the message is for the
  ///     operator
  public static Gatewarden start(Reading reading, Options options) throws IOException {
    LocalDate today = LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
    InputFiles inputs = new InputFiles();
    inputs.configuration(reading.file());
    Contracts contracts = Contracts.read(reading, today, inputs::of);
    reading.warnings().forEach(warning -> options.notices().accept(warning.toString()));
    Gatewarden gate = new Gatewarden(reading.configuration().limits().drain());
    try {
      gate.open(reading, contracts, inputs, options);
      return gate;
    } catch (IOException | RuntimeException failed) {
      gate.close();
      throw failed;
    }
  }

  /// What is excused stands among the acts of the gate's operators.
  private static void audit(Configuration configuration, AuditLog log) throws IOException {
    for (ExceptionEntry entry : configuration.exceptions()) {
      String whom =
          entry.issuer() != null
              ? "issuer=" + entry.issuer()
              : entry.decisionPoint() != null ? "decision-point=" + entry.decisionPoint() : "";
      if (!whom.isEmpty()) {
        String said = " allows=" + entry.allows() + " owner=" + entry.owner();
        log.write("gate", "", "exception", whom + said + " until=" + entry.until(), "in force");
      }
    }
  }

  /// Assembles everything as `start` does, and opens nothing. Secrets may be absent.
  ///
  /// @return what would have to be there for a start: secrets that are not
  /// @throws ProblemsException with everything that would keep the gate from starting
  public static List<String> rehearse(Reading reading, Contracts contracts, Options options) {
    List<String> absent = new ArrayList<>();
    var unused = rehearsed(reading, contracts, options, absent);
    shown(settings(reading, contracts, options), "public", reading, options, absent);
    DecisionPort port = reading.configuration().listen().decisions();
    if (port != null) {
      shown(settings(reading, port, options), "decisions", reading, options, absent);
    }
    return absent;
  }

  /// What an operator should know of a configuration beside its contracts, and what keeps nothing
  /// from running.
  public static List<Problem> warnings(Reading reading, Contracts contracts, Options options) {
    return UnnamedHosts.in(reading, settings(reading, contracts, options).tls(), options.clock());
  }

  /// Looks at the certificates of a port; those that are not there are noted.
  private static void shown(
      Settings settings, String port, Reading reading, Options options, List<String> absent) {
    Settings.Tls tls = settings.tls();
    if (tls == null) {
      return;
    }
    int before = absent.size();
    for (Settings.Files each : tls.certificates()) {
      for (Path file : List.of(each.certificate(), each.key())) {
        if (!Files.exists(file)) {
          absent.add("there is no file `" + file + "`");
        }
      }
    }
    if (absent.size() > before) {
      return;
    }
    try {
      Listener.check(tls, options.clock());
    } catch (IOException unfit) {
      throw wrong(reading, port, unfit);
    }
  }

  private static ProblemsException wrong(Reading reading, String port, IOException why) {
    return new ProblemsException(
        List.of(
            new Problem(
                Places.nearest(reading.source(), "listen", port, "tls").place(),
                String.valueOf(why.getMessage()))));
  }

  /// Who would judge each operation; nothing is opened.
  ///
  /// @throws ProblemsException with everything that keeps it from serving
  public static List<InForce> inForce(Reading reading, Contracts contracts, Options options) {
    return rehearsed(reading, contracts, options, new ArrayList<>()).inForce();
  }

  private static OpenGate rehearsed(
      Reading reading, Contracts contracts, Options options, List<String> absent) {
    LocalDate today = LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
    Secrets secrets = new Secrets(reading.folder(), options.environment(), absent);
    Assembly assembly =
        new Assembly(reading, contracts, secrets, new Rehearsal(options.clock()), today);
    Keeping.rehearse(reading, secrets);
    try (Recorder recorder = new Recorder(List.of())) {
      GateSettings shared =
          Shared.of(
              reading,
              options,
              recorder,
              new Metrics(),
              new Conformity(),
              new LocalClaims(options.clock(), 1),
              options.clock(),
              () -> 0,
              Era.only());
      OpenGate gate = assembly.gate(shared);
      var unused = assembly.questions(shared, () -> "");
      return gate;
    }
  }

  /// The port callers use.
  public int port() {
    return java.util.Objects.requireNonNull(listener).address().getPort();
  }

  /// The admin port.
  public int adminPort() {
    return java.util.Objects.requireNonNull(admin).port();
  }

  /// The port on which services ask.
  public int decisionsPort() {
    return java.util.Objects.requireNonNull(questions).address().getPort();
  }

  /// Takes no more requests, lets running ones end within the configured time, writes what is still
  /// to be written, and closes everything.
  @Override
  public synchronized void close() {
    stopping = true;
    Listener front = listener;
    if (front != null) {
      var unused = front.drain(drain);
      listener = null;
    }
    // Last, for requests that are still under way may be asked about.
    Listener asked = questions;
    if (asked != null) {
      var unused = asked.drain(drain);
      questions = null;
    }
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (IOException alreadyGone) {
        LOG.warn("something would not close: {}", alreadyGone.getMessage());
      }
    }
  }

  /// Reads the configuration and everything it refers to again, and puts it in force where it is
  /// sound.
  ///
  /// @param why what made somebody ask, in one word for the log
  /// @throws ProblemsException with everything that is wrong with it; what was in force stays
  public void reload(String why) {
    java.util.Objects.requireNonNull(reloads).reload(why);
  }

  /// The name of the configuration in force, as decision lines say it.
  public String generation() {
    return java.util.Objects.requireNonNull(reloads).now().name();
  }

  private void open(Reading reading, Contracts contracts, InputFiles inputs, Options options)
      throws IOException {
    Configuration configuration = reading.configuration();
    InputFiles fixed = new InputFiles();
    Secrets once = new Secrets(reading.folder(), options.environment(), null, fixed::secret);
    Metrics metrics = new Metrics();
    DecisionStore store = store(reading, options);
    Recorder recorder = recorder(reading, options, store);
    Transport transport = keep(transport(configuration.limits(), options));
    Ground ground = new Ground(reading, options, once, transport);
    opened.push(ground);
    Conformity conformity = keep(Remembered.open(ground.snapshots())).conformity();
    Maker maker = new Maker(options, ground, recorder, metrics, conformity, this::url, alive);
    Made first = maker.make(reading, contracts, inputs, 1, null);
    OpenGate gate = first.gate();
    transport.serve(first.services());
    AuthzenGate asked = first.asked();
    OpenAuthzen answering = asked == null ? null : new OpenAuthzen(asked);
    AuditLog log = keep(AuditLog.open(StateFolder.audit(ground.state()), options.clock()));
    Draining draining = new Draining();
    Reloads following = new Reloads(maker, first, fixed, taker(gate, answering, log, options));
    reloads = following;
    opened.push(() -> following.now().outside().close());
    Counted counted =
        new Counted(
            metrics,
            recorder,
            store,
            transport,
            ground,
            () -> following.now().outside(),
            following,
            conformity,
            draining,
            () -> stopping);
    List<Action> actions =
        List.of(
            new Latest("/revocations", () -> following.now().revocations()),
            new Latest("/relations", () -> following.now().relations()),
            new Latest("/policies", () -> following.now().outside().policing()),
            following,
            draining,
            new LogLevel(Verbosity.ofThisProgram(), options.clock()));
    Door door =
        options.without().contains(OPERATORS)
            ? (_, _) -> "anybody"
            : (bearer, source) -> following.now().door().operator(bearer, source);
    admin = admin(configuration.listen().admin(), counted, actions, door, log, options.clock());
    Listener front =
        listener(settings(first, options), transport, gate, options, "listen.public.port");
    listener = front;
    DecisionPort port = configuration.listen().decisions();
    if (port != null && answering != null) {
      questions =
          listener(settings(reading, port, options), transport, answering, options, DECISIONS);
    }
    Listener beside = questions;
    ground
        .certificates()
        .own(
            () -> {
              List<X509Certificate> shown = new ArrayList<>(front.certificate());
              shown.addAll(beside == null ? List.of() : beside.certificate());
              return shown;
            });
    counted.serving(front);
    Reachability.tell(configuration, reading, options.notices());
    warnings(reading, contracts, options)
        .forEach(warning -> options.notices().accept(warning.toString()));
    log.write("gate", "", "start", first.name(), "done");
    audit(configuration, log);
    keep(FileWatch.begin(following));
  }

  private Reloads.Taker taker(
      OpenGate gate, @Nullable OpenAuthzen answering, AuditLog log, Options options) {
    return new Reloads.Taker() {
      @Override
      public void take(Made next) {
        Gatewarden.this.take(next, gate, answering, log, options);
      }

      @Override
      public Map<String, Integer> ports() {
        Map<String, Integer> ports = new HashMap<>();
        ports.put("listen.public.port", port());
        ports.put("listen.admin.port", adminPort());
        Listener asked = questions;
        if (asked != null) {
          ports.put("listen.decisions.port", asked.address().getPort());
        }
        return ports;
      }

      @Override
      public void giveUp() {
        Listener open = listener;
        if (open != null) {
          open.close();
        }
      }
    };
  }

  /// Puts a generation in force: what could keep it from that comes first.
  private synchronized void take(
      Made next, OpenGate gate, @Nullable OpenAuthzen answering, AuditLog log, Options options) {
    Reading reading = next.reading();
    List<Runnable> turns = new ArrayList<>();
    if (stopping) {
      throw refused(next, "listen", new IOException("the gate is stopping"));
    }
    turns.add(shown(next, listener, settings(next, options), "public"));
    Listener open = listener;
    if (open != null) {
      turns.add(() -> open.unshare(reading.configuration().listen().trust()));
    }
    DecisionPort port = reading.configuration().listen().decisions();
    if (port != null) {
      turns.add(shown(next, questions, settings(reading, port, options), "decisions"));
    }
    try {
      String turn = "from=" + gate.era().name() + " to=" + next.name();
      log.write("gate", "", "reload", turn, "in force");
      audit(reading.configuration(), log);
    } catch (IOException unwritten) {
      throw refused(next, "admin", unwritten);
    }
    AuthzenGate asked = next.asked();
    if (answering != null && asked != null) {
      answering.follow(asked);
    }
    turns.forEach(Runnable::run);
    drain = reading.configuration().limits().drain();
    gate.follow(next.gate());
    next.outside().ground().transport().serve(next.services());
    next.outside().ground().keep(next.outside().rings());
  }

  /// Reads the certificates of a port aside.
  private static Runnable shown(
      Made next, @Nullable Listener open, Settings settings, String port) {
    Settings.Tls tls = settings.tls();
    if (tls == null || open == null) {
      return () -> {};
    }
    try {
      return open.prepared(tls);
    } catch (IOException unfit) {
      for (Settings.Files each : tls.certificates()) {
        next.inputs().look(each.certificate());
        next.inputs().look(each.key());
      }
      throw refused(next, port, unfit);
    }
  }

  private static ProblemsException refused(Made next, String port, IOException why) {
    next.gate().era().term().replaced();
    return wrong(next.reading(), port, why);
  }

  private @Nullable DecisionStore store(Reading reading, Options options) throws IOException {
    Location file = reading.configuration().store().sqlite();
    return file == null
        ? null
        : keep(DecisionStore.open(file.in(reading.folder()), Retention.DEFAULT, options.clock()));
  }

  private Recorder recorder(Reading reading, Options options, @Nullable DecisionStore store)
      throws IOException {
    List<LineSink> sinks = new ArrayList<>();
    Sinks.Open lines = Sinks.of(reading, options.lines());
    opened.push(lines.closing());
    sinks.add(lines.sink());
    if (store != null) {
      sinks.add(store::write);
    }
    return keep(new Recorder(sinks));
  }

  private static Transport transport(Limits limits, Options options) throws IOException {
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    Load.Bounds bounds =
        options.without().contains(SHEDDING)
            ? Load.Bounds.NONE
            : new Load.Bounds(limits.requests(), limits.lag());
    return Transport.open(workers, limits.inFlight().bytes(), bounds, Reach.DEFAULT);
  }

  private AdminServer admin(
      Listen.Admin settings,
      Counted views,
      List<Action> actions,
      Door door,
      AuditLog log,
      InstantSource clock)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.bind(), settings.port());
    try {
      return keep(AdminServer.open(address, views, actions, door, log, clock));
    } catch (BindException taken) {
      throw taken(settings.port(), "listen.admin.port", taken);
    }
  }

  private static Settings settings(Made made, Options options) {
    return settings(made.reading(), made.contracts(), options);
  }

  private static Settings settings(Reading reading, Contracts contracts, Options options) {
    Configuration configuration = reading.configuration();
    Listen.Public callers = configuration.listen().callers();
    return new Settings(
        new InetSocketAddress(callers.address(), callers.port()),
        tls(
            callers.certificates(),
            reading.folder(),
            Certificates.asking(configuration, contracts.byApi()),
            callers.unknownHost() == Listen.Public.UnknownHost.REFUSE,
            options),
        bounds(configuration.limits(), options),
        configuration.listen().trust());
  }

  private static Settings settings(Reading reading, DecisionPort port, Options options) {
    boolean certified =
        port.askers().values().stream()
            .anyMatch(each -> reading.configuration().certificates().containsKey(each.by()));
    return new Settings(
        new InetSocketAddress(port.bind(), port.port()),
        tls(
            port.tls() == null ? List.of() : List.of(port.tls()),
            reading.folder(),
            new Asking(Set.of(), certified),
            false,
            options),
        bounds(reading.configuration().limits(), options));
  }

  /// By which services know the gate: as it is written, else where it listens.
  private String url(@Nullable DecisionPort port) {
    if (port == null) {
      return "";
    }
    URI written = port.url();
    if (written != null) {
      return written.toString();
    }
    String host = port.bind().contains(":") ? "[" + port.bind() + "]" : port.bind();
    return (port.encrypted() ? "https://" : "http://") + host + ":" + decisionsPort();
  }

  /// @param key what in the configuration says the port
  private static Listener listener(
      Settings settings, Transport transport, Gate gate, Options options, String key)
      throws IOException {
    try {
      return Listener.start(settings, transport, gate, options.clock());
    } catch (IOException failed) {
      if (inUse(failed.getCause())) {
        throw taken(settings.bind().getPort(), key, failed);
      }
      throw failed.getCause() == null
          ? failed
          : new IOException(failed.getMessage() + ": " + failed.getCause().getMessage(), failed);
    }
  }

  /// The native transport has a fault of its own, which says so in its text.
  private static boolean inUse(@Nullable Throwable fault) {
    return fault instanceof BindException
        || (fault != null && String.valueOf(fault.getMessage()).contains("in use"));
  }

  private static Settings.@Nullable Tls tls(
      List<Listen.Tls> written, Path folder, Asking asking, boolean strict, Options options) {
    List<Settings.Files> files = new ArrayList<>();
    for (Listen.Tls each : written) {
      if (each.certificate() != null && each.key() != null) {
        files.add(
            new Settings.Files(
                each.certificate().in(folder), folder.resolve(each.key().name()).normalize()));
      }
    }
    return files.isEmpty()
        ? null
        : new Settings.Tls(files, asking, strict, options.without().contains(SUITES));
  }

  private static dev.gatewarden.gateway.transport.wire.Limits bounds(
      Limits limits, Options options) {
    var usual = dev.gatewarden.gateway.transport.wire.Limits.DEFAULT;
    return new dev.gatewarden.gateway.transport.wire.Limits(
        (int) limits.headers().bytes(),
        limits.headerLines(),
        (int) limits.target().bytes(),
        usual.body(),
        usual.frame(),
        limits.streams(),
        limits.connections(),
        options.without().contains(SHARE) ? limits.connections() : limits.share(),
        options.without().contains(PACE) ? 0 : (int) limits.slowest().bytes(),
        limits.headTime(),
        limits.bodyTime(),
        limits.idleTime(),
        limits.silence());
  }

  private static IOException taken(int port, String key, IOException cause) {
    String holder = PortHolder.of(port);
    return new IOException(
        "port "
            + port
            + (holder.isEmpty() ? " is taken or may not be used" : " is held by " + holder)
            + "; stop it, or set `"
            + key
            + "`",
        cause);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.push(
        () -> {
          try {
            resource.close();
          } catch (IOException fault) {
            throw fault;
          } catch (Exception fault) {
            throw new IOException(fault);
          }
        });
    return resource;
  }
}
