package dev.gatewarden.controls;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.access.DataMaskingGuard;
import dev.gatewarden.controls.guards.access.ObjectOwnerGuard;
import dev.gatewarden.controls.guards.access.ObjectReleaseGuard;
import dev.gatewarden.controls.guards.access.OwnerFilterGuard;
import dev.gatewarden.controls.guards.access.PermissionGuard;
import dev.gatewarden.controls.guards.access.PolicyGuard;
import dev.gatewarden.controls.guards.access.PolicyReleaseGuard;
import dev.gatewarden.controls.guards.access.QueryFieldsGuard;
import dev.gatewarden.controls.guards.access.ReadableFieldsGuard;
import dev.gatewarden.controls.guards.access.TenantMatchGuard;
import dev.gatewarden.controls.guards.access.TenantWritesGuard;
import dev.gatewarden.controls.guards.access.WritableFieldsGuard;
import dev.gatewarden.controls.guards.identity.BoundTokenGuard;
import dev.gatewarden.controls.guards.identity.ClientCertificateGuard;
import dev.gatewarden.controls.guards.identity.IssuedHereGuard;
import dev.gatewarden.controls.guards.identity.SignedTokenGuard;
import dev.gatewarden.controls.guards.identity.StepUpGuard;
import dev.gatewarden.controls.guards.intake.AcceptGuard;
import dev.gatewarden.controls.guards.intake.ContentCodingGuard;
import dev.gatewarden.controls.guards.intake.EarlyDataGuard;
import dev.gatewarden.controls.guards.intake.SourceLimitGuard;
import dev.gatewarden.controls.guards.key.ApiKeyGuard;
import dev.gatewarden.controls.guards.key.CredentialInUrlGuard;
import dev.gatewarden.controls.guards.limit.PrincipalLimitGuard;
import dev.gatewarden.controls.guards.response.CorsGuard;
import dev.gatewarden.controls.guards.response.ExcessDataGuard;
import dev.gatewarden.controls.guards.response.PrivateCacheGuard;
import dev.gatewarden.controls.guards.response.SecurityHeadersGuard;
import dev.gatewarden.controls.guards.schema.RequestSchemaGuard;
import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.controls.guards.session.BrowserSessionGuard;
import dev.gatewarden.controls.guards.session.CsrfGuard;
import dev.gatewarden.controls.guards.upload.UploadGuard;
import dev.gatewarden.controls.guards.webhook.EventOnceGuard;
import dev.gatewarden.controls.guards.webhook.WebhookSignatureGuard;
import dev.gatewarden.controls.probes.bfla.ForbiddenFunctionProbe;
import dev.gatewarden.controls.probes.bfla.MethodTamperingProbe;
import dev.gatewarden.controls.probes.bfla.NoCredentialProbe;
import dev.gatewarden.controls.probes.bola.ForeignDeleteProbe;
import dev.gatewarden.controls.probes.bola.ForeignListProbe;
import dev.gatewarden.controls.probes.bola.ForeignReadProbe;
import dev.gatewarden.controls.probes.bola.ForeignWriteProbe;
import dev.gatewarden.controls.probes.bopla.ExcessDataProbe;
import dev.gatewarden.controls.probes.bopla.OverpostingProbe;
import dev.gatewarden.controls.probes.token.ForgedTokenProbe;
import dev.gatewarden.controls.rules.inventory.ContractRefused;
import dev.gatewarden.controls.rules.security.SecurityUnstated;
import dev.gatewarden.controls.rules.security.ServerPlainHttp;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.probe.Probe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every control there is, by hand and in alphabetical order.
///
/// A plan is made of it: for each operation, each guard in turn is asked to take a seat; one that
/// finds nothing in the contract to judge takes none. Guards of the stage IDENTIFY are asked once
/// for each security scheme of the operation.
public final class Catalog {
  private Catalog() {}

  /// The guards.
  public static final List<GuardEntry<?>> GUARDS =
      List.of(
          AcceptGuard.ENTRY,
          ApiKeyGuard.ENTRY,
          BoundTokenGuard.ENTRY,
          BrowserSessionGuard.ENTRY,
          ClientCertificateGuard.ENTRY,
          ContentCodingGuard.ENTRY,
          CorsGuard.ENTRY,
          CredentialInUrlGuard.ENTRY,
          CsrfGuard.ENTRY,
          DataMaskingGuard.ENTRY,
          EarlyDataGuard.ENTRY,
          EventOnceGuard.ENTRY,
          ExcessDataGuard.ENTRY,
          IssuedHereGuard.ENTRY,
          ObjectOwnerGuard.ENTRY,
          ObjectReleaseGuard.ENTRY,
          OwnerFilterGuard.ENTRY,
          PermissionGuard.ENTRY,
          PolicyGuard.ENTRY,
          PolicyReleaseGuard.ENTRY,
          PrincipalLimitGuard.ENTRY,
          PrivateCacheGuard.ENTRY,
          QueryFieldsGuard.ENTRY,
          ReadableFieldsGuard.ENTRY,
          RequestSchemaGuard.ENTRY,
          ResponseSchemaGuard.ENTRY,
          SecurityHeadersGuard.ENTRY,
          SignedTokenGuard.ENTRY,
          SourceLimitGuard.ENTRY,
          StepUpGuard.ENTRY,
          TenantMatchGuard.ENTRY,
          TenantWritesGuard.ENTRY,
          UploadGuard.ENTRY,
          WebhookSignatureGuard.ENTRY,
          WritableFieldsGuard.ENTRY);

  /// The rules of the audit.
  public static final List<AuditRule> RULES =
      List.of(new ContractRefused(), new SecurityUnstated(), new ServerPlainHttp());

  /// The probes, in the order in which they attack: those that only read first.
  public static final List<Probe> PROBES =
      List.of(
          new NoCredentialProbe(),
          new ForeignReadProbe(),
          new ForeignListProbe(),
          new ExcessDataProbe(),
          new ForgedTokenProbe(),
          new ForbiddenFunctionProbe(),
          new ForeignWriteProbe(),
          new OverpostingProbe(),
          new ForeignDeleteProbe(),
          new MethodTamperingProbe());

  /// The rule of that id, or null.
  public static @Nullable AuditRule rule(String id) {
    for (AuditRule each : RULES) {
      if (each.rule().id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /// The guard of that id, or null.
  public static @Nullable GuardEntry<?> guard(String id) {
    for (GuardEntry<?> entry : GUARDS) {
      if (entry.id().equals(id)) {
        return entry;
      }
    }
    return null;
  }
}
