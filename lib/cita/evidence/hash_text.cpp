#include <cita/evidence/hash_text.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

constexpr std::size_t digest_digits = 64;
constexpr std::string_view ends_link = " \t\r\n,;|\"'()[]<>";

bool is_of_hash(char c) { return hex_value(c) >= 0 || c == ':'; }
bool is_digit_or_letter(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

// The digits and colons that a text begins with.
std::string_view run_of(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_of_hash) - text.begin()));
}

std::size_t hashes_in(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::string_view run = run_of(text);
    const auto digits = run.size() - static_cast<std::size_t>(std::count(run.begin(), run.end(), ':'));
    if (digits % digest_digits == 0) count += digits / digest_digits;
    text.remove_prefix(std::max<std::size_t>(run.size(), 1));
  }
  return count;
}

bool skip(std::string_view& text, std::string_view beginning) {
  const bool begins = text.size() >= beginning.size() &&
                      std::equal(beginning.begin(), beginning.end(), text.begin(),
                                 [](char wanted, char c) { return (c >= 'A' && c <= 'Z' ? c | 0x20 : c) == wanted; });
  if (begins) text.remove_prefix(beginning.size());
  return begins;
}

// What stands behind "https://crt.sh/?"; nothing for any other text.
std::optional<std::string_view> behind_host(std::string_view text) {
  if (!skip(text, "https://")) skip(text, "http://");
  skip(text, "www.");
  return skip(text, "crt.sh/?") ? std::optional(text) : std::nullopt;
}

// The hash by which a link names a certificate. A key or a subject has one, too: spkisha256, subjectsha256.
std::string_view hash_in_link(std::string_view parameters) {
  parameters = parameters.substr(0, parameters.find_first_of(ends_link));
  parameters = parameters.substr(0, parameters.find('#'));
  while (!parameters.empty()) {
    std::string_view parameter = parameters.substr(0, parameters.find('&'));
    parameters.remove_prefix(std::min(parameter.size() + 1, parameters.size()));
    if ((skip(parameter, "sha256=") || skip(parameter, "q=")) && hashes_in(parameter) == 1 && run_of(parameter) == parameter)
      return parameter;
  }
  return {};
}

}  // namespace

HashText hash_in(std::string_view text) {
  HashText hash;
  Digest digest;
  if (read_digest(text, digest)) return {digest, true, 0};
  // Nearly all links are written so.
  constexpr std::string_view usual_link = "https://crt.sh/?sha256=";
  if (text.starts_with(usual_link) && read_digest(text.substr(usual_link.size()), digest)) return {digest, true, 0};
  const auto parameters = behind_host(text);
  if (!parameters && read_digest(digits_of(text), digest)) return {digest, false, 0};
  std::string_view start = text;
  if (!parameters) skip(start, "0x");
  const std::string_view digits = parameters ? hash_in_link(*parameters) : run_of(start);
  const std::string_view rest =
      digits.empty() ? text : text.substr(static_cast<std::size_t>(digits.data() - text.data()) + digits.size());
  if (!read_digest(digits_of(digits), digest) || (!rest.empty() && is_digit_or_letter(rest.front()))) {
    hash.further = std::max<std::size_t>(hashes_in(text), 1) - 1;
    return hash;
  }
  hash.digest = digest;
  hash.is_alone = parameters.has_value() && rest.find_first_of(ends_link) == std::string_view::npos;
  hash.further = hashes_in(rest);
  return hash;
}

bool is_link(std::string_view text) { return behind_host(text).has_value(); }

bool is_all_hashes(std::string_view text) {
  const auto may_stand_there = [](char c) {
    return is_of_hash(c) || std::string_view(" \t,;|-xX").find(c) != std::string_view::npos;
  };
  return std::all_of(text.begin(), text.end(), may_stand_there) && hash_in(text).digest.has_value();
}

}  // namespace cita::evidence
