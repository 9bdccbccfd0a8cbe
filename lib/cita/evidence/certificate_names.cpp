#include <cita/evidence/certificate_names.hpp>
#include <cita/evidence/hash_text.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

constexpr std::size_t fewest_serial_digits = 16;

std::string without_colons(std::string_view word) {
  if (word.starts_with("0x") || word.starts_with("0X")) word.remove_prefix(2);
  std::string digits(word);
  std::erase(digits, ':');
  return digits;
}

std::optional<Digest> digest_in(std::string_view word) {
  Digest digest;
  return read_digest(without_colons(word), digest) ? std::optional(digest) : std::nullopt;
}

std::optional<Serial> serial_in(std::string_view word) {
  std::string digits = without_colons(word);
  // Digits alone may be a number in decimal.
  const bool is_decimal = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_decimal || !is_hex(digits) || digits.size() < fewest_serial_digits || digits.size() > 2 * Serial::most_octets)
    return std::nullopt;
  if (digits.size() % 2 != 0) digits.insert(digits.begin(), '0');
  Serial serial;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto octet = static_cast<std::uint8_t>(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
    if (serial.size > 0 || octet != 0) serial.octets[serial.size++] = octet;
  }
  return serial;
}

// The serial number that a link names. Its other numbers are of something else: a key, an SHA-1 hash.
std::optional<Serial> serial_in_link(std::string_view link) {
  constexpr std::string_view name = "serial=";
  link = link.substr(0, link.find('#'));
  for (std::size_t at = link.find('?'); at != std::string_view::npos; at = link.find('&', at + 1)) {
    const std::string_view parameter = link.substr(at + 1, link.find('&', at + 1) - at - 1);
    if (parameter.starts_with(name)) return serial_in(parameter.substr(name.size()));
  }
  return std::nullopt;
}

// Whether a word names a certificate; puts the name to the others.
bool add_name(std::string_view word, CertificateNames& names) {
  std::optional<Digest> digest;
  std::optional<Serial> serial;
  if (is_link(word)) {
    digest = hash_in(word).digest;
    if (!digest) serial = serial_in_link(word);
  } else {
    const auto sign = word.find('=');
    const std::string_view what = sign == std::string_view::npos ? std::string_view() : word.substr(0, sign);
    const std::string_view value = word.substr(sign == std::string_view::npos ? 0 : sign + 1);
    if (what.empty() || what == "sha256") digest = digest_in(value);
    if (what.empty() || what == "serial") serial = serial_in(value);
  }
  if (digest) names.digests.push_back(*digest);
  else if (serial) names.serials.push_back(*serial);
  return digest || serial;
}

}  // namespace

bool CertificateNames::has(const ListRow& row, const std::optional<Digest>& precertificate) const {
  const auto is_named = [this](const std::optional<Digest>& digest) {
    return digest && std::find(digests.begin(), digests.end(), *digest) != digests.end();
  };
  return is_named(row.digest) || (row.serial && std::find(serials.begin(), serials.end(), *row.serial) != serials.end()) ||
         is_named(precertificate);
}

std::optional<Digest> precertificate_of(const ListRow& row) {
  const bool has_both = row.has_certificate && row.has_precertificate;
  return has_both ? hash_in(row.text(Column::precertificate_hash)).digest : std::nullopt;
}

CertificateNames names_in(std::string_view text, bool& all) {
  constexpr std::string_view between = " \t\r\n,;|\"'()[]<>";
  CertificateNames names;
  for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos; at = text.find_first_not_of(between, at)) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end;
    if (add_name(word, names)) continue;
    all = false;
    if (word.find("crt.sh") != std::string_view::npos) names.ids.emplace_back(word);
  }
  return names;
}

}  // namespace cita::evidence
