#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/keyed_hash.hpp>
#include <cita/evidence/pem.hpp>
#include <cita/evidence/sha256.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <tuple>

namespace cita::evidence {

namespace {

struct ProblemTexts {
  std::string_view code, text;
};
constexpr ProblemTexts problem_texts[] = {
    {"not-a-crl", "the file is neither DER nor PEM of a CRL"},
    {"broken-crl", "it begins as a CRL, and then a part of it has a wrong length, or does not belong there"},
    {"algorithms-differ", "the signed part names another signature algorithm than the list"},
    {"cut-short", "the list cannot be read any further, so what is missing in it may be listed all the same"},
    {"bad-entry", "the entry is not what RFC 5280 asks for, and is not read"},
    {"negative-serial", "the serial number is negative, so nobody can say which row of a list is its certificate's"},
    {"long-serial", "the serial number is longer than 20 octets"},
    {"padded-serial", "the serial number is not in its shortest form"},
    {"duplicate-entry", "the serial number is listed before; where the entries differ, nothing follows from them"},
    {"bad-time", "the time is not one that RFC 5280 allows, and the entry is not read"},
    {"time-form",
     "a year before 2050 is written as GeneralizedTime, where RFC 5280 asks for UTCTime; the time is read all the same"},
    {"future-date", "the revocation date is later than the list itself"},
    {"bad-reason", "the reason code is none of RFC 5280, so nobody can say for which reason it was revoked"},
    {"explicit-unspecified", "reason code 0 is written, which is to be left out"},
    {"other-issuer", "the entry is or may be of another issuer than the list, so nothing follows from it"},
    {"bad-extension", "an extension of the list cannot be read, so it may cover some certificates alone"},
    {"critical-extension", "a critical extension of the list is not known, so RFC 5280 forbids to use it"},
    {"critical-entry-extension", "a critical extension of an entry is not known, so RFC 5280 forbids to use the list"},
    {"trailing-bytes", "something follows the list"},
};
static_assert(std::size(problem_texts) == static_cast<std::size_t>(CrlProblem::trailing_bytes) + 1);

int two_digits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -100; };
  return digit(at) * 10 + digit(at + 1);
}

struct Extension {
  std::string_view name, value;  // content of its OBJECT IDENTIFIER and of its OCTET STRING
  bool is_critical = false;
};

// Nothing where it is none.
std::optional<Extension> take_extension(std::string_view& from) {
  const auto whole = der::take(from, der::sequence);
  std::string_view rest = whole ? whole->content : std::string_view();
  const auto name = der::take(rest, der::object_identifier);
  const auto critical = der::take(rest, der::boolean);
  const auto value = der::take(rest, der::octet_string);
  if (!name || !value || !rest.empty()) return std::nullopt;
  return Extension{name->content, value->content, critical && critical->content != std::string_view("\0", 1)};
}

enum class EntryFault : std::uint8_t { none, malformed, time };

struct ReadEntry {
  CrlEntry entry;
  EntryFault fault = EntryFault::none;
  bool time_form = false;
  bool unspecified = false;
  bool unknown_critical = false;
  std::optional<std::string_view> issuer;  // who issued the certificate, as the extension's value
};

std::optional<CrlReason> reason_of(char number) {
  constexpr unsigned char unused = 7;
  const auto value = static_cast<unsigned char>(number);
  if (value > static_cast<unsigned>(CrlReason::aa_compromise) || value == unused) return std::nullopt;
  return static_cast<CrlReason>(value);
}

// Of two reasons in one entry nobody can say which it is.
void read_reason(std::string_view value, ReadEntry& read) {
  CrlEntry& entry = read.entry;
  const auto reason = evidence::reason_of(value);
  read.unspecified = reason == CrlReason::unspecified;
  entry.is_reason_unread = entry.is_reason_unread || entry.reason || !reason;
  entry.reason = entry.is_reason_unread ? std::nullopt : reason;
}

