// Whether a list's text of an issuer means the issuer of a CRL: people write distinguished names in several ways.
#pragma once

#include <cita/time/truth.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cita::evidence {

/// A distinguished name as its attributes: short upper-case names ("CN", "O"), or an object identifier where there is none, and
/// values in lower case, sorted.
struct IssuerName {
  std::vector<std::pair<std::string, std::string>> attributes;
  bool is_label = false;      ///< a list's text that is no distinguished name: the common name, or how people call the issuer
  bool is_ambiguous = false;  ///< a list's text of which nobody can say where one attribute ends and another begins

  /// What a list writes: "CN=Example CA, O=Example", "/C=DE/O=Example/CN=Example CA", or the common name alone.
  static IssuerName of_text(std::string_view text);
  /// The DER of a name. What cannot be read of it equals its own octets alone.
  static IssuerName of_der(std::string_view der);

  std::string_view common_name() const;
  bool is_empty() const { return attributes.empty(); }
  friend bool operator==(const IssuerName&, const IssuerName&) = default;
};

/// Whether the name that a list writes is this one. Yes where all that it writes is, the common name and another attribute among
/// it; no where both have attributes of one kind and none of them in common, or a label has none of the issuer's names in it;
/// else nobody can say.
Truth is_same(const IssuerName& written, const IssuerName& issuer);

}  // namespace cita::evidence
