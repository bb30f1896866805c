package dev.gatewarden.platform.building;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's row-level security for the objects of a contract: whose rows are whose, as the
/// contract's object types say it.
///
/// The script can be applied again and again, in one transaction. Who is calling is what the
/// service sets for each transaction, the payload of the gate's token:
/// `SELECT set_config('gatewarden.principal', $1, true)`. Where nothing is set, nobody is calling,
/// and no row is there but those that anyone may see.
public final class RowSecurity {
  private final Contract contract;
  private final Map<String, ObjectType> kept = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> uncovered = new ArrayList<>();

  private RowSecurity(Contract contract) {
    this.contract = contract;
  }

  /// A script, and what of the contract it does not hold.
  ///
  /// @param uncovered sentences for whoever applies it
  public record Script(String sql, List<String> uncovered) {}

  /// The script that puts the contract's ownership in force.
  ///
  /// @param role the database role that the service uses; null for every role
  /// @throws ProblemsException where the contract does not say enough of its tables
  public static Script of(Contract contract, @Nullable String role) {
    return new RowSecurity(contract).script(role);
  }

  /// The script that takes it out of force, and leaves nothing behind.
  ///
  /// @throws ProblemsException where the contract does not say enough of its tables
  public static String undo(Contract contract) {
    RowSecurity security = new RowSecurity(contract);
    security.check();
    StringBuilder sql = new StringBuilder("BEGIN;\n\n");
    for (ObjectType type : security.kept.values()) {
      sql.append(new RowPolicies(type, security.kept, null).undo()).append('\n');
    }
    return sql.append("DROP SCHEMA IF EXISTS gatewarden CASCADE;\n\nCOMMIT;\n").toString();
  }

  private Script script(@Nullable String role) {
    check();
    StringBuilder sql = new StringBuilder();
    sql.append(
        Sql.comment(
            "Row-level security of `"
                + contract.api()
                + "`, written from its"
                + " contract by gatewarden build rls."));
    for (String each : uncovered) {
      sql.append(Sql.comment("Not held here: " + each));
    }
    sql.append("\nBEGIN;\n\n").append(PrincipalSql.FUNCTIONS);
    if (role != null) {
      sql.append(PrincipalSql.ordinary(role));
    }
    for (ObjectType type : kept.values()) {
      sql.append('\n').append(new RowPolicies(type, kept, role).sql());
    }
    return new Script(sql.append("\nCOMMIT;\n").toString(), List.copyOf(uncovered));
  }

  private void check() {
    for (ObjectType type : contract.types().values()) {
      if (type.table() == null) {
        uncovered.add("`" + type.name() + "`, which names no `table`");
      } else {
        kept.put(type.name(), type);
      }
    }
    kept.values().forEach(this::check);
    if (kept.isEmpty()) {
      problems.add(
          new Problem(
              contract.source().place(),
              "no object type says in which `table` it is kept",
              "write `table: {name: orders, id: id, owner: customer_id}`"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private void check(ObjectType type) {
    ObjectType.Table table = java.util.Objects.requireNonNull(type.table());
    names(type, table);
    if (RowPolicies.asksForOwner(type) && table.owner() == null) {
      missing(type, "is for its owner", type.owner(), "owner: COLUMN");
    }
    if (RowPolicies.asksForTenant(type) && table.tenant() == null) {
      missing(type, "is for its tenant", type.tenant(), "tenant: COLUMN");
    }
    for (String parent : type.parents().keySet()) {
      if (!table.parents().containsKey(parent)) {
        missing(type, "lies below `" + parent + "`", "parent: {" + parent + ": COLUMN}");
      } else if (!kept.containsKey(parent)) {
        problem(
            type,
            "lies below `" + parent + "`, which names no `table`",
            "say in which `table` a `" + parent + "` is kept");
      }
    }
    for (String ref : type.refs().keySet()) {
      if (!table.refs().containsKey(ref) || !kept.containsKey(ref)) {
        uncovered.add("that a `" + type.name() + "` refers to the caller's own `" + ref + "`");
      }
    }
    if (circular(type, type.name(), new HashSet<>())) {
      problem(
          type,
          "says nothing of its own owner, and lies below itself",
          "give it an `owner` or a `tenant`");
    }
  }

  private void names(ObjectType type, ObjectType.Table table) {
    List<String> names = new ArrayList<>(List.of(table.name(), table.id()));
    for (ObjectType.Column column :
        new ObjectType.@Nullable Column[] {table.owner(), table.tenant()}) {
      if (column != null) {
        names.add(column.name());
      }
    }
    names.addAll(table.parents().values());
    names.addAll(table.refs().values());
    for (String name : names) {
      if (!Sql.isName(name)) {
        problem(
            type,
            "names `" + name + "`, which is no name in PostgreSQL",
            "write at most 63 bytes, with a point between schema and table alone");
      }
    }
  }

  /// A row that is visible because its parent is cannot be its own parent: PostgreSQL would go
  /// round for ever.
  private boolean circular(ObjectType type, String sought, Set<String> seen) {
    if (RowPolicies.decidesByItself(type) || !seen.add(type.name())) {
      return false;
    }
    for (String parent : type.parents().keySet()) {
      ObjectType above = kept.get(parent);
      if (above != null
          && !RowPolicies.decidesByItself(above)
          && (parent.equals(sought) || circular(above, sought, seen))) {
        return true;
      }
    }
    return false;
  }

  /// A relation that only the gate knows is no use to the database.
  private void missing(ObjectType type, String why, ObjectType.@Nullable Fact fact, String word) {
    if (fact != null && fact.at() == null) {
      problem(
          type,
          why + ", whom only the gate knows",
          "let the service keep it in a column when it creates one: `table: {… " + word + "}`");
    } else {
      missing(type, why, word);
    }
  }

  private void missing(ObjectType type, String why, String word) {
    problem(type, why, "say in which column that stands: `table: {… " + word + "}`");
  }

  private void problem(ObjectType type, String what, String advice) {
    problems.add(
        new Problem(type.place(), "the object type `" + type.name() + "` " + what, advice));
  }
}