void read_extension(const Extension& extension, ReadEntry& read) {
  constexpr std::string_view reason_code = "\x55\x1D\x15", hold_instruction = "\x55\x1D\x17", invalidity_date = "\x55\x1D\x18",
                             certificate_issuer = "\x55\x1D\x1D";
  if (extension.name == reason_code) {
    read_reason(extension.value, read);
  } else if (extension.name == certificate_issuer) {
    read.issuer = extension.value;
  } else if (extension.name == invalidity_date) {
    std::string_view rest = extension.value;
    if (const auto time = der::take(rest, der::generalized_time)) read.entry.invalid_from = time_of(time->tag, time->content);
  } else if (extension.is_critical && extension.name != hold_instruction) {
    read.unknown_critical = true;
  }
}

// Until 2049 times are to be written as UTCTime. One that is not says as certainly when it was.
bool is_wrong_form(const der::Value& time, Instant instant) {
  static const Instant from_2050 = *instant_of(2050, 1, 1, 0, 0, 0);
  return time.tag == der::generalized_time && instant < from_2050;
}

// The shape that nearly all entries have: a short serial number, a UTCTime, and nothing or a reason code. False for all others,
// whatever stands in the entry then.
bool read_usual_entry(std::string_view content, CrlEntry& entry) {
  constexpr std::string_view reason_in_front("\x30\x0C\x30\x0A\x06\x03\x55\x1D\x15\x04\x03\x0A\x01", 13);
  constexpr std::size_t time_size = 15;
  if (content.size() < 2 || content[0] != der::integer) return false;
  const std::size_t size = static_cast<unsigned char>(content[1]), rest = 2 + size + time_size;
  if (size == 0 || size >= 0x80U || content.size() < rest) return false;
  const char* time = content.data() + 2 + size;
  if (time[0] != der::utc_time || time[1] != time_size - 2) return false;
  const auto revoked = utc_time_instant({time + 2, time_size - 2});
  if (!revoked) return false;
  entry.serial = content.substr(2, size);
  entry.revoked = *revoked;
  if (content.size() == rest) return true;
  if (content.size() != rest + reason_in_front.size() + 1) return false;
  if (std::memcmp(content.data() + rest, reason_in_front.data(), reason_in_front.size()) != 0) return false;
  entry.reason = reason_of(content.back());
  return entry.reason && entry.reason != CrlReason::unspecified;
}

// The content of an entry's SEQUENCE, of any shape.
ReadEntry read_any_entry(std::string_view rest) {
  ReadEntry read;
  const auto serial = der::take(rest, der::integer);
  if (!serial || serial->content.empty()) {
    read.fault = EntryFault::malformed;
    return read;
  }
  read.entry.serial = serial->content;
  const auto time = der::take(rest);
  const auto revoked = time ? time_of(time->tag, time->content) : std::nullopt;
  if (!revoked) {
    read.fault = time ? EntryFault::time : EntryFault::malformed;
  } else {
    read.entry.revoked = *revoked;
    read.time_form = is_wrong_form(*time, *revoked);
  }
  if (rest.empty()) return read;
  const auto extensions = der::take(rest, der::sequence);
  bool good = extensions && rest.empty() && !extensions->content.empty();
  for (std::string_view left = good ? extensions->content : std::string_view(); good && !left.empty();) {
    const auto extension = take_extension(left);
    good = extension.has_value();
    if (good) read_extension(*extension, read);
  }
  if (!good) read.fault = EntryFault::malformed;
  return read;
}

ReadEntry read_entry(const der::Value& entry) {
  ReadEntry read;
  if (entry.tag != der::sequence) read.fault = EntryFault::malformed;
  else if (!read_usual_entry(entry.content, read.entry)) read = read_any_entry(entry.content);
  return read;
}

// The keyIdentifier of an AuthorityKeyIdentifier.
std::string key_of(std::string_view value) {
  constexpr std::uint8_t key_identifier = 0x80;
  const auto identifier = der::take(value, der::sequence);
  std::string_view parts = identifier ? identifier->content : std::string_view();
  const auto key = der::take(parts, key_identifier);
  return key ? std::string(key->content) : std::string();
}

void read_distribution_point(std::string_view value, CrlScope& scope) {
  constexpr std::uint8_t some_reasons = 0x83, indirect = 0x84;
  const auto whole = der::take(value, der::sequence);
  std::string_view parts = whole ? whole->content : std::string_view();
  while (const auto part = der::take(parts)) {
    scope.is_of_some_reasons = scope.is_of_some_reasons || part->tag == some_reasons;
    scope.is_indirect = scope.is_indirect || part->tag == indirect;
  }
  if (!whole || !value.empty() || !parts.empty()) scope.is_readable = false;
}

