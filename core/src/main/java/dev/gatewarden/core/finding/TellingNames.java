package dev.gatewarden.core.finding;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ends of names that tell what data something holds, in English and the languages of Europe
/// that APIs are written in, with the abbreviations that are common.
///
/// Words that mean something else as well, in their own language or in another, are left out:
/// `nombre`, `genero`, `direccion`, `parola`, `cap`, `via`.
final class TellingNames {
  private static final int MOST_WORDS = 4;

  private static final String CREDENTIAL =
      """
      password, passwd, pwd, pswd, pword, passphrase, passcode, secret, secret key, private key, api key, apikey
      access key, access token, refresh token, id token, auth token, bearer token, session token, reset token
      authtoken, accesstoken, jwt, otp, totp, pin code, recovery code
      de: passwort, kennwort
      fr: mot de passe, mot passe, motdepasse, mdp
      es: contrasena, contrasenya
      pt: senha, palavra passe, palavra chave secreta
      nl: wachtwoord
      sv da no fi: losenord, adgangskode, kodeord, passord, salasana
      pl cs: haslo, heslo
      """;

  private static final String FINANCIAL =
      """
      iban, card number, cardnumber, cc number, cc num, ccnum, credit card, creditcard, cvv, cvc, cvv2, cvc2
      account number, account no, acct number, acct num, acct no, routing number, sort code, bank account, salary, wage
      de: kontonummer, bankverbindung, kartennummer, kreditkarte, kreditkartennummer, gehalt
      fr: numero carte, numero de carte, numero compte, numero de compte, carte bancaire, carte de credit, rib, salaire
      es: numero tarjeta, numero de tarjeta, tarjeta credito, tarjeta de credito, numero cuenta, numero de cuenta
      es: cuenta bancaria, salario, sueldo
      pt: numero cartao, numero do cartao, cartao credito, cartao de credito, numero conta, numero da conta, conta bancaria
      it: numero carta, numero di carta, carta credito, carta di credito, numero conto, conto corrente, stipendio
      nl: rekeningnummer, bankrekening, kaartnummer, creditcardnummer, salaris
      sv da no: kontonummer, kortnummer
      pl: numer konta, numer karty, wynagrodzenie
      """;

  private static final String PERSONAL =
      """
      email, e mail, mail address, email address, email addr
      phone, phone number, phone no, telephone, telephone number, tel, mobile, mobile number, mobile no, cellphone, cell number, msisdn
      first name, firstname, fname, last name, lastname, lname, middle name, given name, family name, full name, fullname
      surname, maiden name
      birthday, birthdate, birth date, birthplace, birth place, place of birth, date of birth, dob, gender
      ssn, social security number, national insurance number, passport, passport number, passport no, national id, tax id
      driver license, drivers license, driver licence, driving licence, aadhaar, aadhaar number, aadhar, nhs number
      street, street address, home address, postal address, billing address, shipping address
      zip code, zipcode, postal code, postcode
      nationality, ethnicity, religion, marital status, diagnosis, blood type, blood group
      de: vorname, nachname, familienname, geburtsname, geburtsdatum, geburtstag, geburtsort, geschlecht, strasse, hausnummer
      de: postleitzahl, plz, anschrift, telefon, telefonnummer, handynummer, mobilnummer, mailadresse, email adresse, emailadresse
      de: staatsangehorigkeit, staatsangehoerigkeit, familienstand, steuernummer, sozialversicherungsnummer, ausweisnummer
      fr: prenom, nom de famille, nom famille, date naissance, date de naissance, lieu naissance, lieu de naissance
      fr: adresse postale, adresse mail, courriel, code postal, sexe, nationalite, numero securite sociale
      fr: numero de securite sociale, situation familiale
      es: apellido, apellidos, nombre completo, fecha nacimiento, fecha de nacimiento, lugar nacimiento, lugar de nacimiento
      es: correo, correo electronico, telefono, celular, telefono movil, domicilio, codigo postal, calle, sexo, nacionalidad
      es: dni, pasaporte, estado civil
      pt: sobrenome, nome completo, primeiro nome, ultimo nome, data nascimento, data de nascimento, telefone, logradouro
      pt: cep, cpf, nacionalidade, passaporte, nome da mae
      it: cognome, data nascita, data di nascita, luogo nascita, luogo di nascita, codice fiscale, cellulare
      it: posta elettronica, codice postale, sesso, cittadinanza, stato civile
      nl: voornaam, achternaam, tussenvoegsel, geboortedatum, geboorteplaats, telefoonnummer, telefoon, mobielnummer, straat
      nl: straatnaam, huisnummer, geslacht, nationaliteit, bsn, burgerservicenummer, emailadres, mailadres
      sv da no: fornamn, fornavn, efternamn, efternavn, etternavn, fodelsedatum, fodselsdato, fodselsdag, fodselsnummer
      sv da no: personnummer, gatuadress, postnummer, cpr nummer, telefonnumer
      fi: etunimi, sukunimi, syntymaaika, henkilotunnus, puhelinnumero
      pl: imie, nazwisko, data urodzenia, miejsce urodzenia, numer telefonu, ulica, kod pocztowy, pesel, plec, obywatelstwo
      cs ro: prijmeni, datum narozeni, rodne cislo, prenume, data nasterii
      """;

  /// What ends so and is called after things.
  private static final String NOTHING =
      """
      repository full name, repo full name, project full name, package full name, branch full name
      """;

  private static final Map<String, Sensitivity> ENDS = ends();

  private TellingNames() {}

  private static Map<String, Sensitivity> ends() {
    Map<String, Sensitivity> ends = new HashMap<>();
    gather(PERSONAL, Sensitivity.PERSONAL, ends);
    gather(FINANCIAL, Sensitivity.FINANCIAL, ends);
    gather(CREDENTIAL, Sensitivity.CREDENTIAL, ends);
    gather(NOTHING, Sensitivity.INTERNAL, ends);
    return Map.copyOf(ends);
  }

  private static void gather(String table, Sensitivity tells, Map<String, Sensitivity> ends) {
    table
        .lines()
        .forEach(
            line -> {
              String phrases = line.substring(line.indexOf(':') + 1);
              for (String each : phrases.split(",", -1)) {
                ends.put(each.strip(), tells);
              }
            });
  }

  /// The worst that the last words of a name tell, or null.
  static @Nullable Sensitivity told(List<String> words) {
    Sensitivity worst = null;
    String end = "";
    for (int i = words.size() - 1; i >= 0 && i >= words.size() - MOST_WORDS; i--) {
      String word = folded(words.get(i));
      end = end.isEmpty() ? word : word + " " + end;
      Sensitivity here = ENDS.get(end);
      if (here == Sensitivity.INTERNAL) {
        return null;
      }
      if (here != null && (worst == null || here.compareTo(worst) > 0)) {
        worst = here;
      }
    }
    return worst;
  }

  /// Without accents, as most people write names in programs.
  private static String folded(String word) {
    boolean plain = true;
    for (int i = 0; i < word.length(); i++) {
      plain &= word.charAt(i) < 0x80;
    }
    if (plain) {
      return word;
    }
    StringBuilder folded = new StringBuilder();
    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      switch (c) {
        case 'ß' -> folded.append("ss");
        case 'ø' -> folded.append('o');
        case 'ł' -> folded.append('l');
        case 'đ' -> folded.append('d');
        case 'æ' -> folded.append("ae");
        case 'œ' -> folded.append("oe");
        default -> {
          if (Character.getType(c) != Character.NON_SPACING_MARK) {
            folded.append(c);
          }
        }
      }
    }
    return folded.toString();
  }
}
