package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The gate's own key (ES256), with which it says to upstreams who is calling.
///
/// It is made once and kept in the state folder, readable by its owner alone, so that upstreams
/// that
/// learned the public half keep it over restarts. A new one is made when the file is removed.
public final class SigningKey {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private final String kid;
  private final PrivateKey key;
  private final Map<String, Object> jwk;
  private final String header;

  private SigningKey(KeyPair pair) {
    Map<String, Object> material = new LinkedHashMap<>();
    ECPublicKey point = (ECPublicKey) pair.getPublic();
    material.put("crv", "P-256");
    material.put("kty", "EC");
    material.put("x", Base64Url.encode(fixed(point.getW().getAffineX())));
    material.put("y", Base64Url.encode(fixed(point.getW().getAffineY())));
    VerificationKey read = JwkReader.key(material);
    if (read == null) {
      throw new GatewardenBug("the gate's own key is none that it would accept");
    }
    this.kid = read.thumbprint();
    this.key = pair.getPrivate();
    material.put("kid", kid);
    material.put("use", "sig");
    material.put("alg", "ES256");
    this.jwk = material;
    this.header =
        Base64Url.encode(
            ("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\",\"typ\":\"JWT\"}")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /// The key kept in a file, made where there is none.
  ///
  /// @throws IOException when the file cannot be read or written, holds no key, or others may read
  ///     it
  public static SigningKey keptIn(Path file) throws IOException {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return new SigningKey(read(file));
    } catch (GeneralSecurityException e) {
      throw new IOException("`" + file + "` holds no signing key; remove it for a new one", e);
    }
  }

  private static void make(Path file) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Base64.Encoder encoder = Base64.getEncoder();
    String text =
        encoder.encodeToString(pair.getPrivate().getEncoded())
            + "\n"
            + encoder.encodeToString(pair.getPublic().getEncoded())
            + "\n";
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    } catch (FileAlreadyExistsException e) {
      // Another gate on the same folder was faster; its key is the one to use.
    }
  }

  private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
    if (!OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("`" + file + "` may be read by others; run chmod 600 on it");
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 2) {
      throw new GeneralSecurityException("not two lines");
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      byte[] own = Base64.getDecoder().decode(lines.getFirst());
      byte[] published = Base64.getDecoder().decode(lines.getLast());
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(published)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(own)));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64", e);
    }
  }

  private static byte[] fixed(BigInteger coordinate) {
    byte[] bytes = coordinate.toByteArray();
    byte[] out = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, out, 32 - length, length);
    return out;
  }

  String kid() {
    return kid;
  }

  /// The encoded header of the tokens that it signs.
  String header() {
    return header;
  }

  /// The public half (RFC 7517).
  Map<String, Object> jwk() {
    return jwk;
  }

  PrivateKey key() {
    return key;
  }

  /// The public half as a JSON Web Key Set (RFC 7517, section 5), to be published.
  public String jwks() {
    return JsonWriter.write(Map.of("keys", List.of(jwk)));
  }
}
