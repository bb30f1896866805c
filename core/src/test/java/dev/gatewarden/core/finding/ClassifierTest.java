package dev.gatewarden.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Vorname",
        "geburtsdatum",
        "kundenTelefonnummer_telefon",
        "straße",
        "Straße",
        "PLZ",
        "prénom",
        "date_naissance",
        "dateDeNaissance",
        "codePostal",
        "courriel",
        "primerApellido",
        "apellidos",
        "fechaNacimiento",
        "teléfono",
        "correo_electrónico",
        "dni",
        "sobrenome",
        "dataNascimento",
        "telefoneCelular",
        "cpf",
        "cognome",
        "codiceFiscale",
        "data_di_nascita",
        "achternaam",
        "geboortedatum",
        "bsn",
        "huisnummer",
        "förnamn",
        "fødselsdato",
        "Etternavn",
        "personnummer",
        "sukunimi",
        "nazwisko",
        "data_urodzenia",
        "pesel",
        "příjmení",
        "rodneCislo",
        "customerFname",
        "msisdn",
        "cellphone",
        "birthPlace"
      })
  void knows_what_is_personal_in_the_languages_of_europe(String name) {
    assertThat(Classifier.named(name)).isEqualTo(Sensitivity.PERSONAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Kontonummer",
        "kreditkartennummer",
        "gehalt",
        "numero_de_carte",
        "salaire",
        "numeroTarjeta",
        "cuenta_bancaria",
        "sueldo",
        "número_do_cartão",
        "contoCorrente_conto_corrente",
        "stipendio",
        "rekeningnummer",
        "kortnummer",
        "numer_konta",
        "acctNumber",
        "cc_num"
      })
  void knows_what_is_financial_in_the_languages_of_europe(String name) {
    assertThat(Classifier.named(name)).isEqualTo(Sensitivity.FINANCIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwort",
        "Kennwort",
        "motDePasse",
        "mdp",
        "contraseña",
        "senha",
        "wachtwoord",
        "lösenord",
        "adgangskode",
        "hasło",
        "heslo",
        "salasana",
        "user_pswd"
      })
  void knows_what_is_a_credential_in_the_languages_of_europe(String name) {
    assertThat(Classifier.named(name)).isEqualTo(Sensitivity.CREDENTIAL);
  }

  /// Each is a word of another meaning in its language or another, or is called after a thing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nombre",
        "nom",
        "nome",
        "genero",
        "direccion",
        "parola",
        "clave",
        "cap",
        "via",
        "ville",
        "portable",
        "number",
        "cardId",
        "emailId",
        "rationCardNo",
        "repository_full_name",
        "title",
        "telemetry",
        "hotel",
        "total",
        "ribbon",
        "streetlight",
        "passwordPolicyName",
        "strasseId",
        "addressLine",
        "ip_address",
        "username",
        "displayName"
      })
  void is_silent_about_words_that_mean_something_else(String name) {
    assertThat(Classifier.named(name)).isNull();
  }
}
