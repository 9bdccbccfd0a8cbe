#include <cita/base/text.hpp>
#include <cita/evidence/digest.hpp>
#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/not_applicable.hpp>
#include <cita/evidence/openssl.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace cita::evidence {

namespace {

using namespace ssl;

using Name = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
using Any = std::unique_ptr<ASN1_TYPE, Freed<ASN1_TYPE_free>>;

struct AttributeName {
  std::string_view oid;
  std::string_view name;  // as RFC 4514 and OpenSSL write it
  std::string_view also;
};

constexpr AttributeName attribute_names[] = {
    {"2.5.4.3", "CN", "COMMONNAME"},
    {"2.5.4.10", "O", "ORGANIZATIONNAME"},
    {"2.5.4.11", "OU", "ORGANIZATIONALUNITNAME"},
    {"2.5.4.6", "C", "COUNTRYNAME"},
    {"2.5.4.7", "L", "LOCALITYNAME"},
    {"2.5.4.8", "ST", "S"},
    {"2.5.4.8", "ST", "STATEORPROVINCENAME"},
    {"2.5.4.5", "SERIALNUMBER", "SN"},
    {"2.5.4.97", "ORGANIZATIONIDENTIFIER", "ORGID"},
    {"1.2.840.113549.1.9.1", "EMAILADDRESS", "E"},
    {"0.9.2342.19200300.100.1.25", "DC", "DOMAINCOMPONENT"},
};

bool is_known(std::string_view name) {
  return std::any_of(std::begin(attribute_names), std::end(attribute_names), [&](const auto& each) { return each.name == name; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

// Without what RFC 4518 does not compare: case and repeated spaces; and with the apostrophe of keyboards for that of printers.
std::string compared(std::string_view value) {
  constexpr std::string_view printed = "\xE2\x80\x99";  // U+2019
  std::string simplified = text::simplified(trimmed(value)), result;
  for (std::size_t at = 0; (at = simplified.find(printed, at)) != std::string::npos;) simplified.replace(at, printed.size(), "'");
  for (const char c : simplified)
    if (c != ' ' || (!result.empty() && result.back() != ' ')) result += c;
  return result;
}

std::string attribute_called(std::string_view name) {
  constexpr std::string_view in_front = "OID.";  // as Java writes it
  std::string wanted = upper(trimmed(name));
  if (wanted.starts_with(in_front)) wanted.erase(0, in_front.size());
  for (const AttributeName& each : attribute_names)
    if (wanted == each.oid || wanted == each.name || wanted == each.also) return std::string(each.name);
  return wanted;
}

// Nothing where it is no text, or one that cannot be read.
std::optional<std::string> utf8_of(const ASN1_STRING* text) {
  unsigned char* bytes = nullptr;
  const int size = ASN1_STRING_to_UTF8(&bytes, text);
  if (size < 0) return std::nullopt;
  std::string value(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return value;
}

// A value as it is written, or the text whose DER "#0C0141" writes in hexadecimal digits (RFC 4514).
std::string read_value(std::string_view written) {
  written = trimmed(written);
  if (!written.starts_with("#") || written.size() % 2 == 0) return std::string(written);
  std::string der;
  for (std::size_t i = 1; i < written.size(); i += 2) {
    const int high = hex_value(written[i]), low = hex_value(written[i + 1]);
    if (high < 0 || low < 0) return std::string(written);
    der += static_cast<char>(high * 16 + low);
  }
  const auto value = decoded<Any>(der, d2i_ASN1_TYPE);
  const auto type = value ? ASN1_TYPE_get(value.get()) : 0;
  const bool is_text = type > 0 && (ASN1_tag2bit(type) & (B_ASN1_DIRECTORYSTRING | B_ASN1_IA5STRING)) != 0;
  return (is_text ? utf8_of(value->value.asn1_string) : std::nullopt).value_or(std::string(written));
}

// What a backslash stands in front of: an octet of two digits (RFC 4514), also behind an x (OpenSSL), or the character itself.
// Goes behind it.
char unescaped(std::string_view text, std::size_t& at) {
  const std::size_t digits = at + (text[at] == 'x' ? 1 : 0);
  const int high = digits + 1 < text.size() ? hex_value(text[digits]) : -1;
  const int low = high >= 0 ? hex_value(text[digits + 1]) : -1;
  if (low < 0) return text[at++];
  at = digits + 2;
  return static_cast<char>(high * 16 + low);
}

bool is_of_attribute_name(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || c == '.' || (lower >= 'a' && lower <= 'z');
}

// The name or object identifier of the attribute that begins here, with '=' behind it; empty where none does.
std::string_view beginning_attribute(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  std::size_t end = begin;
  while (end < text.size() && is_of_attribute_name(text[end])) ++end;
  const std::size_t sign = text.find_first_not_of(' ', end);
  return sign != std::string_view::npos && text[sign] == '=' ? text.substr(begin, end - begin) : std::string_view();
}

// "CN=a, O=b" cut at those separators behind which an attribute begins; a backslash or quotes keep one. Where an attribute that
// is known begins behind something else, nobody can say whether it does.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators, bool& is_ambiguous) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c == '\\' && at < text.size()) {
      parts.back() += unescaped(text, at);
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && separators.find(c) != std::string_view::npos && !beginning_attribute(text.substr(at)).empty()) {
      parts.emplace_back();
    } else {
      const bool may_begin = !quoted && !parts.back().empty() && !is_of_attribute_name(c) && at < text.size() && text[at] != ' ';
      const auto name = may_begin ? beginning_attribute(text.substr(at)) : std::string_view();
      if (!name.empty() && is_known(attribute_called(name))) is_ambiguous = true;
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

IssuerName IssuerName::of_text(std::string_view text) {
  IssuerName name;
  text = trimmed(text);
  if (names_nobody(text::simplified(text))) return name;
  if (text.find('=') == std::string_view::npos) {
    name.is_label = true;
    name.attributes.emplace_back("CN", compared(text));
    return name;
  }
  const bool by_slashes = text.front() == '/';
  for (const std::string& part : parts_of(text, by_slashes ? "/\n" : ",;+\n", name.is_ambiguous)) {
    const auto sign = part.find('=');
    std::string value = sign == std::string::npos ? std::string() : compared(read_value(std::string_view(part).substr(sign + 1)));
    if (!value.empty()) name.attributes.emplace_back(attribute_called(part.substr(0, sign)), std::move(value));
  }
  std::sort(name.attributes.begin(), name.attributes.end());
  return name;
}

IssuerName IssuerName::of_der(std::string_view der) {
  const std::string unreadable = "?";
  IssuerName name;
  const auto read = decoded<Name>(der, d2i_X509_NAME);
  ERR_clear_error();
  if (!read) {
    name.attributes.emplace_back(unreadable, der);
    return name;
  }
  for (int i = 0; i < X509_NAME_entry_count(read.get()); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(read.get(), i);
    constexpr std::size_t most_digits = 256;
    std::array<char, most_digits> oid{};
    OBJ_obj2txt(oid.data(), static_cast<int>(oid.size()), X509_NAME_ENTRY_get_object(entry), 1);
    const ASN1_STRING* written = X509_NAME_ENTRY_get_data(entry);
    const auto value = utf8_of(written);
    if (value) name.attributes.emplace_back(attribute_called(oid.data()), compared(*value));
    else name.attributes.emplace_back(unreadable + oid.data(), octets_of(written));
  }
  ERR_clear_error();
  std::sort(name.attributes.begin(), name.attributes.end());
  return name;
}

std::string_view IssuerName::common_name() const {
  for (const auto& [attribute, value] : attributes)
    if (attribute == "CN") return value;
  return {};
}

namespace {

// Whether both have attributes of one kind, and none in common.
bool differ_in_any(const IssuerName& a, const IssuerName& b) {
  const auto is_kind = [](const std::string& kind) { return [&kind](const auto& each) { return each.first == kind; }; };
  return std::any_of(a.attributes.begin(), a.attributes.end(), [&](const auto& each) {
    // What looks like an attribute of another kind may be a part of a value.
    if (!is_known(each.first) || std::none_of(b.attributes.begin(), b.attributes.end(), is_kind(each.first))) return false;
    return std::none_of(a.attributes.begin(), a.attributes.end(), [&](const auto& other) {
      return other.first == each.first && std::binary_search(b.attributes.begin(), b.attributes.end(), other);
    });
  });
}

// " lets encrypt r3 ": the words of a name alone.
std::string words_of(std::string_view name) {
  std::string words = " ";
  for (const char c : name) {
    const bool is_of_word = is_of_attribute_name(c) || static_cast<unsigned char>(c) >= 0x80U;
    if (is_of_word) words += c;
    else if (c != '\'' && words.back() != ' ') words += ' ';
  }
  return words.back() == ' ' ? words : words + " ";
}

// Whether a label has one of the issuer's names in it, or is a part of one.
bool mentions(std::string_view label, const IssuerName& issuer) {
  const std::string words = words_of(label);
  return std::any_of(issuer.attributes.begin(), issuer.attributes.end(), [&](const auto& each) {
    const std::string name = words_of(each.second);
    const bool is_name = each.first == "CN" || each.first == "O" || each.first == "OU";
    return is_name && (words.find(name) != std::string::npos || name.find(words) != std::string::npos);
  });
}

}  // namespace

Truth is_same(const IssuerName& written, const IssuerName& issuer) {
  if (written.is_ambiguous) return Truth::unknown;
  const std::string_view a = written.common_name();
  if (differ_in_any(written, issuer)) return written.is_label && mentions(a, issuer) ? Truth::unknown : Truth::no;
  const bool all =
      std::includes(issuer.attributes.begin(), issuer.attributes.end(), written.attributes.begin(), written.attributes.end());
  // Several issuers may have one common name.
  const bool says_enough = written.attributes == issuer.attributes || (!a.empty() && written.attributes.size() > 1);
  return all && says_enough && !written.is_empty() ? Truth::yes : Truth::unknown;
}

}  // namespace cita::evidence
