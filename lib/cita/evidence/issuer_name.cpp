#include <cita/base/text.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/digest.hpp>
#include <cita/evidence/issuer_name.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

struct AttributeName {
  std::string_view oid;   // content of its OBJECT IDENTIFIER
  std::string_view name;  // as RFC 4514 and OpenSSL write it
  std::string_view also;
};

constexpr AttributeName attribute_names[] = {
    {"\x55\x04\x03", "CN", "COMMONNAME"},
    {"\x55\x04\x0A", "O", "ORGANIZATIONNAME"},
    {"\x55\x04\x0B", "OU", "ORGANIZATIONALUNITNAME"},
    {"\x55\x04\x06", "C", "COUNTRYNAME"},
    {"\x55\x04\x07", "L", "LOCALITYNAME"},
    {"\x55\x04\x08", "ST", "S"},
    {"\x55\x04\x05", "SERIALNUMBER", "2.5.4.5"},
    {"\x55\x04\x61", "ORGANIZATIONIDENTIFIER", "2.5.4.97"},
    {"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", "EMAILADDRESS", "E"},
    {"\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", "DC", "DOMAINCOMPONENT"},
};

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

// Without what RFC 4518 does not compare: case (of ASCII alone, and beyond that what "simplified" folds) and repeated spaces.
std::string compared(std::string_view value) {
  std::string result;
  for (const char c : text::simplified(trimmed(value)))
    if (c != ' ' || (!result.empty() && result.back() != ' ')) result += c;
  return result;
}

std::string attribute_called(std::string_view name) {
  std::string wanted = upper(trimmed(name));
  for (const AttributeName& each : attribute_names)
    if (wanted == each.name || wanted == each.also) return std::string(each.name);
  return wanted;
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

// Whether an attribute begins: a name or an object identifier, and '='.
bool begins_attribute(std::string_view text) {
  const auto is_of_name = [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (c >= '0' && c <= '9') || c == '.' || (lower >= 'a' && lower <= 'z');
  };
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  std::size_t end = begin;
  while (end < text.size() && is_of_name(text[end])) ++end;
  const std::size_t sign = text.find_first_not_of(' ', end);
  return end > begin && sign != std::string_view::npos && text[sign] == '=';
}

// "CN=a, O=b" cut at those separators behind which an attribute begins; a backslash or quotes keep one.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c == '\\' && at < text.size()) parts.back() += unescaped(text, at);
    else if (c == '"') quoted = !quoted;
    else if (!quoted && separators.find(c) != std::string_view::npos && begins_attribute(text.substr(at))) parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

}  // namespace

IssuerName IssuerName::of_text(std::string_view text) {
  IssuerName name;
  text = trimmed(text);
  if (text.empty()) return name;
  if (text.find('=') == std::string_view::npos) {
    name.attributes.emplace_back("CN", compared(text));
    return name;
  }
  const bool by_slashes = text.front() == '/';
  for (const std::string& part : parts_of(text, by_slashes ? "/" : ",;+")) {
    const auto sign = part.find('=');
    if (sign != std::string::npos)
      name.attributes.emplace_back(attribute_called(part.substr(0, sign)), compared(std::string_view(part).substr(sign + 1)));
  }
  std::sort(name.attributes.begin(), name.attributes.end());
  return name;
}

IssuerName IssuerName::of_der(std::string_view der) {
  constexpr std::uint8_t set = 0x31, utf8 = 0x0C, printable = 0x13, ia5 = 0x16;
  IssuerName name;
  const auto whole = der::take(der, der::sequence);
  std::string_view relatives = whole ? whole->content : std::string_view();
  while (const auto relative = der::take(relatives, set)) {
    std::string_view pairs = relative->content;
    while (const auto pair = der::take(pairs, der::sequence)) {
      std::string_view rest = pair->content;
      const auto oid = der::take(rest, der::object_identifier);
      const auto value = der::take(rest);
      if (!oid || !value || (value->tag != utf8 && value->tag != printable && value->tag != ia5)) continue;
      for (const AttributeName& each : attribute_names)
        if (oid->content == each.oid) name.attributes.emplace_back(each.name, compared(value->content));
    }
  }
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
  const auto is_known = [](const std::string& kind) {
    return std::any_of(std::begin(attribute_names), std::end(attribute_names),
                       [&](const auto& each) { return each.name == kind; });
  };
  return std::any_of(a.attributes.begin(), a.attributes.end(), [&](const auto& each) {
    // What looks like an attribute of another kind may be a part of a value.
    if (!is_known(each.first) || std::none_of(b.attributes.begin(), b.attributes.end(), is_kind(each.first))) return false;
    return std::none_of(a.attributes.begin(), a.attributes.end(), [&](const auto& other) {
      return other.first == each.first && std::binary_search(b.attributes.begin(), b.attributes.end(), other);
    });
  });
}

}  // namespace

Truth is_same(const IssuerName& written, const IssuerName& issuer) {
  const std::string_view a = written.common_name();
  if (differ_in_any(written, issuer)) return Truth::no;
  const bool all =
      std::includes(issuer.attributes.begin(), issuer.attributes.end(), written.attributes.begin(), written.attributes.end());
  // Several issuers may have one common name.
  const bool says_enough = written == issuer || (!a.empty() && written.attributes.size() > 1);
  return all && says_enough && !written.is_empty() ? Truth::yes : Truth::unknown;
}

}  // namespace cita::evidence
