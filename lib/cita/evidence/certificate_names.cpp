#include <cita/evidence/certificate_names.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

constexpr std::size_t fewest_serial_digits = 16;

}  // namespace

bool CertificateNames::has(const ListRow& row) const {
  const auto is_named = [this](const std::optional<Digest>& digest) {
    return digest && std::find(digests.begin(), digests.end(), *digest) != digests.end();
  };
  return is_named(row.digest) || (row.serial && std::find(serials.begin(), serials.end(), *row.serial) != serials.end()) ||
         (!digests.empty() && is_named(precertificate_of(row)));
}

std::optional<Digest> precertificate_of(const ListRow& row) {
  Digest digest;
  const bool has_both = row.has_certificate && row.has_precertificate;
  if (!has_both || !read_digest(digits_of(row.text(Column::precertificate_hash)), digest)) return std::nullopt;
  return digest;
}

CertificateNames names_in(std::string_view text, bool& all) {
  constexpr std::string_view between = " \t\r\n,;\"'()";
  CertificateNames names;
  for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos; at = text.find_first_not_of(between, at)) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    std::string_view word = whole;
    at = end;
    if (const auto sign = word.rfind('='); sign != std::string_view::npos) word.remove_prefix(sign + 1);
    std::string digits;
    for (const char c : word.starts_with("0x") || word.starts_with("0X") ? word.substr(2) : word)
      if (c != ':') digits += c;
    Digest digest;
    if (read_digest(digits, digest)) {
      names.digests.push_back(digest);
      continue;
    }
    // Digits alone may be a number in decimal.
    const bool is_decimal = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_decimal || !is_hex(digits) || digits.size() < fewest_serial_digits || digits.size() > 2 * Serial::most_octets) {
      all = false;
      if (whole.find("crt.sh") != std::string_view::npos) names.ids.emplace_back(whole);
      continue;
    }
    if (digits.size() % 2 != 0) digits.insert(digits.begin(), '0');
    Serial serial;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      const auto octet = static_cast<std::uint8_t>(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
      if (serial.size > 0 || octet != 0) serial.octets[serial.size++] = octet;
    }
    names.serials.push_back(serial);
  }
  return names;
}

}  // namespace cita::evidence
