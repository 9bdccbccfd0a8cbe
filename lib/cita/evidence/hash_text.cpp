#include <cita/evidence/hash_text.hpp>

#include <algorithm>
#include <vector>

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

// Hands over the hashes by which a link names certificates. A key or a subject has one, too: spkisha256, subjectsha256.
template <class Take>
void take_hashes(std::string_view link, const Take& take) {
  std::string_view parameters = link.substr(0, link.find('#'));
  while (!parameters.empty()) {
    std::string_view parameter = parameters.substr(0, parameters.find('&'));
    parameters.remove_prefix(std::min(parameter.size() + 1, parameters.size()));
    const bool names_certificate = skip(parameter, "sha256=") || skip(parameter, "q=");
    if (names_certificate && run_of(parameter) == parameter && digits_of(parameter).size() == digest_digits) take(parameter);
  }
}

std::string_view hash_in_link(std::string_view link) {
  std::string_view first;
  take_hashes(link, [&first](std::string_view hash) { first = first.empty() ? hash : first; });
  return first;
}

std::string_view link_in(std::string_view behind_host) { return behind_host.substr(0, behind_host.find_first_of(ends_link)); }

// How many certificates a text names, by hashes or links, beside one.
std::size_t named_beside(std::string_view text, const std::optional<Digest>& known) {
  std::vector<Digest> named;
  const auto add = [&named](std::string_view run) {
    const std::string digits = digits_of(run);
    if (digits.size() % digest_digits != 0) return;
    for (std::size_t at = 0; at < digits.size(); at += digest_digits)
      read_digest(std::string_view(digits).substr(at, digest_digits), named.emplace_back());
  };
  while (!text.empty()) {
    if (const auto parameters = behind_host(text)) {
      const std::string_view link = link_in(*parameters);
      take_hashes(link, add);
      text = parameters->substr(link.size());
    } else {
      const std::string_view run = run_of(text);
      add(run);
      text.remove_prefix(std::max<std::size_t>(run.size(), 1));
    }
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named.size() - (known && std::binary_search(named.begin(), named.end(), *known) ? 1 : 0);
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
  const std::string_view digits = parameters ? hash_in_link(link_in(*parameters)) : run_of(start);
  const std::string_view rest =
      digits.empty() ? text : text.substr(static_cast<std::size_t>(digits.data() - text.data()) + digits.size());
  if (!read_digest(digits_of(digits), digest) || (!rest.empty() && is_digit_or_letter(rest.front()))) {
    hash.further = std::max<std::size_t>(named_beside(text, {}), 1) - 1;
    return hash;
  }
  hash.digest = digest;
  hash.is_alone = parameters.has_value() && rest.find_first_of(ends_link) == std::string_view::npos;
  if (!rest.empty()) hash.further = named_beside(text, digest);
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