// The content of a list's field of extensions.
CrlScope scope_in(std::string_view field) {
  constexpr std::string_view distribution_point = "\x55\x1D\x1C", delta = "\x55\x1D\x1B", authority_key = "\x55\x1D\x23";
  constexpr std::string_view others[] = {"\x55\x1D\x12", "\x55\x1D\x14", "\x55\x1D\x2E", "\x2B\x06\x01\x05\x05\x07\x01\x01"};
  CrlScope scope;
  const auto list = der::take(field, der::sequence);
  std::string_view left = list ? list->content : std::string_view();
  while (!left.empty()) {
    const auto extension = take_extension(left);
    scope.is_readable = scope.is_readable && extension;
    if (!extension) break;
    if (extension->name == distribution_point) {
      scope.distribution_point += extension->value;
      read_distribution_point(extension->value, scope);
    } else if (extension->name == delta) {
      scope.is_delta = true;
    } else if (extension->name == authority_key) {
      scope.key = key_of(extension->value);
    } else if (extension->is_critical && std::find(std::begin(others), std::end(others), extension->name) == std::end(others)) {
      scope.is_known = false;
    }
  }
  scope.is_readable = scope.is_readable && list && field.empty();
  return scope;
}

// Takes off what is the outline of a CRL's signed part. There is an issuer in it where it begins as one; false where something
// is left, or missing.
bool read_signed_part(std::string_view& rest, CrlOutline& outline, std::string_view& algorithm_of_part, bool& time_form) {
  der::take(rest, der::integer);
  const auto algorithm = der::take(rest, der::sequence);
  const auto issuer = der::take(rest, der::sequence);
  const auto this_update = der::take(rest);
  if (!algorithm || !issuer || !this_update) return false;
  const auto from = time_of(this_update->tag, this_update->content);
  if (!from) return false;
  algorithm_of_part = algorithm->whole;
  outline.issuer = issuer->whole;
  outline.this_update = *from;
  time_form = is_wrong_form(*this_update, *from);
  for (const std::uint8_t tag : {der::utc_time, der::generalized_time})
    if (const auto next = der::take(rest, tag)) {
      outline.next_update = time_of(next->tag, next->content);
      time_form = time_form || (outline.next_update && is_wrong_form(*next, *outline.next_update));
      break;
    }
  if (const auto entries = der::take(rest, der::sequence)) outline.entries = entries->content;
  constexpr std::uint8_t extensions = 0xA0;
  if (const auto field = der::take(rest, extensions)) outline.scope = scope_in(field->content);
  return rest.empty();
}

bool is_negative(std::string_view serial) { return static_cast<unsigned char>(serial.front()) >= 0x80U; }

bool is_same_number(std::string_view serial, std::string_view other) {
  return magnitude_of(serial) == magnitude_of(other) && is_negative(serial) == is_negative(other);
}

// Whether GeneralNames name this issuer, and no other.
Truth names_issuer(std::string_view names, const IssuerName& issuer) {
  constexpr std::uint8_t directory_name = 0xA4;
  const auto all = der::take(names, der::sequence);
  std::string_view rest = all ? all->content : std::string_view();
  std::size_t named = 0, own = 0;
  while (const auto name = der::take(rest)) {
    ++named;
    own += name->tag == directory_name && IssuerName::of_der(name->content) == issuer ? 1 : 0;
  }
  if (!all || !rest.empty() || (own > 0 && own < named)) return Truth::unknown;
  return own > 0 ? Truth::yes : Truth::no;
}

}  // namespace

std::string_view code(CrlProblem problem) { return problem_texts[static_cast<std::size_t>(problem)].code; }
std::string_view text(CrlProblem problem) { return problem_texts[static_cast<std::size_t>(problem)].text; }

std::string place_text(const CrlFault& fault) {
  const std::string entry = fault.entry > 0 ? "entry " + std::to_string(fault.entry) : "";
  return fault.offset == 0 ? entry
                           : entry + (entry.empty() ? "" : ", ") + "at offset " + std::to_string(fault.offset) + " of the DER";
}

