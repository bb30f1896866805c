package dev.gatewarden.gateway.recorder;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries decision lines from the event loops to the sinks: each loop fills a batch of its own,
/// one thread empties them.
///
/// Nothing waits for a sink. A batch that is full because the sinks are slow, or lines that a sink
/// cannot keep, are dropped and counted
/// (`gatewarden_decision_lines_dropped_total`, `…_lost_total`); the requests themselves are judged
/// as always.
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int MOST_BYTES = 1 << 20;
  private static final int WAKE_BYTES = 1 << 16;
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long COMPLAINT_EVERY = TimeUnit.MINUTES.toNanos(1);

  private final List<LineSink> sinks;
  private final List<Batch> batches = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Batch> mine = ThreadLocal.withInitial(this::opened);
  private final LongAdder dropped = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread writer;
  private long lastComplaint;
  private volatile boolean closing;

  public Recorder(List<LineSink> sinks) {
    this.sinks = List.copyOf(sinks);
    this.writer = Thread.ofPlatform().name("decision-lines").daemon().start(this::run);
  }

  /// Takes one finished line; never waits.
  public void record(JsonLine line) {
    if (sinks.isEmpty()) {
      return;
    }
    int size = mine.get().append(line);
    if (size < 0) {
      dropped.increment();
    } else if (size > WAKE_BYTES) {
      LockSupport.unpark(writer);
    }
  }

  /// Lines dropped because a batch was full.
  public long dropped() {
    return dropped.sum();
  }

  /// Lines that a sink could not keep.
  public long lost() {
    return lost.sum();
  }

  private Batch opened() {
    Batch batch = new Batch();
    batches.add(batch);
    return batch;
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(this, TICK);
      drain();
    }
    drain();
  }

  // The list is copied on write, so the loop walks the one it began with.
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop")
  private void drain() {
    boolean wrote = false;
    for (Batch batch : batches) {
      batch.swap();
      if (batch.outLength > 0) {
        wrote = true;
        write(batch);
      }
      if (!batch.owner.isAlive()) {
        batches.remove(batch);
      }
    }
    if (wrote) {
      each(LineSink::flush, 0);
    }
  }

  private void write(Batch batch) {
    each(sink -> sink.write(batch.out, batch.outLength), batch.outLines);
  }

  private void each(Act act, int lines) {
    for (LineSink sink : sinks) {
      try {
        act.on(sink);
      } catch (IOException fault) {
        lost.add(lines);
        complain(fault);
      }
    }
  }

  private void complain(IOException fault) {
    long now = System.nanoTime();
    if (lastComplaint == 0 || now - lastComplaint > COMPLAINT_EVERY) {
      lastComplaint = now;
      LOG.error("decision lines cannot be kept, {} lost so far", lost.sum(), fault);
    }
  }

  /// Writes what is still there, then stops.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Act {
    void on(LineSink sink) throws IOException;
  }

  /// The lines of one event loop: filled by its loop, swapped out by the writer.
  private static final class Batch {
    final Thread owner = Thread.currentThread();
    private byte[] in = new byte[WAKE_BYTES * 2];
    private int inLength;
    private int inLines;
    byte[] out = new byte[WAKE_BYTES * 2];
    int outLength;
    int outLines;

    synchronized int append(JsonLine line) {
      int needed = inLength + line.length();
      if (needed > MOST_BYTES) {
        return -1;
      }
      if (needed > in.length) {
        in = java.util.Arrays.copyOf(in, Math.max(needed, Math.min(in.length * 2, MOST_BYTES)));
      }
      System.arraycopy(line.array(), 0, in, inLength, line.length());
      inLength = needed;
      inLines++;
      return inLength;
    }

    synchronized void swap() {
      byte[] empty = out;
      out = in;
      outLength = inLength;
      outLines = inLines;
      in = empty;
      inLength = 0;
      inLines = 0;
    }
  }
}
