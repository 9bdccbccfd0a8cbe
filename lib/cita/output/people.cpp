#include <cita/output/markdown.hpp>
#include <cita/output/people.hpp>

#include <algorithm>

namespace cita {

namespace {

std::string_view teller(AccountKind kind) {
  switch (kind) {
    case AccountKind::ca: return "the CA";
    case AccountKind::reporter: return "the reporter";
    case AccountKind::subscriber: return "the Subscriber";
    case AccountKind::bugzilla: return "Bugzilla";
    case AccountKind::crl: return "the CRL";
    case AccountKind::ocsp: return "OCSP";
    case AccountKind::certificate_transparency: return "Certificate Transparency";
    case AccountKind::auditor: return "the auditor";
    case AccountKind::root_program: return "the root program";
    case AccountKind::press: return "the press";
    case AccountKind::other: break;
  }
  return "another account";
}

// Whose name is nobody's business without consent; the others are institutions.
bool is_private(AccountKind kind) {
  return kind == AccountKind::reporter || kind == AccountKind::subscriber || kind == AccountKind::other;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// Letters of other alphabets count as parts of a word.
bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t space_at(std::string_view text, std::size_t at) {
  constexpr std::string_view no_break = "\xC2\xA0";
  if (at >= text.size()) return 0;
  if (text[at] == ' ' || text[at] == '\n') return 1;
  return text.substr(at).starts_with(no_break) ? no_break.size() : 0;
}

// Where a name that begins at an offset ends, whatever space lies between its words; 0 when it does not stand there.
std::size_t name_end(std::string_view text, std::size_t at, const std::vector<std::string>& words) {
  if (at > 0 && in_word(text[at - 1]) && in_word(text[at]) && (at < 2 || space_at(text, at - 2) != 2)) return 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t begin = at;
    while (i > 0 && space_at(text, at) > 0) at += space_at(text, at);
    if ((i > 0 && at == begin) || !text.substr(at).starts_with(words[i])) return 0;
    at += words[i].size();
  }
  return at < text.size() && in_word(text[at]) && space_at(text, at) == 0 ? 0 : at;
}

}  // namespace

std::string_view called(Addressee addressee) {
  switch (addressee) {
    case Addressee::reporter: return teller(AccountKind::reporter);
    case Addressee::subscriber: return teller(AccountKind::subscriber);
    case Addressee::root_program: return teller(AccountKind::root_program);
    case Addressee::everybody: break;
  }
  return "everybody";
}

People::People(const Incident& incident) {
  const auto& accounts = incident.accounts;
  const auto is_named = [](const Account& account) { return account.consent && !account.person.empty(); };
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Account& account = accounts[i];
    const auto alike = [&](const Account& other) { return other.kind == account.kind && !is_named(other); };
    const auto count = [&](std::size_t end) {
      return std::count_if(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(end), alike);
    };
    std::string name = is_named(account) ? markdown::one_line(account.person) : std::string(teller(account.kind));
    if (!is_named(account) && count(accounts.size()) > 1) name += " (" + std::to_string(count(i + 1)) + ")";
    called_.push_back(std::move(name));

    const std::string person = markdown::one_line(account.person);
    const bool agreed = std::any_of(accounts.begin(), accounts.end(), [&](const Account& other) {
      return other.consent && lower(markdown::one_line(other.person)) == lower(person);
    });
    if (!person.empty() && is_private(account.kind) && !agreed)
      secrets_.push_back({static_cast<int>(i), words_of(lower(person)), std::string(teller(account.kind))});
  }
}

std::string People::without_names(std::string text) {
  for (const Secret& secret : secrets_) {
    const std::string lowered = lower(text);
    std::string result;
    std::size_t taken = 0;
    for (std::size_t at = lowered.find(secret.words.front()); at != std::string::npos;
         at = lowered.find(secret.words.front(), at)) {
      const std::size_t end = name_end(lowered, at, secret.words);
      if (end == 0) {
        ++at;
        continue;
      }
      result.append(text, taken, at - taken).append(secret.instead);
      taken = at = end;
    }
    if (taken == 0) continue;
    text = result.append(text, taken);
    if (std::find(found_.begin(), found_.end(), secret.account) == found_.end()) found_.push_back(secret.account);
  }
  std::sort(found_.begin(), found_.end());
  return text;
}

}  // namespace cita