void CrlProblems::add(CrlProblem problem, std::uint64_t entry, std::uint64_t offset) {
  if (counts_[static_cast<std::size_t>(problem)]++ < most_kept_) kept_.push_back({problem, entry, offset});
}

std::string_view magnitude_of(std::string_view integer) {
  while (!integer.empty() && integer.front() == '\0') integer.remove_prefix(1);
  return integer;
}

std::optional<CrlReason> reason_of(std::string_view code) {
  const auto number = der::take(code, der::enumerated);
  return number && number->content.size() == 1 && code.empty() ? reason_of(number->content.front()) : std::nullopt;
}

std::optional<Instant> time_of(std::uint8_t tag, std::string_view content) {
  constexpr std::size_t generalized_size = 15;
  if (tag == der::utc_time) return utc_time_instant(content);
  if (tag != der::generalized_time || content.size() != generalized_size || content.back() != 'Z') return std::nullopt;
  int parts[7];
  for (std::size_t i = 0; i < 7; ++i) {
    parts[i] = two_digits(content, 2 * i);
    if (parts[i] < 0) return std::nullopt;
  }
  return instant_of(parts[0] * 100 + parts[1], static_cast<unsigned>(parts[2]), static_cast<unsigned>(parts[3]),
                    static_cast<unsigned>(parts[4]), static_cast<unsigned>(parts[5]), static_cast<unsigned>(parts[6]));
}

bool is_before(const CrlOutline& a, const CrlOutline& b) {
  return std::tie(a.this_update, a.signed_part) < std::tie(b.this_update, b.signed_part);
}

std::optional<Crl> Crl::open(std::string bytes, CrlProblems& problems) {
  if (begins_pem(bytes)) bytes = from_pem(bytes, "X509 CRL").value_or("");
  Crl crl;
  crl.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  std::string_view rest = *crl.bytes_;
  CrlOutline& outline = crl.outline_;
  const auto list = der::take(rest, der::sequence);
  std::string_view inside = list ? list->content : std::string_view();
  const auto part = der::take(inside, der::sequence);
  std::string_view part_left = part ? part->content : std::string_view(), algorithm_of_part;
  bool time_form = false;
  const bool is_part = read_signed_part(part_left, outline, algorithm_of_part, time_form);
  const auto algorithm = der::take(inside, der::sequence);
  const std::string_view from_signature = inside;
  const auto signature = der::take(inside, der::bit_string);
  const bool is_signed =
      algorithm && signature && inside.empty() && !signature->content.empty() && signature->content.front() == '\0';
  const bool is_too_large = crl.bytes_->size() >= std::numeric_limits<std::uint32_t>::max();
  if (is_too_large || outline.issuer.empty()) {
    problems.add(CrlProblem::not_a_crl, 0, 0);
    return std::nullopt;
  }
  if (!is_part || !is_signed) {
    const char* at = is_part ? from_signature.data() : part_left.data();
    problems.add(CrlProblem::broken_crl, 0, static_cast<std::uint64_t>(at - crl.bytes_->data()));
    return std::nullopt;
  }
  outline.signed_part = part->whole;
  outline.algorithm = algorithm->whole;
  outline.signature = signature->content.substr(1);
  if (algorithm_of_part != outline.algorithm) problems.add(CrlProblem::algorithms_differ, 0, 0);
  if (time_form) problems.add(CrlProblem::time_form, 0, 0);
  if (!outline.scope.is_readable) problems.add(CrlProblem::bad_extension, 0, 0);
  if (!outline.scope.is_known) problems.add(CrlProblem::critical_extension, 0, 0);
  crl.usable_ = outline.scope.is_known;
  crl.is_followed_ = !rest.empty();
  if (crl.is_followed_) problems.add(CrlProblem::trailing_bytes, 0, crl.bytes_->size() - rest.size());
  return crl;
}

// An entry that was read, before it has its slot.
struct Crl::Pending {
  std::string_view serial;
  std::uint64_t hash, number;
  std::uint32_t offset;
};

