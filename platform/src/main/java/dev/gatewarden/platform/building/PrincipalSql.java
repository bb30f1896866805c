package dev.gatewarden.platform.building;

import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.PrincipalPart;
import java.util.List;

/// Who is calling, as policies ask for it.
///
/// Each question stands in a subquery of its own, so that PostgreSQL answers it once for a
/// statement and not for each row.
final class PrincipalSql {
  static final String FUNCTIONS =
      """
      CREATE SCHEMA IF NOT EXISTS gatewarden;
      GRANT USAGE ON SCHEMA gatewarden TO PUBLIC;

      -- Who is calling: what the service sets for this transaction.
      CREATE OR REPLACE FUNCTION gatewarden.principal() RETURNS jsonb
        LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT nullif(current_setting('gatewarden.principal', true), '')::jsonb $$;

      CREATE OR REPLACE FUNCTION gatewarden.part(VARIADIC path text[]) RETURNS text
        LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT CASE WHEN jsonb_typeof(gatewarden.principal() #> path) IN ('string', 'number')
                     THEN nullif(gatewarden.principal() #>> path, '') END $$;

      CREATE OR REPLACE FUNCTION gatewarden.has_role(role text) RETURNS boolean
        LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT coalesce(jsonb_typeof(gatewarden.principal() -> 'roles') = 'array'
                     AND (gatewarden.principal() -> 'roles') @> to_jsonb(role), false) $$;

      -- Whether the gate lets the caller cross tenants by a role.
      CREATE OR REPLACE FUNCTION gatewarden.crosses(role text) RETURNS boolean
        LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT coalesce(jsonb_typeof(gatewarden.principal() -> 'crossing') = 'array'
                     AND (gatewarden.principal() -> 'crossing') @> to_jsonb(role), false) $$;

      -- What is no such value is nobody's, and no error that would tell of other rows.
      CREATE OR REPLACE FUNCTION gatewarden.as_uuid(value text) RETURNS uuid
        LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT CASE WHEN value ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
                     THEN value::uuid END $$;

      CREATE OR REPLACE FUNCTION gatewarden.as_integer(value text) RETURNS bigint
        LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
        AS $$ SELECT CASE WHEN value ~ '^(0|[1-9][0-9]{0,17})$' THEN value::bigint END $$;
      """;

  private PrincipalSql() {}

  /// Refuses to go on where the role passes by every policy.
  static String ordinary(String role) {
    return """

    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %1$s) THEN
        RAISE EXCEPTION 'there is no role %%', %1$s;
      END IF;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = %1$s AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'row-level security does not hold the role %%', %1$s
          USING HINT = 'let the service use a role with NOSUPERUSER and NOBYPASSRLS';
      END IF;
    END $$;
    """
        .formatted(Sql.text(role));
  }

  /// A part of the caller in the form of the column it is held against.
  static String part(PrincipalPart part, Form form) {
    String text =
        "gatewarden.part(VARIADIC "
            + Sql.array(
                switch (part) {
                  case PrincipalPart.Subject() -> List.of("sub");
                  case PrincipalPart.Tenant() -> List.of("tenant");
                  case PrincipalPart.Client() -> List.of("client_id");
                  case PrincipalPart.Claim(List<String> pointer) -> pointer;
                })
            + ")";
    return "(SELECT "
        + switch (form) {
          case UUID -> "gatewarden.as_uuid(" + text + ")";
          case INTEGER -> "gatewarden.as_integer(" + text + ")";
          case STRING -> text;
        }
        + ")";
  }

  static String crosses(String role) {
    return "(SELECT gatewarden.crosses(" + Sql.text(role) + "))";
  }

  static String hasRole(String role) {
    return "(SELECT gatewarden.has_role(" + Sql.text(role) + "))";
  }
}
