package dev.gatewarden.platform.building;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The policies of one table.
///
/// Each stands there twice: PostgreSQL lets a row pass if one of its permissive policies does, so
/// that a careless one beside ours would open the table; the restrictive twin keeps it shut.
final class RowPolicies {
  private static final List<String> COMMANDS = List.of("select", "insert", "update", "delete");

  private final ObjectType type;
  private final ObjectType.Table table;
  private final Map<String, ObjectType> types;
  private final @Nullable String role;
  private final String rows;
  private final String own;

  RowPolicies(ObjectType type, Map<String, ObjectType> types, @Nullable String role) {
    this.type = type;
    this.table = Objects.requireNonNull(type.table());
    this.types = types;
    this.role = role;
    this.rows = Sql.table(table.name());
    this.own = Sql.name(table.name().substring(table.name().lastIndexOf('.') + 1));
  }

  static boolean asksForOwner(ObjectType type) {
    return type.access().read().contains(new Grant.Owner())
        || type.access().write().contains(new Grant.Owner());
  }

  /// Every grant but `anyone` holds within the tenant alone.
  static boolean asksForTenant(ObjectType type) {
    return type.tenant() != null
        && !(type.access().read().contains(new Grant.Anyone())
            && type.access().write().contains(new Grant.Anyone()));
  }

  /// Whether a row says whose it is; else its parent does.
  static boolean decidesByItself(ObjectType type) {
    return type.parents().isEmpty() || type.owner() != null || type.tenant() != null;
  }

  String sql() {
    String reads = and(granted(type.access().read(), false), inherited());
    String writes = and(granted(type.access().write(), false), inherited());
    String written = and(writes, and(below(), refers()));
    String made =
        and(and(granted(type.access().write(), true), inherited()), and(below(), refers()));
    StringBuilder sql = new StringBuilder(Sql.comment(type.name()));
    sql.append("ALTER TABLE ").append(rows).append(" ENABLE ROW LEVEL SECURITY;\n");
    sql.append("ALTER TABLE ").append(rows).append(" FORCE ROW LEVEL SECURITY;\n");
    if (role != null) {
      // It empties tables without asking a policy.
      sql.append("REVOKE TRUNCATE ON ").append(rows).append(" FROM ").append(Sql.name(role));
      sql.append(", PUBLIC;\n");
    }
    policy(sql, "select", reads, null);
    policy(sql, "insert", null, made);
    policy(sql, "update", writes, written);
    policy(sql, "delete", writes, null);
    return sql.toString();
  }

  String undo() {
    StringBuilder sql = new StringBuilder(Sql.comment(type.name()));
    for (String command : COMMANDS) {
      drop(sql, command);
    }
    sql.append("ALTER TABLE ").append(rows).append(" NO FORCE ROW LEVEL SECURITY;\n");
    sql.append("ALTER TABLE ").append(rows).append(" DISABLE ROW LEVEL SECURITY;\n");
    return sql.toString();
  }

  private void policy(
      StringBuilder sql, String command, @Nullable String using, @Nullable String check) {
    drop(sql, command);
    for (String kind : List.of("PERMISSIVE", "RESTRICTIVE")) {
      sql.append("CREATE POLICY ").append(policyName(command, kind)).append(" ON ").append(rows);
      sql.append(" AS ")
          .append(kind)
          .append(" FOR ")
          .append(command.toUpperCase(java.util.Locale.ROOT));
      sql.append(" TO ")
          .append(kind.equals("PERMISSIVE") && role != null ? Sql.name(role) : "PUBLIC");
      if (using != null) {
        sql.append("\n  USING (").append(using).append(')');
      }
      if (check != null) {
        sql.append("\n  WITH CHECK (").append(check).append(')');
      }
      sql.append(";\n");
    }
  }

  private void drop(StringBuilder sql, String command) {
    for (String kind : List.of("PERMISSIVE", "RESTRICTIVE")) {
      sql.append("DROP POLICY IF EXISTS ").append(policyName(command, kind));
      sql.append(" ON ").append(rows).append(";\n");
    }
  }

  private static String policyName(String command, String kind) {
    return Sql.name("gatewarden " + command + (kind.equals("PERMISSIVE") ? "" : " at most"));
  }

  /// @param made whether the row only comes to be: nobody makes one in a tenant of others
  private String granted(List<Grant> grants, boolean made) {
    List<String> ways = new ArrayList<>();
    for (Grant grant : grants) {
      ways.add(
          switch (grant) {
            case Grant.Anyone() -> "true";
            case Grant.Owner() -> and(inTenant(), owned());
            case Grant.Tenant() -> inTenant();
            case Grant.Role(String name) -> and(inTenant(), PrincipalSql.hasRole(name));
            case Grant.Crossing(String role) ->
                made ? and(inTenant(), PrincipalSql.crosses(role)) : PrincipalSql.crosses(role);
          });
    }
    return ways.contains("true") ? "true" : String.join("\n    OR ", ways);
  }

  private String owned() {
    return type.owner() == null || table.owner() == null
        ? "false"
        : column(table.owner().name())
            + " = "
            + PrincipalSql.part(type.owner().is(), table.owner().as());
  }

  private String inTenant() {
    return type.tenant() == null
        ? "true"
        : table.tenant() == null
            ? "false"
            : column(table.tenant().name())
                + " = "
                + PrincipalSql.part(type.tenant().is(), table.tenant().as());
  }

  /// Where a row does not say whose it is, it is there for whoever sees its parents.
  private String inherited() {
    return decidesByItself(type) ? "true" : parents(false);
  }

  /// Nobody puts a row below a parent that is not there for them.
  private String below() {
    return decidesByItself(type) ? parents(true) : "true";
  }

  private String parents(boolean mayBeNone) {
    String all = "true";
    for (Map.Entry<String, String> parent : new TreeMap<>(table.parents()).entrySet()) {
      if (type.parents().containsKey(parent.getKey())) {
        all = and(all, visible(parent.getKey(), parent.getValue(), mayBeNone));
      }
    }
    return all;
  }

  /// Nobody writes the id of a foreign row into their own.
  private String refers() {
    String all = "true";
    for (Map.Entry<String, String> ref : new TreeMap<>(table.refs()).entrySet()) {
      if (type.refs().containsKey(ref.getKey()) && types.containsKey(ref.getKey())) {
        all = and(all, visible(ref.getKey(), ref.getValue(), true));
      }
    }
    return all;
  }

  /// The subquery is held to the policies of the table it reads, for the same caller.
  private String visible(String name, String column, boolean mayBeNone) {
    ObjectType.Table above =
        Objects.requireNonNull(Objects.requireNonNull(types.get(name)).table());
    String exists =
        "EXISTS (SELECT FROM "
            + Sql.table(above.name())
            + " AS above WHERE above."
            + Sql.name(above.id())
            + " = "
            + column(column)
            + ")";
    return mayBeNone ? "(" + column(column) + " IS NULL OR " + exists + ")" : exists;
  }

  /// A column of the table itself, whatever a subquery calls so.
  private String column(String name) {
    return own + "." + Sql.name(name);
  }

  private static String and(String one, String other) {
    if (one.equals("true")) {
      return other;
    }
    return other.equals("true") ? one : group(one) + " AND " + group(other);
  }

  private static String group(String text) {
    return text.contains(" OR ") && !text.startsWith("(") ? "(" + text + ")" : text;
  }
}