void Crl::index(CrlProblems& problems) {
  // No entry is shorter than this: a serial number of one octet and a UTCTime. So no claim makes more room than there are bytes.
  constexpr std::size_t shortest_entry = 20, most_steps = 256;
  std::string_view rest = outline_.entries;
  const auto first = der::take(rest, der::sequence);
  const std::size_t size = std::max(shortest_entry, first ? first->whole.size() : 0);
  // As many slots as there may be entries like the first, twice.
  std::size_t slots = std::bit_ceil(2 * (outline_.entries.size() / size + 1));
  const CrlProblems before = problems;
  key_ = usual_hash_key;
  most_steps_ = most_steps;
  while (true) {
    slots_ = {};
    slots_.reserve(slots);
    use_large_pages(slots_.data(), slots * sizeof(Slot));
    slots_.resize(slots);
    const Filling filling = fill(problems);
    std::sort(contradicted_.begin(), contradicted_.end());
    if (filling == Filling::done) return;
    problems = before;
    if (filling == Filling::full) {
      slots *= 2;
      continue;
    }
    // Serial numbers are crowded like this by who knows the hash. Another one follows from all of them, so nobody can choose
    // both.
    const Digest digest = sha256(outline_.entries);
    std::memcpy(key_.data(), digest.data(), sizeof key_);
    key_[0] |= 1U;
    key_[1] |= 1U;
    most_steps_ = slots;
  }
}

Crl::Filling Crl::fill(CrlProblems& problems) {
  constexpr std::size_t batch = 64;
  std::vector<Pending> pending;
  pending.reserve(batch);
  entries_ = 0;
  complete_ = true;
  last_revocation_ = open_past;
  foreign_.clear();
  contradicted_.clear();
  std::size_t placed = 0;
  const IssuerName own = IssuerName::of_der(outline_.issuer);
  const Instant last_possible = outline_.this_update + most_set_back;
  Truth is_own = Truth::yes;
  std::string_view rest = outline_.entries;
  const char* const start = bytes_->data();
  while (!rest.empty()) {
    ++entries_;
    const auto offset = static_cast<std::uint32_t>(rest.data() - start);
    const auto entry = der::take(rest);
    if (!entry) {
      problems.add(CrlProblem::cut_short, entries_, offset);
      --entries_;
      complete_ = false;
      break;
    }
    ReadEntry read = read_entry(*entry);
    // Who issued an entry's certificate issued those of the entries that follow, too (RFC 5280 5.3.3), of an indirect list.
    const bool is_indirect = outline_.scope.is_indirect;
    if (read.issuer) is_own = names_issuer(*read.issuer, own);
    else if (is_indirect && read.fault == EntryFault::malformed) is_own = Truth::unknown;
    if (read.time_form) problems.add(CrlProblem::time_form, entries_, offset);
    if (read.entry.revoked > outline_.this_update) problems.add(CrlProblem::future_date, entries_, offset);
    if (read.entry.is_reason_unread) problems.add(CrlProblem::bad_reason, entries_, offset);
    if (read.unspecified) problems.add(CrlProblem::explicit_unspecified, entries_, offset);
    if (is_own != Truth::yes) problems.add(CrlProblem::other_issuer, entries_, offset);
    if (read.unknown_critical) {
      problems.add(CrlProblem::critical_entry_extension, entries_, offset);
      usable_ = false;
    }
    if (is_indirect && is_own == Truth::no) continue;
    if (read.fault != EntryFault::none) {
      problems.add(read.fault == EntryFault::time ? CrlProblem::bad_time : CrlProblem::bad_entry, entries_, offset);
      // Which certificate it was about may not be known, so none is surely unlisted.
      complete_ = false;
      continue;
    }
    if (read.entry.revoked <= last_possible) last_revocation_ = std::max(last_revocation_, read.entry.revoked);
    const std::string_view serial = read.entry.serial, magnitude = magnitude_of(serial);
    const auto first = static_cast<unsigned char>(serial.front());
    const auto second = serial.size() > 1 ? static_cast<unsigned char>(serial[1]) : 0U;
    if (is_own != Truth::yes) foreign_.push_back(offset);
    // Whose it is nobody can say, so none is surely unlisted.
    if (first >= 0x80U) problems.add(CrlProblem::negative_serial, entries_, offset), complete_ = false;
    if (serial.size() > 1 && ((first == 0 && second < 0x80U) || (first == 0xFFU && second >= 0x80U)))
      problems.add(CrlProblem::padded_serial, entries_, offset);
    if (magnitude.size() > Serial::most_octets) problems.add(CrlProblem::long_serial, entries_, offset);
    // The slots lie anywhere in memory: they are fetched while more entries are read.
    if (++placed > slots_.size() / 2) return Filling::full;
    pending.push_back({serial, keyed_hash(magnitude, key_), entries_, offset});
    __builtin_prefetch(&slots_[pending.back().hash & (slots_.size() - 1)], 1);
    if (pending.size() == batch && insert_all(pending, problems) == Filling::crowded) return Filling::crowded;
  }
  return insert_all(pending, problems);
}

