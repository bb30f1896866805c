package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Attempt;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A way of calling a service that has a schema of its own: it makes requests out of it, sends
/// them, and knows what is wrong with an answer.
///
/// The same case is the same request; the same random numbers give the same cases.
public interface Protocol extends AutoCloseable {

  /// What is called, as reports name it.
  Contract contract();

  /// Why an operation is not called at all, or null where it is.
  @Nullable String unsent(Operation operation);

  /// A request that the schema permits, or null where none can be made.
  @Nullable ProtocolCase right(Operation operation, Random random);

  /// A request with exactly one thing wrong, or null where none can be made.
  @Nullable ProtocolCase wrong(Operation operation, Random random);

  /// The same case with less in it, the least first: as right, or as wrong, as it is.
  List<ProtocolCase> simpler(Operation operation, ProtocolCase made);

  /// Sends a case and judges what comes back.
  ///
  /// @throws dev.gatewarden.core.probe.Scene.Spent when no request is left
  Seen send(Operation operation, ProtocolCase made, Identity as);

  /// Everything that was sent.
  List<Attempt> attempts();

  /// Why nothing more is sent.
  String spent();

  @Override
  void close();
}
