package dev.gatewarden.core.probe;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API as a probe meets it: who can call, what is known of its objects, and the wire.
public interface Scene {

  /// Thrown when no further request may be sent: the budget of the run or of the probe is spent.
  final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Spent() {
      super("no request is left", null, false, false);
    }
  }

  Contract contract();

  /// The operations that may be tried, in the order of the contract.
  List<Operation> operations();

  /// The operations of the version before that the contract has no more; none where nobody told.
  List<Operation> removed();

  /// Where the service stands behind its gate, where only the gate should reach it; none where
  /// nobody told.
  List<String> behind();

  /// Everybody whose credential is at hand.
  List<Identity> identities();

  /// The objects of a type, those that the tester made first.
  List<KnownObject> objects(String type);

  /// An object of a type that stands at no id; its form is that of the others.
  String absent(String type);

  /// A request that should work: the contract's own values, and an object of the identity's where
  /// one is named. Null where it cannot be written; why is told as untested.
  @Nullable Draft honest(Operation operation, Identity identity);

  /// The same with values that were made for this request alone, where another operation makes
  /// them;
  /// null where none does.
  @Nullable Draft fresh(Operation operation, Identity identity);

  /// The same for one object.
  @Nullable Draft honest(Operation operation, Identity identity, KnownObject object);

  /// The draft with another object in the place of the one it names.
  ///
  /// @return null where the binding's places cannot be written
  @Nullable Draft naming(Draft draft, ObjectBinding binding, KnownObject object);

  /// The draft with an identity's own parents in the places where those of the object are named;
  /// null where it names none or the identity has none.
  @Nullable Draft below(Draft draft, ObjectBinding binding, Identity identity);

  /// The draft with an id in the place of the one it names.
  @Nullable Draft naming(Draft draft, ObjectBinding binding, String id);

  /// Whether, by the contract, an identity may use an operation on an object, or on none.
  boolean allowed(Operation operation, Identity identity, @Nullable KnownObject object);

  /// Whether nothing can be said of an identity and an operation, because the scopes decide and
  /// nobody told which the identity has; such a one counts as allowed.
  boolean unsure(Operation operation, Identity identity);

  /// Whether a request of this operation may be sent at all by somebody it may harm: what destroys
  /// is only sent to what the tester made, or where it was permitted.
  ///
  /// @param object what it would change, or null where none is known
  boolean harmless(Operation operation, @Nullable KnownObject object);

  /// Whether an object may be deleted: because it was made for it, or because that is permitted.
  boolean mayDelete(KnownObject object);

  /// The operation that reads an object of this type alone, or null.
  @Nullable Operation reader(String type);

  /// Makes an object of a type as somebody; null where none can be made.
  @Nullable KnownObject make(String type, Identity owner);

  /// Makes an object by a request of an operation that creates one; null where it did not work.
  @Nullable KnownObject make(Operation operation, Draft draft);

  /// Takes down what a request of an operation that creates objects was answered; null where it
  /// made nothing that is known.
  @Nullable KnownObject made(Operation operation, Draft draft, Answer answer);

  /// Tells that the tester made an account, which is told as left behind: requests as its holder
  /// that name accounts of this kind alone harm nobody.
  ///
  /// @param names by which it logs in, then by which the API and the tester call it
  void account(List<String> names);

  /// Tells that an object is no more.
  void gone(KnownObject object);

  /// The ids of the objects of a binding that an answer shows.
  List<String> ids(ObjectBinding binding, Answer answer);

  /// Whether a probe found something at an operation in this run.
  boolean isFound(String probe, Operation operation);

  /// Sends a request and waits for the answer.
  ///
  /// @throws Spent when no request is left
  Answer send(Draft draft);

  /// Sends a request beside the contract, to an address that may be called.
  ///
  /// @throws Spent when no request is left
  Answer send(Errand errand);

  /// The issuer's public keys in the forms in which they are mistaken for secrets; none where they
  /// are not known.
  List<byte[]> publicKeys();

  /// How people get tokens at the authorization server, or null where the tester does not say.
  @Nullable OAuth oauth();

  /// How a browser is logged in where the API is itself a client of an authorization server, or
  /// null where the tester does not say.
  @Nullable SignIn signIn();

  /// A good token with these claims beside its own; null where nothing signs tokens for testers.
  @Nullable String mint(Map<String, Object> claims);

  /// Somebody with a credential of their own, got just now; null where no login is known.
  @Nullable Identity again(Identity identity);

  /// An address of the tester's own that the service may be told to fetch, and whether it was.
  ///
  /// @param name tells one try from another
  String bait(String name);

  /// Whether the service stands where it could fetch a bait: on this machine.
  boolean isNear();

  /// Whether somebody fetched a bait.
  boolean isTaken(String name);

  /// In which ways an answer is not what the contract promises: in words, none where it keeps to it
  /// or says nothing of it.
  List<String> breaks(Operation operation, Answer answer);

  /// Sends requests at the same moment.
  List<Answer> together(List<Draft> drafts);

  /// The secrets by which webhooks are signed (Standard Webhooks).
  List<String> webhookSecrets();

  Instant now();

  /// A text that occurs nowhere else.
  String marker();

  /// Tells a fault.
  void found(Fault fault);

  /// Tells what was not tested, and why: in words, lower case.
  void untested(@Nullable Operation operation, String why);

  /// Tells that an attack was tried and withstood; by the API as a whole where no operation is
  /// named.
  void withstood(@Nullable Operation operation);
}