Crl::Filling Crl::insert_all(std::vector<Pending>& pending, CrlProblems& problems) {
  for (const Pending& entry : pending) {
    const Inserted inserted = insert(entry);
    if (inserted == Inserted::crowded) return Filling::crowded;
    if (inserted == Inserted::twice) problems.add(CrlProblem::duplicate, entry.number, entry.offset);
  }
  pending.clear();
  return Filling::done;
}

std::optional<Crl> Crl::read(std::string bytes, CrlProblems& problems) {
  auto crl = open(std::move(bytes), problems);
  if (crl) crl->index(problems);
  return crl;
}

Crl::Inserted Crl::insert(const Pending& entry) {
  const auto mark = static_cast<std::uint32_t>(entry.hash >> 32U);
  for (std::size_t i = entry.hash, steps = 0; steps <= most_steps_; ++i, ++steps) {
    Slot& slot = slots_[i & (slots_.size() - 1)];
    if (slot.end == 0) {
      slot = {mark, entry.offset + 1};
      return Inserted::yes;
    }
    if (slot.mark != mark) continue;
    const CrlEntry before = entry_at(slot.end - 1);
    if (!is_same_number(before.serial, entry.serial)) continue;
    // An entry that is surely of the list's issuer counts, whichever comes first.
    const bool was_foreign = is_foreign(slot.end - 1);
    if (was_foreign != is_foreign(entry.offset)) {
      if (was_foreign) slot.end = entry.offset + 1;
      return Inserted::yes;
    }
    const CrlEntry again = entry_at(entry.offset);
    const auto told = [](const CrlEntry& of) { return std::tie(of.revoked, of.reason, of.is_reason_unread); };
    if (told(before) != told(again)) contradicted_.push_back(slot.end - 1);
    return Inserted::twice;
  }
  return Inserted::crowded;
}

CrlEntry Crl::entry_at(std::uint32_t offset) const {
  std::string_view rest = std::string_view(*bytes_).substr(offset);
  const std::string_view content = der::take(rest)->content;
  CrlEntry entry;
  if (!read_usual_entry(content, entry)) entry = read_any_entry(content).entry;
  return entry;
}

std::optional<CrlEntry> Crl::find(std::string_view magnitude) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t key = keyed_hash(magnitude, key_);
  const auto mark = static_cast<std::uint32_t>(key >> 32U);
  std::optional<CrlEntry> negative;
  for (std::size_t i = key, steps = 0; steps <= most_steps_; ++i, ++steps) {
    const Slot& slot = slots_[i & (slots_.size() - 1)];
    if (slot.end == 0) break;
    if (slot.mark != mark) continue;
    CrlEntry entry = entry_at(slot.end - 1);
    if (magnitude_of(entry.serial) != magnitude) continue;
    const bool is_contradicted = std::binary_search(contradicted_.begin(), contradicted_.end(), slot.end - 1);
    entry.is_doubtful = is_negative(entry.serial) || is_foreign(slot.end - 1) || is_contradicted;
    if (!is_negative(entry.serial)) return entry;
    negative = entry;
  }
  return negative;
}

void Crl::prefetch(std::string_view magnitude) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[keyed_hash(magnitude, key_) & (slots_.size() - 1)]);
}

void Crl::prefetch_entry(std::string_view magnitude) const {
  if (slots_.empty()) return;
  const Slot& slot = slots_[keyed_hash(magnitude, key_) & (slots_.size() - 1)];
  if (slot.end != 0) __builtin_prefetch(bytes_->data() + slot.end - 1);
}

}  // namespace cita::evidence
