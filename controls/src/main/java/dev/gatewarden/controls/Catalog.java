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
import dev.gatewarden.controls.guards.flow.FlowGuard;
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
import dev.gatewarden.controls.guards.limit.BatchSizeGuard;
import dev.gatewarden.controls.guards.limit.DistinctObjectsGuard;
import dev.gatewarden.controls.guards.limit.PageSizeGuard;
import dev.gatewarden.controls.guards.limit.PrincipalLimitGuard;
import dev.gatewarden.controls.guards.limit.ShareLimitGuard;
import dev.gatewarden.controls.guards.login.LoginLimitGuard;
import dev.gatewarden.controls.guards.repeat.IdempotencyKeyGuard;
import dev.gatewarden.controls.guards.response.CorsGuard;
import dev.gatewarden.controls.guards.response.ExcessDataGuard;
import dev.gatewarden.controls.guards.response.PlainErrorsGuard;
import dev.gatewarden.controls.guards.response.PrivateCacheGuard;
import dev.gatewarden.controls.guards.response.SecurityHeadersGuard;
import dev.gatewarden.controls.guards.schema.RequestSchemaGuard;
import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.controls.guards.session.BrowserSessionGuard;
import dev.gatewarden.controls.guards.session.CsrfGuard;
import dev.gatewarden.controls.guards.upload.UploadGuard;
import dev.gatewarden.controls.guards.webhook.EventOnceGuard;
import dev.gatewarden.controls.guards.webhook.WebhookSignatureGuard;
import dev.gatewarden.controls.probes.account.ForeignAccountProbe;
import dev.gatewarden.controls.probes.account.RaisedRightsProbe;
import dev.gatewarden.controls.probes.bfla.ForbiddenFunctionProbe;
import dev.gatewarden.controls.probes.bfla.MethodTamperingProbe;
import dev.gatewarden.controls.probes.bfla.NoCredentialProbe;
import dev.gatewarden.controls.probes.bfla.RemovedOperationProbe;
import dev.gatewarden.controls.probes.bfla.WeakScopeProbe;
import dev.gatewarden.controls.probes.bola.ExpansionProbe;
import dev.gatewarden.controls.probes.bola.ForeignActProbe;
import dev.gatewarden.controls.probes.bola.ForeignDeleteProbe;
import dev.gatewarden.controls.probes.bola.ForeignFilterProbe;
import dev.gatewarden.controls.probes.bola.ForeignListProbe;
import dev.gatewarden.controls.probes.bola.ForeignReadProbe;
import dev.gatewarden.controls.probes.bola.ForeignReferenceProbe;
import dev.gatewarden.controls.probes.bola.ForeignTenantProbe;
import dev.gatewarden.controls.probes.bola.ForeignWriteProbe;
import dev.gatewarden.controls.probes.bopla.ExcessDataProbe;
import dev.gatewarden.controls.probes.bopla.OverpostingProbe;
import dev.gatewarden.controls.probes.exposure.CorsProbe;
import dev.gatewarden.controls.probes.exposure.DefaultCredentialsProbe;
import dev.gatewarden.controls.probes.exposure.DocumentsOpenProbe;
import dev.gatewarden.controls.probes.exposure.HeadersProbe;
import dev.gatewarden.controls.probes.exposure.LeftOpenProbe;
import dev.gatewarden.controls.probes.exposure.OldVersionProbe;
import dev.gatewarden.controls.probes.exposure.PublicCacheProbe;
import dev.gatewarden.controls.probes.exposure.ServiceReachableProbe;
import dev.gatewarden.controls.probes.exposure.VersionToldProbe;
import dev.gatewarden.controls.probes.input.ContentTypeProbe;
import dev.gatewarden.controls.probes.input.FetchProbe;
import dev.gatewarden.controls.probes.input.InjectionProbe;
import dev.gatewarden.controls.probes.input.OddInputProbe;
import dev.gatewarden.controls.probes.input.OffContractProbe;
import dev.gatewarden.controls.probes.input.ParameterPollutionProbe;
import dev.gatewarden.controls.probes.input.UploadProbe;
import dev.gatewarden.controls.probes.limit.BodySizeProbe;
import dev.gatewarden.controls.probes.limit.PageSizeProbe;
import dev.gatewarden.controls.probes.limit.RaceProbe;
import dev.gatewarden.controls.probes.limit.RateProbe;
import dev.gatewarden.controls.probes.login.BareCookieProbe;
import dev.gatewarden.controls.probes.login.CallbackRedirectProbe;
import dev.gatewarden.controls.probes.login.CallbackSessionProbe;
import dev.gatewarden.controls.probes.login.CallbackStateProbe;
import dev.gatewarden.controls.probes.login.CallbackTwiceProbe;
import dev.gatewarden.controls.probes.login.ClientProofProbe;
import dev.gatewarden.controls.probes.login.CodeGuessProbe;
import dev.gatewarden.controls.probes.login.CodeInjectionProbe;
import dev.gatewarden.controls.probes.login.CodeReuseProbe;
import dev.gatewarden.controls.probes.login.CrossSiteFormProbe;
import dev.gatewarden.controls.probes.login.GuessableSessionProbe;
import dev.gatewarden.controls.probes.login.IssuerProbe;
import dev.gatewarden.controls.probes.login.LoginProbe;
import dev.gatewarden.controls.probes.login.LoginRedirectProbe;
import dev.gatewarden.controls.probes.login.MailFloodProbe;
import dev.gatewarden.controls.probes.login.OldGrantProbe;
import dev.gatewarden.controls.probes.login.OpenRedirectProbe;
import dev.gatewarden.controls.probes.login.PkceProbe;
import dev.gatewarden.controls.probes.login.RedirectAddressProbe;
import dev.gatewarden.controls.probes.login.RefreshReuseProbe;
import dev.gatewarden.controls.probes.login.ResetProbe;
import dev.gatewarden.controls.probes.login.RevokedTokenProbe;
import dev.gatewarden.controls.probes.login.SessionFixationProbe;
import dev.gatewarden.controls.probes.login.StateProbe;
import dev.gatewarden.controls.probes.login.TokenGuessProbe;
import dev.gatewarden.controls.probes.login.TokenKindProbe;
import dev.gatewarden.controls.probes.token.ForgedTokenProbe;
import dev.gatewarden.controls.probes.token.KeyInAddressProbe;
import dev.gatewarden.controls.probes.token.LogoutProbe;
import dev.gatewarden.controls.probes.token.MisusedTokenProbe;
import dev.gatewarden.controls.probes.token.OldEventProbe;
import dev.gatewarden.controls.rules.access.AdminOpen;
import dev.gatewarden.controls.rules.access.BindingMissing;
import dev.gatewarden.controls.rules.access.CardAnswered;
import dev.gatewarden.controls.rules.access.IdSequential;
import dev.gatewarden.controls.rules.access.IdShapeless;
import dev.gatewarden.controls.rules.access.IdTypesDiffer;
import dev.gatewarden.controls.rules.access.OwnerWritable;
import dev.gatewarden.controls.rules.access.PasswordAnswered;
import dev.gatewarden.controls.rules.access.PrivilegeWritable;
import dev.gatewarden.controls.rules.access.StampWritable;
import dev.gatewarden.controls.rules.access.TenantFromCaller;
import dev.gatewarden.controls.rules.inventory.CacheUnstated;
import dev.gatewarden.controls.rules.inventory.ClassMissing;
import dev.gatewarden.controls.rules.inventory.ContractEmpty;
import dev.gatewarden.controls.rules.inventory.ContractRefused;
import dev.gatewarden.controls.rules.inventory.CorsWildcard;
import dev.gatewarden.controls.rules.inventory.DebugRoute;
import dev.gatewarden.controls.rules.inventory.DeleteWithBody;
import dev.gatewarden.controls.rules.inventory.DeprecatedWithoutSunset;
import dev.gatewarden.controls.rules.inventory.ErrorUndescribed;
import dev.gatewarden.controls.rules.inventory.ErrorWithInternals;
import dev.gatewarden.controls.rules.inventory.GetChanges;
import dev.gatewarden.controls.rules.inventory.GetWithBody;
import dev.gatewarden.controls.rules.inventory.MethodOverride;
import dev.gatewarden.controls.rules.inventory.OldVersionAlive;
import dev.gatewarden.controls.rules.inventory.OperationUnnamed;
import dev.gatewarden.controls.rules.inventory.OwnerMissing;
import dev.gatewarden.controls.rules.inventory.PathTwin;
import dev.gatewarden.controls.rules.inventory.PersonWritten;
import dev.gatewarden.controls.rules.inventory.SecretWritten;
import dev.gatewarden.controls.rules.inventory.Status400;
import dev.gatewarden.controls.rules.inventory.Status401;
import dev.gatewarden.controls.rules.inventory.Status403;
import dev.gatewarden.controls.rules.inventory.Status404;
import dev.gatewarden.controls.rules.inventory.SuccessUnstated;
import dev.gatewarden.controls.rules.inventory.SunsetPassed;
import dev.gatewarden.controls.rules.inventory.TraceMethod;
import dev.gatewarden.controls.rules.inventory.VersionMissing;
import dev.gatewarden.controls.rules.limits.CodeTaken;
import dev.gatewarden.controls.rules.limits.FileNameTaken;
import dev.gatewarden.controls.rules.limits.FlowUnlimited;
import dev.gatewarden.controls.rules.limits.ListWithoutLimit;
import dev.gatewarden.controls.rules.limits.LoginLimitUnstated;
import dev.gatewarden.controls.rules.limits.PageSizeUnbounded;
import dev.gatewarden.controls.rules.limits.PaymentNotIdempotent;
import dev.gatewarden.controls.rules.limits.RateLimitUnstated;
import dev.gatewarden.controls.rules.limits.RedirectOpen;
import dev.gatewarden.controls.rules.limits.UploadSizeOpen;
import dev.gatewarden.controls.rules.limits.UploadTypeOpen;
import dev.gatewarden.controls.rules.limits.UrlTaken;
import dev.gatewarden.controls.rules.schema.AnswerAnything;
import dev.gatewarden.controls.rules.schema.ArrayUnbounded;
import dev.gatewarden.controls.rules.schema.BodyAnyType;
import dev.gatewarden.controls.rules.schema.BodyAnything;
import dev.gatewarden.controls.rules.schema.BoundsContradict;
import dev.gatewarden.controls.rules.schema.DefaultBreaks;
import dev.gatewarden.controls.rules.schema.DefaultUnsafe;
import dev.gatewarden.controls.rules.schema.FormatUnknown;
import dev.gatewarden.controls.rules.schema.IntegerTooLarge;
import dev.gatewarden.controls.rules.schema.NumberUnbounded;
import dev.gatewarden.controls.rules.schema.ObjectOpen;
import dev.gatewarden.controls.rules.schema.PatternCatastrophic;
import dev.gatewarden.controls.rules.schema.PatternUnanchored;
import dev.gatewarden.controls.rules.schema.StringUnbounded;
import dev.gatewarden.controls.rules.schema.XmlBesideJson;
import dev.gatewarden.controls.rules.security.CookieWithoutCsrf;
import dev.gatewarden.controls.rules.security.IdentityHeader;
import dev.gatewarden.controls.rules.security.JsonpAnswers;
import dev.gatewarden.controls.rules.security.KeyAlonePersonal;
import dev.gatewarden.controls.rules.security.OauthImplicit;
import dev.gatewarden.controls.rules.security.OauthPassword;
import dev.gatewarden.controls.rules.security.OauthPlainHttp;
import dev.gatewarden.controls.rules.security.OpenidUrl;
import dev.gatewarden.controls.rules.security.PasswordShort;
import dev.gatewarden.controls.rules.security.PersonalDataInUrl;
import dev.gatewarden.controls.rules.security.PersonalDataOpen;
import dev.gatewarden.controls.rules.security.SchemeBasic;
import dev.gatewarden.controls.rules.security.SchemeFormat;
import dev.gatewarden.controls.rules.security.SchemeKeyForToken;
import dev.gatewarden.controls.rules.security.SchemeKeyInQuery;
import dev.gatewarden.controls.rules.security.SchemeOutdated;
import dev.gatewarden.controls.rules.security.SchemeUnused;
import dev.gatewarden.controls.rules.security.ScopeForAll;
import dev.gatewarden.controls.rules.security.ScopesMissing;
import dev.gatewarden.controls.rules.security.ScopesUndeclared;
import dev.gatewarden.controls.rules.security.SecretHeaderParameter;
import dev.gatewarden.controls.rules.security.SecretInUrl;
import dev.gatewarden.controls.rules.security.SecurityOptional;
import dev.gatewarden.controls.rules.security.SecurityUnstated;
import dev.gatewarden.controls.rules.security.ServerOnlyLocal;
import dev.gatewarden.controls.rules.security.ServerPlainHttp;
import dev.gatewarden.controls.rules.security.ServerSingle;
import dev.gatewarden.controls.rules.security.ServerWildcard;
import dev.gatewarden.controls.rules.security.SiblingOpen;
import dev.gatewarden.controls.rules.security.WeakerAlternative;
import dev.gatewarden.controls.rules.security.WebhookUnsigned;
import dev.gatewarden.controls.rules.security.WriteOpen;
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
          BatchSizeGuard.ENTRY,
          BoundTokenGuard.ENTRY,
          BrowserSessionGuard.ENTRY,
          ClientCertificateGuard.ENTRY,
          ContentCodingGuard.ENTRY,
          CorsGuard.ENTRY,
          CredentialInUrlGuard.ENTRY,
          CsrfGuard.ENTRY,
          DataMaskingGuard.ENTRY,
          DistinctObjectsGuard.ENTRY,
          EarlyDataGuard.ENTRY,
          EventOnceGuard.ENTRY,
          ExcessDataGuard.ENTRY,
          FlowGuard.ENTRY,
          IdempotencyKeyGuard.ENTRY,
          IssuedHereGuard.ENTRY,
          LoginLimitGuard.ENTRY,
          ObjectOwnerGuard.ENTRY,
          ObjectReleaseGuard.ENTRY,
          OwnerFilterGuard.ENTRY,
          PageSizeGuard.ENTRY,
          PermissionGuard.ENTRY,
          PlainErrorsGuard.ENTRY,
          PolicyGuard.ENTRY,
          PolicyReleaseGuard.ENTRY,
          PrincipalLimitGuard.ENTRY,
          PrivateCacheGuard.ENTRY,
          QueryFieldsGuard.ENTRY,
          ReadableFieldsGuard.ENTRY,
          RequestSchemaGuard.ENTRY,
          ResponseSchemaGuard.ENTRY,
          SecurityHeadersGuard.ENTRY,
          ShareLimitGuard.ENTRY,
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
      List.of(
          new AdminOpen(),
          new AnswerAnything(),
          new ArrayUnbounded(),
          new BindingMissing(),
          new BodyAnyType(),
          new BodyAnything(),
          new BoundsContradict(),
          new CacheUnstated(),
          new CardAnswered(),
          new ClassMissing(),
          new CodeTaken(),
          new ContractEmpty(),
          new ContractRefused(),
          new CookieWithoutCsrf(),
          new CorsWildcard(),
          new SecretHeaderParameter(),
          new DebugRoute(),
          new DefaultBreaks(),
          new DefaultUnsafe(),
          new DeleteWithBody(),
          new DeprecatedWithoutSunset(),
          new ErrorUndescribed(),
          new ErrorWithInternals(),
          new FileNameTaken(),
          new FlowUnlimited(),
          new FormatUnknown(),
          new GetChanges(),
          new GetWithBody(),
          new IdSequential(),
          new IdShapeless(),
          new IdTypesDiffer(),
          new IdentityHeader(),
          new IntegerTooLarge(),
          new JsonpAnswers(),
          new KeyAlonePersonal(),
          new ListWithoutLimit(),
          new LoginLimitUnstated(),
          new MethodOverride(),
          new NumberUnbounded(),
          new OauthImplicit(),
          new OauthPassword(),
          new OauthPlainHttp(),
          new ObjectOpen(),
          new OldVersionAlive(),
          new OpenidUrl(),
          new OperationUnnamed(),
          new OwnerMissing(),
          new OwnerWritable(),
          new PageSizeUnbounded(),
          new PasswordAnswered(),
          new PasswordShort(),
          new PathTwin(),
          new PatternCatastrophic(),
          new PatternUnanchored(),
          new PaymentNotIdempotent(),
          new PersonWritten(),
          new PersonalDataInUrl(),
          new PersonalDataOpen(),
          new PrivilegeWritable(),
          new RateLimitUnstated(),
          new RedirectOpen(),
          new SchemeBasic(),
          new SchemeFormat(),
          new SchemeKeyForToken(),
          new SchemeKeyInQuery(),
          new SchemeOutdated(),
          new SchemeUnused(),
          new ScopeForAll(),
          new ScopesMissing(),
          new ScopesUndeclared(),
          new SecretInUrl(),
          new SecretWritten(),
          new SecurityOptional(),
          new SecurityUnstated(),
          new WeakerAlternative(),
          new ServerOnlyLocal(),
          new ServerPlainHttp(),
          new ServerSingle(),
          new ServerWildcard(),
          new SiblingOpen(),
          new StampWritable(),
          new Status400(),
          new Status401(),
          new Status403(),
          new Status404(),
          new StringUnbounded(),
          new SuccessUnstated(),
          new SunsetPassed(),
          new TenantFromCaller(),
          new TraceMethod(),
          new UploadSizeOpen(),
          new UploadTypeOpen(),
          new UrlTaken(),
          new VersionMissing(),
          new WebhookUnsigned(),
          new WriteOpen(),
          new XmlBesideJson());

  /// The probes, in the order in which they attack: those that only read first.
  public static final List<Probe> PROBES =
      List.of(
          new NoCredentialProbe(),
          new RaisedRightsProbe(),
          new ForeignAccountProbe(),
          new ForeignReadProbe(),
          new ForeignListProbe(),
          new ForeignFilterProbe(),
          new ExpansionProbe(),
          new ParameterPollutionProbe(),
          new ForeignTenantProbe(),
          new ExcessDataProbe(),
          new OffContractProbe(),
          new PublicCacheProbe(),
          new CorsProbe(),
          new HeadersProbe(),
          new VersionToldProbe(),
          new KeyInAddressProbe(),
          new ForgedTokenProbe(),
          new MisusedTokenProbe(),
          new WeakScopeProbe(),
          new LogoutProbe(),
          new SessionFixationProbe(),
          new GuessableSessionProbe(),
          new BareCookieProbe(),
          new CrossSiteFormProbe(),
          new OpenRedirectProbe(),
          new LoginRedirectProbe(),
          new RedirectAddressProbe(),
          new StateProbe(),
          new PkceProbe(),
          new OldGrantProbe(),
          new ClientProofProbe(),
          new CodeReuseProbe(),
          new RefreshReuseProbe(),
          new TokenKindProbe(),
          new RevokedTokenProbe(),
          new CallbackStateProbe(),
          new CodeInjectionProbe(),
          new CallbackTwiceProbe(),
          new CallbackSessionProbe(),
          new IssuerProbe(),
          new CallbackRedirectProbe(),
          new ResetProbe(),
          new CodeGuessProbe(),
          new MailFloodProbe(),
          new ServiceReachableProbe(),
          new LeftOpenProbe(),
          new DocumentsOpenProbe(),
          new OldVersionProbe(),
          new DefaultCredentialsProbe(),
          new ForbiddenFunctionProbe(),
          new ForeignWriteProbe(),
          new ForeignActProbe(),
          new OverpostingProbe(),
          new ForeignReferenceProbe(),
          new ForeignDeleteProbe(),
          new MethodTamperingProbe(),
          new RemovedOperationProbe(),
          new OddInputProbe(),
          new ContentTypeProbe(),
          new UploadProbe(),
          new BodySizeProbe(),
          new PageSizeProbe(),
          new RateProbe(),
          new RaceProbe(),
          new FetchProbe(),
          new OldEventProbe(),
          new InjectionProbe(),
          new LoginProbe(),
          new TokenGuessProbe());

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
